/** Assignments as the user writes them, in the language of the frame. */
import type { UserWasmFrame } from "../stack/user-frame.ts";
import type { ValueContexts } from "../variables/value-contexts.ts";
import { assignC } from "./assign-c.ts";
import { ownExpressions } from "./evaluate-text.ts";

export interface Assigned {
  readonly value: string;
  readonly type: string | undefined;
}

/** Gives what `target` is the value of `source`. Rejects with `ExpressionError` where that is not possible. As Delve does, Go answers what was asked for. */
export async function assignText(target: string, source: string, frame: UserWasmFrame, values: ValueContexts): Promise<Assigned> {
  const own = await ownExpressions(frame);
  return own ? { value: source, type: await own.assign(target, source) } : assignC(target, source, frame, values);
}
