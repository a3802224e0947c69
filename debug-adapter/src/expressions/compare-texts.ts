/** Texts of languages that have them: `s == "x"` for strings of C++, Rust and AssemblyScript, and slices of Zig. */
import { type DataType, withoutAliases } from "#core/dwarf/data-type.ts";
import { formatValue } from "../values/format.ts";
import { withoutReferences } from "../values/navigate.ts";
import { quotedText } from "../values/text.ts";
import type { Evaluation } from "./evaluation.ts";
import { ExpressionError } from "./expression-error.ts";
import { typeOf, type Value } from "./operands.ts";

const longestText = 65_536;

/**
 * Whether two texts are the same; `undefined` where the operands are no texts. Pointers and arrays of C are texts only beside one that is written
 * in the expression: of two of them the addresses are compared.
 */
export async function sameTexts(left: Value, right: Value, evaluation: Evaluation): Promise<boolean | undefined> {
  const isLiteral = writtenText(left) !== undefined || writtenText(right) !== undefined;
  if (!isLiteral && !(isText(left) && isText(right))) return undefined;
  const [one, other] = await Promise.all([shown(left, evaluation), shown(right, evaluation)]);
  if (one === undefined || other === undefined) return undefined;
  if (one === nowhere || other === nowhere) return false;
  if (!one.endsWith('"') || !other.endsWith('"'))
    throw new ExpressionError(`texts of more than ${longestText} characters are not compared`);
  return one === other;
}

/** What a pointer to characters leads to that leads to none. */
const nowhere = "";

const writtenText = (value: Value): Uint8Array | undefined => (value.kind === "variable" ? value.text : undefined);

/** Of the languages' own types for text. */
function isText(value: Value): boolean {
  const type = typeOf(value);
  const plain = type && withoutAliases(type);
  if (value.kind !== "variable" || !plain) return false;
  if (plain.kind === "pointer") return value.variable.language === "assemblyscript" || plain.flavour !== "pointer";
  return plain.kind === "struct";
}

function isCharacters(type: DataType): boolean {
  const plain = withoutAliases(type);
  const element = plain.kind === "pointer" ? plain.target() : plain.kind === "array" ? plain.element : undefined;
  const inner = element && withoutAliases(element);
  return inner?.kind === "base" && inner.size === 1;
}

/** Between double quotes; `undefined` for what is no text. */
async function shown(value: Value, { context }: Evaluation): Promise<string | undefined> {
  const written = writtenText(value);
  if (written) return quotedText(written);
  if (value.kind !== "variable") return undefined;
  const variable = await withoutReferences(value.variable, context);
  const type = typeOf({ kind: "variable", variable });
  if (!type) return undefined;
  const { value: text } = await formatValue(variable, { ...context, limits: { ...context.limits, maxStringLen: longestText } });
  if (text.startsWith('"')) return text;
  return withoutAliases(type).kind === "pointer" && isCharacters(type) ? nowhere : undefined;
}
