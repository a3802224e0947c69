import { sizeOf, type DataType, type PointerType } from "#core/dwarf/data-type.ts";
import type { Variable } from "../../symbols/module-symbols.ts";
import { within } from "../child-range.ts";
import { field, fieldAt, inMemory, numberIn, numberOf, targetOf, typedValue } from "../fields.ts";
import { addressIn, sliceOf, type Slice, type TypedValue } from "../parts.ts";
import type { ValueContext } from "../value.ts";
import type { View, ViewMaker } from "../view.ts";
import { argumentOf, innermost } from "./sequences.ts";

/** `Box<T>` is the value in it, as Rust itself prints it. */
export async function boxed(variable: Variable, value: TypedValue, type: PointerType, context: ValueContext): Promise<View | undefined> {
  const address = await addressIn(value, type, context);
  const target = type.target();
  return address && target ? { kind: "wrapped", inner: inMemory(variable, variable.name, address, target), none: "" } : undefined;
}

/** `Box<[T]>` and `Box<str>`: a pointer and a count. */
export const boxedSlice: ViewMaker = async (variable, value, type, context) => {
  const pointer = field(variable, value, "data_ptr");
  const element = targetOf(pointer);
  const size = element && sizeOf(element);
  const [address, count] = await Promise.all([numberOf(pointer, context), numberIn(variable, value, "length", context)]);
  if (!element || size === undefined || address === undefined || count === undefined) return undefined;
  if (type.name === "Box<str>")
    return { kind: "text", first: inMemory(variable, variable.name, address, element), units: count, unitSize: 1, prefix: "" };
  return {
    kind: "sequence",
    count,
    at: (range) => Promise.resolve(within(range, count).map((index) => inMemory(variable, `[${index}]`, address + index * size, element))),
  };
};

/** `Rc<T>` and `Arc<T>`: the value behind the counts. */
export const counted: ViewMaker = async (variable, value, type, context) => {
  const pointer = field(variable, value, "pointer");
  const wide = pointer && typedValue(pointer);
  const slice = pointer && wide && (await sliceOf(pointer, wide, context));
  if (slice) return countedSlice(variable, slice, type);
  const block = targetOf(pointer);
  const address = block && (await numberOf(pointer, context));
  if (!block || !address) return undefined;
  const behind = inMemory(variable, variable.name, address, block);
  const whole = typedValue(behind);
  const inner = whole && (ownField(behind, whole, "value", variable.name) ?? ownField(behind, whole, "data", variable.name));
  return inner && { kind: "wrapped", inner, none: "" };
};

/** `Rc<str>` and `Arc<[T]>`: what the pointer points to is described as if it had one element. */
function countedSlice(variable: Variable, { first, count }: Slice, type: DataType): View | undefined {
  const block = typedValue(first);
  const inner = block && (ownField(first, block, "value", variable.name) ?? ownField(first, block, "data", variable.name));
  const start = inner && typedValue(inner);
  const size = start && sizeOf(start.type);
  if (start?.kind !== "memory" || size === undefined) return undefined;
  if (type.name.endsWith("<str>")) return { kind: "text", first: inner!, units: count, unitSize: 1, prefix: "" };
  const { address } = start;
  return {
    kind: "sequence",
    count,
    at: (range) =>
      Promise.resolve(within(range, count).map((index) => inMemory(variable, `[${index}]`, address + index * size, start.type))),
  };
}

/** `Weak<T>`, as its Debug writes it: what it points to may be gone. */
export const weak: ViewMaker = () => Promise.resolve({ kind: "wrapped", inner: undefined, none: "(Weak)" });

const bool: DataType = { kind: "base", name: "bool", size: 1, encoding: "boolean" };

/** `AtomicU32` and the like: the number, which of `AtomicBool` is a byte. */
export const atomic: ViewMaker = (variable, value, type) => {
  const number = fieldAt(variable, value, ["v", "value"], variable.name);
  const place = number && typedValue(number);
  const inner = place && type.name === "AtomicBool" ? { ...number, value: { ...place, type: bool } } : number;
  return Promise.resolve(inner && { kind: "wrapped", inner, none: "" });
};

/** `NonZero<T>`: the number. */
export const nonZero: ViewMaker = (variable, value) => {
  const inner = innermost({ ...variable, value });
  return Promise.resolve(inner && { kind: "wrapped", inner: { ...inner, name: variable.name }, none: "" });
};

function ownField(variable: Variable, value: TypedValue, name: string, as: string): Variable | undefined {
  const type: DataType = value.type;
  return type.kind === "struct" && type.members().some((member) => member.name === name) ? field(variable, value, name, as) : undefined;
}

/** `Cell<T>` and `RefCell<T>`, written as their Debug does. */
export const cell: ViewMaker = (variable, value, type) => inCell(variable, value, type, ["value", "value"]);

/** `Mutex<T>` and `RwLock<T>`, whether they are locked or not. */
export const guarded: ViewMaker = (variable, value, type) => inCell(variable, value, type, ["data", "value"]);

function inCell(variable: Variable, value: TypedValue, type: DataType, path: readonly string[]): Promise<View | undefined> {
  const inner = argumentOf(type, 0) && fieldAt(variable, value, path, variable.name);
  return Promise.resolve(inner && { kind: "wrapped", inner, none: "", label: type.name.replace(/<.*$/, "") });
}
