import type { UserFrame, UserWasmFrame } from "../stack/user-frame.ts";
import { programOf, RequestError, type SessionState } from "./request.ts";

/** The frame that a request is about; without one the innermost. Rejects with {@link RequestError} where it has no values. */
export async function wasmFrame(state: SessionState, frameId: number | undefined): Promise<UserWasmFrame> {
  const frame = await frameOf(state, frameId);
  if (frame.kind === "script") throw new RequestError("expressions cannot be evaluated in a frame of JavaScript");
  if (frame.stop.unwound) throw new RequestError("the error has already unwound the stack: there are no values any more");
  return frame;
}

async function frameOf(state: SessionState, frameId: number | undefined): Promise<UserFrame> {
  if (frameId !== undefined) {
    const frame = state.frames.get(frameId);
    if (!frame) throw new RequestError("this frame is gone: the program has run since");
    return frame;
  }
  const top = await programOf(state).stack?.top();
  if (!top) throw new RequestError("the program is running; pause it to evaluate expressions");
  return top;
}
