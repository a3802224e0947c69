import type { Stop } from "../engine/engine.ts";
import { programOf, type SessionState } from "./request.ts";

/** Memory or a global of the program was changed: what was read before does not hold any more, here or in the client. */
export function memoryWritten(state: SessionState, stop: Stop): void {
  const program = programOf(state);
  program.values.forget(stop);
  for (const { symbols } of program.modules) symbols.expressions?.forget(stop);
  if (state.client.takesInvalidated) state.peer.send("invalidated", { areas: ["variables"] });
}
