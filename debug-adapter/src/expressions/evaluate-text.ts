/** Expressions as the user writes them, in the language of the frame. */
import { logicalFrame, type UserWasmFrame } from "../stack/user-frame.ts";
import type { FrameExpressions } from "../symbols/expression-source.ts";
import { showGoValue, type ShownVariable } from "../variables/variable-container.ts";
import type { ValueContexts } from "../variables/value-contexts.ts";
import { isTrue } from "./convert-number.ts";
import { evaluateExpression, evaluateScalar } from "./evaluate-expression.ts";
import { type Effects, languageOf } from "./evaluation.ts";
import { ExpressionError } from "./expression-error.ts";
import { parseExpression } from "./parse-expression.ts";

export interface EvaluateOptions {
  /** The value is not cut. */
  readonly whole?: boolean;
  /** More of a string is shown than in a list of variables. */
  readonly longStrings?: boolean;
  /** Only what is known already: the user has not asked for more. */
  readonly quick?: boolean;
  /** The program may be changed; missing where it must not. Go has its own word for that, `call`. */
  readonly effects?: Effects | undefined;
}

/** The value of an expression, written out. Rejects with {@link ExpressionError} where it has none in this frame. */
export async function evaluateText(
  text: string,
  frame: UserWasmFrame,
  values: ValueContexts,
  options: EvaluateOptions = {},
): Promise<ShownVariable> {
  const own = await ownExpressions(frame);
  return own
    ? showGoValue(await own.evaluate(text, options))
    : evaluateExpression(parseExpression(text, languageOf(frame)), frame, values, options.effects);
}

/** Whether a condition is true. Rejects with {@link ExpressionError}. */
export async function evaluateTruth(text: string, frame: UserWasmFrame, values: ValueContexts): Promise<boolean> {
  const own = await ownExpressions(frame);
  return own ? own.holds(text) : isTrue(await evaluateScalar(parseExpression(text, languageOf(frame)), frame, values));
}

/** Where the language of the frame has expressions that are not like those of C. Rejects where they cannot be evaluated in the frame. */
export async function ownExpressions(frame: UserWasmFrame): Promise<FrameExpressions | undefined> {
  const source = frame.symbols.expressions;
  if (!source) return undefined;
  const expressions = await source.at(await logicalFrame(frame));
  if (!expressions) throw new ExpressionError("the variables of this program are not known: it was not built for debugging");
  return expressions;
}
