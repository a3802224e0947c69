import type { UserBreakpoint } from "../breakpoints/user-breakpoint.ts";
import type { EngineOutput } from "../engine/engine.ts";
import type { CallStack } from "../stack/call-stack.ts";
import type { StopException } from "./stop-exception.ts";

export type UserStopReason = "breakpoint" | "step" | "pause" | "exception" | "entry" | "function breakpoint" | "instruction breakpoint";

/** A stop that the user is to see. */
export interface UserStop {
  readonly reason: UserStopReason;
  readonly threadId: number;
  /** Ids of the user's breakpoints that were hit. */
  readonly breakpointIds: readonly number[];
  readonly stack: CallStack;
  readonly exception?: StopException;
}

/** What a program tells the session. */
export interface ProgramListener {
  stopped(stop: UserStop): void;
  /** The program runs: what was read at a stop does not hold any more. */
  resumed(): void;
  output(output: EngineOutput): void;
  /** Resolves when the client has taken most of what was sent. */
  taken(): Promise<void>;
  /** The program has loaded a module in which these are. */
  breakpointsChanged(breakpoints: readonly UserBreakpoint[]): void;
  /** The program has ended; `exitCode` is missing where it was taken away. */
  ended(exitCode: number | undefined): void;
}
