import { sizeOf, withoutAliases, type DataType } from "#core/dwarf/data-type.ts";
import type { Variable } from "../../symbols/module-symbols.ts";
import { field, inMemory, numberIn, numberOf, targetOf, typedValue } from "../fields.ts";
import type { TypedValue } from "../parts.ts";
import type { ViewMaker } from "../view.ts";

/** `std::optional`. */
export const optional: ViewMaker = async (variable, value, _type, context) => {
  const engaged = await numberIn(variable, value, "__engaged_", context);
  const inner = field(variable, value, "__val_", variable.name);
  if (engaged === undefined || !inner) return undefined;
  return { kind: "wrapped", inner: engaged === 0 ? undefined : inner, none: "nullopt", holds: engaged !== 0 };
};

/** `std::expected`: the value, or the error in the words of the type that it is made from. */
export const expected: ViewMaker = async (variable, value, _type, context) => {
  const holds = await numberIn(variable, value, "__has_val_", context);
  if (holds === undefined) return undefined;
  const inner = field(variable, value, holds === 0 ? "__unex_" : "__val_", variable.name);
  return inner && { kind: "wrapped", inner, none: "", holds: holds !== 0, ...(holds === 0 ? { label: "unexpected" } : {}) };
};

/** `std::reference_wrapper`: what it refers to. */
export const referenceWrapper: ViewMaker = async (variable, value, _type, context) => {
  const pointer = field(variable, value, "__f_");
  const target = targetOf(pointer);
  const address = target && (await numberOf(pointer, context));
  return target && address ? { kind: "wrapped", inner: inMemory(variable, variable.name, address, target), none: "" } : undefined;
};

/** `std::complex`, as C writes such numbers. */
export const complex: ViewMaker = (variable, value, type) => {
  const number = { kind: "base", name: type.name, size: sizeOf(type) ?? 0, encoding: "complex" } as const;
  return Promise.resolve({ kind: "wrapped", inner: { ...variable, value: { ...value, type: number } }, none: "" });
};

/** `std::atomic`: the value. */
export const atomic: ViewMaker = (variable, value) => {
  const inner = field(variable, value, "__a_value", variable.name);
  return Promise.resolve(inner && { kind: "wrapped", inner, none: "" });
};

/** Alternatives of a variant are unions in unions. */
const mostAlternatives = 256;

/** `std::variant`: the alternative that it holds. Source: libc++, <variant>: an index, and a union of the first alternative and the union of the others. */
export const variant: ViewMaker = async (variable, value, _type, context) => {
  const index = await numberIn(variable, value, "__index", context);
  const data = field(variable, value, "__data");
  const union = data && typedValue(data);
  if (index === undefined || !data || !union) return undefined;
  if (index >= mostAlternatives - 1) return { kind: "wrapped", inner: undefined, none: "valueless" };
  const inner = alternative(variable, data, union, index);
  return inner && { kind: "wrapped", inner, none: "valueless" };
};

function alternative(variable: Variable, data: Variable, union: TypedValue, index: number): Variable | undefined {
  let current = data;
  let value: TypedValue = union;
  for (let at = 0; at < index; at++) {
    const tail = ownMember(current, value, "__tail");
    const inner = tail && typedValue(tail);
    if (!tail || !inner) return undefined;
    current = tail;
    value = inner;
  }
  const head = ownMember(current, value, "__head");
  const inner = head && typedValue(head);
  return inner && field(head, inner, "__value", variable.name);
}

function ownMember(variable: Variable, value: TypedValue, name: string): Variable | undefined {
  const type: DataType = withoutAliases(value.type);
  return type.kind === "struct" && type.members().some((member) => member.name === name) ? field(variable, value, name) : undefined;
}
