/** Conversions `T(x)`; what is possible, and the words of errors, are Delve's (`evalTypeCast`). */
import { decodeUtf8, encodeUtf8 } from "#core/bytes/utf8.ts";
import { isIntegerKind, type GoType } from "#core/go/layouts/go-type.ts";
import { readBytes, readWord, viewOf } from "../../values/go/memory-words.ts";
import { ExpressionError } from "../expression-error.ts";
import { quoted } from "./spell.ts";
import { type GoConstant, intConstant } from "./constants.ts";
import { elementsOf } from "./index.ts";
import type { GoOperand, GoValueOperand } from "./operand.ts";
import { constantOf, type Evaluation, integerBytes, resultAt, toValue, typedValue, words } from "./values.ts";

/** Elements of a list that becomes a string. */
const mostElements = 1024 * 1024;

/** `text`: of the operand; for errors. */
export async function convert(evaluation: Evaluation, operand: GoOperand, type: GoType, text: string): Promise<GoOperand> {
  const impossible = new ExpressionError(`can not convert ${quoted(text)} to ${type.name}`);
  if (operand.kind === "nil") throw impossible;
  if (operand.kind === "value" && (await areCompatible(evaluation, operand.type, type, 0))) return retyped(operand, type);
  const result =
    (await toPointer(evaluation, operand, type)) ??
    (await toNumber(evaluation, operand, type)) ??
    (await toList(evaluation, operand, type)) ??
    (await toString(evaluation, operand, type));
  if (!result) throw impossible;
  return result;
}

/** The same memory seen as another type. */
function retyped(operand: GoValueOperand, type: GoType): GoValueOperand {
  const { named: _, targetName: __, ...rest } = operand;
  const cast = operand.type.kind === "pointer" && type.kind === "unsafe.Pointer";
  return cast ? { ...rest, type, cast } : { ...rest, type };
}

const pointers: readonly GoType["kind"][] = ["pointer", "unsafe.Pointer"];

/** Pointers to types that are not compatible may stand for each other as long as one is an `unsafe.Pointer`. */
async function areCompatible(evaluation: Evaluation, from: GoType, to: GoType, depth: number): Promise<boolean> {
  if (from.size !== to.size || from.align !== to.align || depth > 8) return false;
  if (from.name === to.name) return true;
  if (pointers.includes(from.kind) && pointers.includes(to.kind)) {
    if (from.kind !== "pointer" || to.kind !== "pointer") return true;
    const { types } = evaluation.loader;
    return areCompatible(evaluation, await types.get(from.elem), await types.get(to.elem), depth + 1);
  }
  if (from.kind !== to.kind) return isIntegerKind(from.kind) && isIntegerKind(to.kind) && from.kind[0] === to.kind[0];
  switch (from.kind) {
    case "struct":
      return to.kind === "struct" && JSON.stringify(from.fields) === JSON.stringify(to.fields);
    case "slice":
      return to.kind === "slice" && from.elem === to.elem;
    case "array":
      return to.kind === "array" && from.elem === to.elem && from.length === to.length;
    case "map":
      return to.kind === "map" && from.elem === to.elem && from.key === to.key;
    case "interface":
      return to.kind === "interface" && from.methods.join() === to.methods.join();
    case "chan":
    case "func":
    case "parameter":
    case "void":
    case "unknown":
      return false;
    default:
      return true;
  }
}

/** An address that the user has written or calculated. */
async function toPointer(evaluation: Evaluation, operand: GoOperand, type: GoType): Promise<GoOperand | undefined> {
  if (!pointers.includes(type.kind)) return undefined;
  const constant = await constantOf(evaluation, operand);
  if (constant?.kind !== "int") return undefined;
  return resultAt(evaluation.scratch.place(integerBytes(constant.value, 8)), type);
}

async function toNumber(evaluation: Evaluation, operand: GoOperand, type: GoType): Promise<GoOperand | undefined> {
  const toInteger = isIntegerKind(type.kind);
  const { kind } = type;
  if (!toInteger && !kind.startsWith("float") && !kind.startsWith("complex")) return undefined;
  const constant = await numberOf(evaluation, operand, toInteger);
  if (!constant || constant.kind === "bool" || constant.kind === "string") return undefined;
  if (constant.kind === "complex" && !kind.startsWith("complex")) return undefined;
  return typedValue(evaluation, constant, type);
}

async function numberOf(evaluation: Evaluation, operand: GoOperand, address: boolean): Promise<GoConstant | undefined> {
  const isPointer = operand.kind === "value" && pointers.includes(operand.type.kind);
  if (isPointer && address) return intConstant(await readWord(evaluation.loader.memory, operand.address));
  return constantOf(evaluation, operand);
}

/** A string becomes its bytes or runes. */
async function toList(evaluation: Evaluation, operand: GoOperand, type: GoType): Promise<GoOperand | undefined> {
  if (type.kind !== "slice") return undefined;
  const elem = await evaluation.loader.types.get(type.elem);
  const constant = await constantOf(evaluation, operand);
  if (constant?.kind !== "string" || (elem.kind !== "uint8" && elem.kind !== "int32")) return undefined;
  const bytes = elem.kind === "uint8" ? constant.value : runeBytes(constant.value);
  const length = bytes.length / elem.size;
  const { scratch } = evaluation;
  return resultAt(scratch.place(words(scratch.place(bytes), length, length)), type);
}

function runeBytes(text: Uint8Array): Uint8Array {
  const runes = Array.from(decodeUtf8(text), (character) => character.codePointAt(0)!);
  const bytes = new Uint8Array(4 * runes.length);
  for (const [at, rune] of runes.entries()) viewOf(bytes).setInt32(4 * at, rune, true);
  return bytes;
}

/** Strings, runes, and lists of bytes or runes. */
async function toString(evaluation: Evaluation, operand: GoOperand, type: GoType): Promise<GoOperand | undefined> {
  if (type.kind !== "string") return undefined;
  const constant = await constantOf(evaluation, operand);
  if (constant?.kind === "string") return typedValue(evaluation, constant, type);
  if (constant?.kind === "int") return typedValue(evaluation, { kind: "string", value: encodeUtf8(runeText(constant.value)) }, type);
  if (constant || operand.kind === "nil") return undefined;
  const list = toValue(evaluation, operand);
  const elements = list.type.kind === "string" ? undefined : await elementsOf(evaluation, list);
  if (!elements) return undefined;
  const { kind } = elements.elem;
  if (elements.length > mostElements) throw new ExpressionError(`a list of ${elements.length} elements is too long to be a string here`);
  const { memory } = evaluation.loader;
  if (kind === "uint8") return resultAt(evaluation.scratch.place(words(elements.base, elements.length)), type);
  if (kind !== "int32") return undefined;
  const view = viewOf(await readBytes(memory, elements.base, 4 * elements.length));
  const text = Array.from({ length: elements.length }, (_, at) => runeText(BigInt(view.getInt32(4 * at, true)))).join("");
  return typedValue(evaluation, { kind: "string", value: encodeUtf8(text) }, type);
}

/** What is no character becomes the replacement character. */
function runeText(code: bigint): string {
  return code < 0n || code > 0x10ffffn || (code >= 0xd800n && code < 0xe000n) ? "\ufffd" : String.fromCodePoint(Number(code));
}
