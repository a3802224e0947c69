import { sizeOf, type DataType, type PointerType } from "#core/dwarf/data-type.ts";
import type { Variable } from "../../symbols/module-symbols.ts";
import { within } from "../child-range.ts";
import { field, fieldAt, inMemory, numberIn, numberOf, targetOf, typedValue } from "../fields.ts";
import { addressIn, type TypedValue } from "../parts.ts";
import type { ValueContext } from "../value.ts";
import type { View, ViewMaker } from "../view.ts";
import { argumentOf } from "./sequences.ts";

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
export const counted: ViewMaker = async (variable, value, _type, context) => {
  const pointer = field(variable, value, "pointer");
  const block = targetOf(pointer);
  const address = block && (await numberOf(pointer, context));
  if (!block || !address) return undefined;
  const behind = inMemory(variable, variable.name, address, block);
  const whole = typedValue(behind);
  const inner = whole && (ownField(behind, whole, "value", variable.name) ?? ownField(behind, whole, "data", variable.name));
  return inner && { kind: "wrapped", inner, none: "" };
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
