/** Elements and parts of arrays, slices, strings and maps; errors in Delve's words. */
import type { GoMapType, GoType } from "#core/go/layouts/go-type.ts";
import { mapEntries, mapLength } from "../../values/go/maps.ts";
import { readWord, readWords } from "../../values/go/memory-words.ts";
import { ExpressionError } from "../expression-error.ts";
import { quoted } from "./spell.ts";
import { compareValues } from "./compare.ts";
import type { GoOperand, GoValueOperand } from "./operand.ts";
import { sliceOf } from "./types.ts";
import { byteType, constantOf, type Evaluation, indexOf, resultAt, toValue, typeNameOf, words } from "./values.ts";
import { checkConvertible } from "./negotiate.ts";

/** Entries of a map that are read at once, */
const entriesAtOnce = 256;

interface Elements {
  readonly base: number;
  readonly length: number;
  readonly capacity: number;
  readonly elem: GoType;
}

/** Where the elements of a list or the bytes of a string are; `undefined` for other values. */
export async function elementsOf({ loader }: Evaluation, { type, address }: GoValueOperand): Promise<Elements | undefined> {
  switch (type.kind) {
    case "array":
      return { base: address, length: type.length, capacity: type.length, elem: await loader.types.get(type.elem) };
    case "slice": {
      const [base, length, capacity] = await readWords(loader.memory, address, 3);
      return { base: base!, length: length!, capacity: capacity!, elem: await loader.types.get(type.elem) };
    }
    case "string": {
      const [base, length] = await readWords(loader.memory, address, 2);
      return { base: base!, length: length!, capacity: length!, elem: byteType };
    }
    default:
      return undefined;
  }
}

/** `x[i]` */
export async function elementAt(evaluation: Evaluation, of: GoOperand, index: GoOperand, text: string): Promise<GoOperand> {
  const cannot = (operand: GoOperand): ExpressionError =>
    new ExpressionError(`expression ${quoted(text)} (${typeNameOf(operand)}) does not support indexing`);
  if (of.kind === "nil") throw cannot(of);
  const operand = await behindPointer(evaluation, toValue(evaluation, of));
  if (operand.type.kind === "map") return mapElement(evaluation, operand, operand.type, index);
  const elements = await elementsOf(evaluation, operand);
  if (!elements) throw cannot(operand);
  if (elements.base === 0) throw new ExpressionError(`can not index ${quoted(text)}`);
  const at = await indexOf(evaluation, index);
  if (at < 0 || at >= elements.length) throw new ExpressionError("index out of bounds");
  return resultAt(elements.base + at * elements.elem.size, elements.elem);
}

async function behindPointer({ loader }: Evaluation, operand: GoValueOperand): Promise<GoValueOperand> {
  if (operand.type.kind !== "pointer") return operand;
  return resultAt(await readWord(loader.memory, operand.address), await loader.types.get(operand.type.elem));
}

/** Keys are looked at one by one, as the program's own hash is not at hand. */
async function mapElement(evaluation: Evaluation, map: GoValueOperand, type: GoMapType, index: GoOperand): Promise<GoOperand> {
  const { loader, scope } = evaluation;
  const types = { key: await loader.types.get(type.key), elem: await loader.types.get(type.elem) };
  const base = map.address === 0 ? 0 : await readWord(loader.memory, map.address);
  const length = base === 0 ? 0 : await mapLength(scope.program.types, loader.memory, base);
  for (let passed = map.skip ?? 0; passed < length;) {
    const entries = await mapEntries(scope.program.types, loader.memory, base, types, passed, entriesAtOnce);
    if (entries.length === 0) break;
    if (passed === 0) checkConvertible(index, types.key);
    for (const { key, elem } of entries) {
      if (await compareValues(evaluation, resultAt(key, types.key), index)) return resultAt(elem, types.elem);
    }
    passed += entries.length;
  }
  throw new ExpressionError("key not found");
}

export interface Bounds {
  readonly low: GoOperand | undefined;
  readonly high: GoOperand | undefined;
}

/** `x[low:high]`; of a map `x[low:]`, which leaves the first entries out. */
export async function slice(evaluation: Evaluation, of: GoOperand, bounds: Bounds, text: string): Promise<GoOperand> {
  const low = bounds.low ? await indexOf(evaluation, bounds.low) : 0;
  const cannot = new ExpressionError(`can not slice ${quoted(text)} (type ${typeNameOf(of)})`);
  if (of.kind === "nil") throw cannot;
  const operand = toValue(evaluation, of);
  if (operand.type.kind === "map") return skipEntries(evaluation, operand, low, bounds.high);
  const elements = await elementsOf(evaluation, operand);
  if (!elements) throw cannot;
  if (elements.base === 0) throw new ExpressionError(`can not slice ${quoted(text)}`);
  const high = bounds.high ? await indexOf(evaluation, bounds.high) : elements.length;
  if (low < 0 || low > high || high > elements.capacity) throw new ExpressionError("index out of bounds");
  const base = elements.base + low * elements.elem.size;
  if (operand.type.kind === "string") return resultAt(evaluation.scratch.place(words(base, high - low)), operand.type);
  const { types } = evaluation.scope.program;
  const type = operand.type.kind === "array" ? types.get(sliceOf(types, operand.type.elem))! : operand.type;
  return resultAt(evaluation.scratch.place(words(base, high - low, elements.capacity - low)), type);
}

async function skipEntries(evaluation: Evaluation, map: GoValueOperand, low: number, high: GoOperand | undefined): Promise<GoOperand> {
  if (high) throw new ExpressionError("second slice argument must be empty for maps");
  const { loader, scope } = evaluation;
  const base = await readWord(loader.memory, map.address);
  const skip = (map.skip ?? 0) + low;
  if (skip < 0 || base === 0 || skip >= (await mapLength(scope.program.types, loader.memory, base)))
    throw new ExpressionError("map index out of bounds");
  return { ...map, skip };
}

/** `len(x)` of a list, string, map or channel, `cap(x)`; `undefined` where the type has none. */
export async function lengthOf(evaluation: Evaluation, of: GoOperand, which: "len" | "cap"): Promise<number | undefined> {
  if (of.kind === "nil") return undefined;
  if (of.kind === "constant") {
    const constant = await constantOf(evaluation, of);
    return constant?.kind === "string" && which === "len" ? constant.value.length : undefined;
  }
  const { loader, scope } = evaluation;
  const operand = of.type.kind === "pointer" ? await behindPointer(evaluation, of) : of;
  const { kind } = operand.type;
  if (of.type.kind === "pointer" && kind !== "array") return undefined;
  if (kind === "string" && which === "cap") return undefined;
  if (kind === "map" || kind === "chan") {
    if (kind === "map" && which === "cap") return undefined;
    const base = await readWord(loader.memory, operand.address);
    if (base === 0) return 0;
    if (kind === "map") return mapLength(scope.program.types, loader.memory, base);
    const field = which === "len" ? "qcount" : "dataqsiz";
    const offset = scope.program.types.runtimeStruct("runtime.hchan")?.fields.find(({ name }) => name === field)?.offset;
    return offset === undefined ? undefined : readWord(loader.memory, base + offset);
  }
  const elements = await elementsOf(evaluation, operand);
  return which === "len" ? elements?.length : elements?.capacity;
}
