/** Assignments as the user writes them, in the language of the frame. */
import { ValueError } from "../values/value.ts";
import type { UserWasmFrame } from "../stack/user-frame.ts";
import type { ValueContexts } from "../variables/value-contexts.ts";
import { write } from "./assign.ts";
import { evaluate, evaluateExpression } from "./evaluate-expression.ts";
import { ownExpressions } from "./evaluate-text.ts";
import { type Effects, evaluationIn, languageOf } from "./evaluation.ts";
import { ExpressionError } from "./expression-error.ts";
import { parseExpression } from "./parse-expression.ts";
import { isForConsole } from "./steps.ts";

export interface Assigned {
  /** As it reads now; as Delve does, Go answers what was asked for. */
  readonly value: string;
  readonly type: string | undefined;
}

/** Gives what `target` is the value of `source`. Rejects with {@link ExpressionError}, which says why, where that is not possible. */
export async function assignText(target: string, source: string, frame: UserWasmFrame, values: ValueContexts): Promise<Assigned> {
  const own = await ownExpressions(frame);
  if (own) return { value: source, type: await own.assign(target, source) };
  const language = languageOf(frame);
  const steps = parseExpression(target, language);
  const given = parseExpression(source, language);
  if (isForConsole(steps) || isForConsole(given)) throw new ExpressionError("a value that is set cannot be made by assignments and calls");
  const effects: Effects = { changed: false };
  const evaluation = evaluationIn(frame, values, effects);
  try {
    const found = await evaluate(steps, evaluation);
    if (found.kind === "word") throw new ExpressionError(`there is no variable "${found.name}" here`);
    if (found.kind !== "variable") throw new ExpressionError(`${target} is a result, not a variable: it cannot be set`);
    await write(found.variable, await evaluate(given, evaluation), evaluation);
    const { formatted } = await evaluateExpression(steps, frame, values);
    return { value: formatted.value, type: formatted.type };
  } catch (error) {
    throw error instanceof ValueError ? new ExpressionError(error.message) : error;
  }
}
