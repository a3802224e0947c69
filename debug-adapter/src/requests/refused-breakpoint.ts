import { noDebugText } from "../engine/no-debug.ts";

/** What is said of each breakpoint in a program that runs without debugging. */
export const refusedBreakpoint = { verified: false, message: noDebugText, reason: "failed" } as const;
