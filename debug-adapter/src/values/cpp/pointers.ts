import { withoutAliases, type DataType } from "#core/dwarf/data-type.ts";
import type { Variable } from "../../symbols/module-symbols.ts";
import { field, fieldAt, inMemory, numberOf, targetOf, typedValue } from "../fields.ts";
import type { ViewMaker } from "../view.ts";

/** `std::unique_ptr`: the pointer, which before version 20 is a pair with a deleter that takes no room. */
export const uniquePointer: ViewMaker = async (variable, value, type, context) => {
  const member = field(variable, value, "__ptr_");
  const inner = member && typedValue(member);
  if (!inner) return undefined;
  const pointer = withoutAliases(inner.type).kind === "pointer" ? member : field(member, inner, "__value_");
  const address = await numberOf(pointer, context);
  const target = targetOf(pointer) ?? argumentOf(type);
  if (address === undefined || !target) return undefined;
  return {
    kind: "pointer",
    address,
    target: address === 0 ? undefined : inMemory(variable, `*${variable.name}`, address, target),
    others: [],
  };
};

const count: DataType = { kind: "base", name: "long", size: 4, encoding: "signed" };

/** `std::shared_ptr` and `std::weak_ptr`: a pointer, and one to the counts of those who own it. */
export const sharedPointer: ViewMaker = async (variable, value, type, context) => {
  const pointer = field(variable, value, "__ptr_");
  const control = field(variable, value, "__cntrl_");
  const target = targetOf(pointer) ?? argumentOf(type);
  const [address, block] = await Promise.all([numberOf(pointer, context), numberOf(control, context)]);
  if (address === undefined || !target) return undefined;
  const others = block ? await countsOf(variable, control, block, context) : [];
  return { kind: "pointer", address, target: address === 0 ? undefined : inMemory(variable, `*${variable.name}`, address, target), others };
};

/** The library counts from 0. */
async function countsOf(
  parent: Variable,
  control: Variable | undefined,
  address: number,
  context: Parameters<ViewMaker>[3],
): Promise<readonly Variable[]> {
  const type = targetOf(control);
  if (!type) return [];
  const block = inMemory(parent, "", address, type);
  const value = typedValue(block);
  const owners = await numberOf(value && fieldAt(block, value, ["__shared_owners_"]), context);
  if (owners === undefined) return [];
  const bytes = new Uint8Array(Int32Array.of(owners + 1).buffer);
  return [{ name: "use_count()", typeName: "long", language: parent.language, value: { kind: "bytes", bytes, type: count } }];
}

const argumentOf = (type: DataType): DataType | undefined => (type.kind === "struct" ? type.typeArguments?.()[0] : undefined);
