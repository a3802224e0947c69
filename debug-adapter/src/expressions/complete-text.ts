/** What may stand at the end of an expression that is being written, in the language of the frame. */
import { type StructType, withoutAliases } from "#core/dwarf/data-type.ts";
import { logicalFrame, type UserWasmFrame } from "../stack/user-frame.ts";
import type { Completion } from "../symbols/expression-source.ts";
import { dereference, withoutReferences } from "../values/navigate.ts";
import { typedValue } from "../values/fields.ts";
import { type ValueContext, ValueError } from "../values/value.ts";
import { viewOf } from "../values/views.ts";
import type { Variable } from "../symbols/module-symbols.ts";
import type { ValueContexts } from "../variables/value-contexts.ts";
import { evaluate } from "./evaluate-expression.ts";
import { ownExpressions } from "./evaluate-text.ts";
import { evaluationIn } from "./evaluation.ts";
import { ExpressionError } from "./expression-error.ts";
import { toVariable } from "./operands.ts";
import { parseExpression } from "./parse-expression.ts";

/** Pointers, smart pointers and base classes are looked through this deep. */
const depthLimit = 8;

/** Nothing where it cannot be told. */
export async function completeText(before: string, frame: UserWasmFrame, values: ValueContexts): Promise<readonly Completion[]> {
  try {
    const own = await ownExpressions(frame);
    if (own) return await own.complete(before.replace(/^\s*call\s/, ""));
    const [member, operator] = /(\.|->)[\p{L}\p{N}_$]*$/u.exec(before) ?? [];
    if (member === undefined || operator === undefined) return await namesIn(before, frame);
    const of = operandAt(before, before.length - member.length);
    return of === "" ? [] : await membersOf(of, frame, values);
  } catch (error) {
    if (error instanceof ExpressionError || error instanceof ValueError) return [];
    throw error;
  }
}

/** The operand that ends at `end`: names, members, and brackets with all that is in them. */
function operandAt(text: string, end: number): string {
  let start = end;
  let depth = 0;
  for (; start > 0; start--) {
    const character = text[start - 1]!;
    if (character === ")" || character === "]") depth++;
    else if (character === "(" || character === "[") {
      if (depth === 0) break;
      depth--;
    } else if (
      depth === 0 &&
      !/[\p{L}\p{N}_$:.]/u.test(character) &&
      text.slice(start - 2, start) !== "->" &&
      text.slice(start - 1, start + 1) !== "->"
    )
      break;
  }
  return text.slice(start, end);
}

/** Variables in scope; where a name is begun, also what the rest of the module has. */
async function namesIn(before: string, frame: UserWasmFrame): Promise<Completion[]> {
  const scopes = await frame.symbols.scopesAt(await logicalFrame(frame));
  const variables = scopes
    .flatMap(({ variables: found }) => found)
    .map(({ name, typeName }): Completion => ({ name, kind: "variable", ...(typeName === undefined ? {} : { type: typeName }) }));
  const begun = /[\p{L}\p{N}_$:]+$/u.exec(before)?.[0] ?? "";
  const others = begun === "" ? [] : (frame.symbols.names?.namesWith(begun, frame.engine.offset) ?? []);
  return begun.includes("::") ? [...others] : [...variables, ...others];
}

async function membersOf(text: string, frame: UserWasmFrame, values: ValueContexts): Promise<Completion[]> {
  const evaluation = evaluationIn(frame, values);
  const value = await evaluate(parseExpression(text, evaluation.rules.language), evaluation);
  const struct = await structOf(toVariable(value, evaluation.rules), evaluation.context);
  return struct ? membersIn(struct) : [];
}

/** The struct that members are named of: behind pointers, references and what owns a value. */
async function structOf(variable: Variable, context: ValueContext): Promise<StructType | undefined> {
  let current = variable;
  for (let depth = 0; depth < depthLimit; depth++) {
    const target = await withoutReferences(current, context);
    const value = typedValue(target);
    const type = value && withoutAliases(value.type);
    if (!value || !type) return undefined;
    const view = type.kind === "struct" ? await viewOf(target, value, value.type, context) : undefined;
    if (type.kind === "struct" && view?.kind !== "pointer" && view?.kind !== "wrapped") return view ? undefined : type;
    if (type.kind !== "struct" && type.kind !== "pointer") return undefined;
    current = await dereference(target, context);
  }
  return undefined;
}

/** Members by their names, those of members without a name and of base classes too. */
function membersIn(struct: StructType): Completion[] {
  const found: Completion[] = [];
  let level = [struct];
  for (let depth = 0; depth < depthLimit && level.length > 0; depth++) {
    const inner: StructType[] = [];
    for (const outer of level) {
      for (const { name, type, inherited } of outer.members()) {
        const plain = withoutAliases(type);
        if ((inherited || name === "") && plain.kind === "struct") inner.push(plain);
        else if (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name))
          found.push({ name: name.replace(/^__(?=\d+$)/, ""), kind: "field", type: type.name });
      }
    }
    level = inner;
  }
  return found;
}
