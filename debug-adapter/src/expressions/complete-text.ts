/** What may stand at the end of an expression that is being written, in the language of the frame. */
import { logicalFrame, type UserWasmFrame } from "../stack/user-frame.ts";
import type { Completion } from "../symbols/expression-source.ts";
import type { ValueContexts } from "../variables/value-contexts.ts";
import { evaluateExpression } from "./evaluate-expression.ts";
import { ownExpressions } from "./evaluate-text.ts";
import { ExpressionError } from "./expression-error.ts";
import { parseExpression } from "./parse-expression.ts";

/** Nothing where it cannot be told. */
export async function completeText(before: string, frame: UserWasmFrame, values: ValueContexts): Promise<readonly Completion[]> {
  try {
    const own = await ownExpressions(frame);
    if (own) return await own.complete(before.replace(/^\s*call\s/, ""));
    const [, of] = /((?:[A-Za-z_$][\w$:]*|\[[^[\]]*\]|\.|->)+)(?:\.|->)[\w$]*$/.exec(before) ?? [];
    return of === undefined ? await variablesOf(frame) : await membersOf(of, frame, values);
  } catch (error) {
    if (error instanceof ExpressionError) return [];
    throw error;
  }
}

async function variablesOf(frame: UserWasmFrame): Promise<Completion[]> {
  const scopes = await frame.symbols.scopesAt(await logicalFrame(frame));
  return scopes
    .flatMap(({ variables }) => variables)
    .map(({ name, typeName }) => ({ name, kind: "variable", ...(typeName === undefined ? {} : { type: typeName }) }));
}

async function membersOf(text: string, frame: UserWasmFrame, values: ValueContexts): Promise<Completion[]> {
  const { container } = await evaluateExpression(parseExpression(text), frame, values);
  if (!container || container.indexedCount !== undefined) return [];
  const listed = await container.list();
  return listed
    .filter(({ name }) => /^[A-Za-z_]\w*$/.test(name))
    .map(({ name, formatted }) => ({ name, kind: "field", ...(formatted.type === undefined ? {} : { type: formatted.type }) }));
}
