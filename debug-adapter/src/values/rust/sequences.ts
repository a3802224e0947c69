import { sizeOf, withoutAliases, type DataType } from "#core/dwarf/data-type.ts";
import type { Variable } from "../../symbols/module-symbols.ts";
import { unpagedLimit, within } from "../child-range.ts";
import { field, inMemory, numberIn, numberOf, typedValue } from "../fields.ts";
import type { TypedValue } from "../parts.ts";
import type { ValueContext } from "../value.ts";
import type { ViewMaker } from "../view.ts";

const byte: DataType = { kind: "base", name: "u8", size: 1, encoding: "unsigned" };

/** Address in the one `NonNull` that a buffer has. */
export function bufferAddress(variable: Variable, value: TypedValue, context: ValueContext): Promise<number | undefined> {
  return numberOf(field(variable, value, "pointer"), context);
}

/** `String`: a `Vec` of bytes. */
export const text: ViewMaker = async (variable, value, _type, context) => {
  const [address, count] = await Promise.all([bufferAddress(variable, value, context), numberIn(variable, value, "len", context)]);
  if (address === undefined || count === undefined) return undefined;
  return { kind: "text", first: inMemory(variable, variable.name, address, byte), units: count, unitSize: 1, prefix: "" };
};

/** `Vec<T>`. */
export const vector: ViewMaker = async (variable, value, type, context) => {
  const element = argumentOf(type, 0);
  const size = element && sizeOf(element);
  const [address, count] = await Promise.all([bufferAddress(variable, value, context), numberIn(variable, value, "len", context)]);
  if (!element || size === undefined || address === undefined || count === undefined) return undefined;
  return {
    kind: "sequence",
    head: "vec!",
    count,
    at: (range) => Promise.resolve(within(range, count).map((index) => inMemory(variable, `[${index}]`, address + index * size, element))),
  };
};

/** `CString`: its bytes are in a box, with the zero behind them. */
export const textWithZero: ViewMaker = async (variable, value, _type, context) => {
  const [address, count] = await Promise.all([
    numberOf(field(variable, value, "data_ptr"), context),
    numberIn(variable, value, "length", context),
  ]);
  if (!address || !count) return undefined;
  return { kind: "text", first: inMemory(variable, variable.name, address, byte), units: count - 1, unitSize: 1, prefix: "" };
};

/** `BinaryHeap<T>`: the `Vec` in it, in its own order. */
export const heap: ViewMaker = async (variable, value, _type, context) => {
  const data = field(variable, value, "data");
  const inner = data && typedValue(data);
  const view = data && inner && (await vector(data, inner, withoutAliases(inner.type), context));
  return view?.kind === "sequence" ? { kind: "sequence", count: view.count, at: (range) => view.at(range) } : undefined;
};

/** `VecDeque<T>`: a ring. */
export const queue: ViewMaker = async (variable, value, type, context) => {
  const element = argumentOf(type, 0);
  const size = element && sizeOf(element);
  const capacity = await numberOf(innermost(field(variable, value, "cap")), context);
  const [address, head, count] = await Promise.all([
    bufferAddress(variable, value, context),
    numberIn(variable, value, "head", context),
    numberIn(variable, value, "len", context),
  ]);
  if (!element || size === undefined || address === undefined || head === undefined || count === undefined || !capacity) return undefined;
  return {
    kind: "sequence",
    count: Math.min(count, capacity),
    at: (range) =>
      Promise.resolve(
        within(range, Math.min(count, capacity)).map((index) =>
          inMemory(variable, `[${index}]`, address + ((head + index) % capacity) * size, element),
        ),
      ),
  };
};

/** The number within structs of one member. */
export function innermost(variable: Variable | undefined): Variable | undefined {
  let current = variable;
  for (let depth = 0; current && depth < 8; depth++) {
    const value = typedValue(current);
    const type = value && withoutAliases(value.type);
    if (!value || type?.kind !== "struct") return current;
    const member = type.members().find((candidate) => (sizeOf(candidate.type) ?? 0) > 0);
    current = member && field(current, value, member.name);
  }
  return current;
}

export function argumentOf(type: DataType, index: number): DataType | undefined {
  return type.kind === "struct" ? type.typeArguments?.()[index] : undefined;
}

/** More elements than this are not looked for in structures that are read one by one. */
export const searchLimit = unpagedLimit;
