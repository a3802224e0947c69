/** Which function the method of an object is, and which address it gets as its first argument. */
import { withoutAliases, type DataType } from "#core/dwarf/data-type.ts";
import type { Variable } from "../symbols/module-symbols.ts";
import type { NamedFunction } from "../symbols/name-source.ts";
import { typedValue } from "../values/fields.ts";
import { withoutReferences } from "../values/navigate.ts";
import { addressIn } from "../values/parts.ts";
import type { ValueContext } from "../values/value.ts";
import { viewOf } from "../values/views.ts";
import type { Evaluation } from "./evaluation.ts";
import { ExpressionError } from "./expression-error.ts";
import { findName } from "./find-name.ts";
import { builtInType } from "./number-types.ts";
import { scalarValue, toVariable, type Value } from "./operands.ts";

export interface Method {
  readonly functions: Value;
  /** Address of the object, or of the part of it that belongs to the base class which has the method. */
  readonly object: number;
}

/** Base classes and smart pointers are looked through this deep. */
const depthLimit = 8;
const pointerSize = 4;

/** What a class of C++ or a type of Rust, its bases, or what a smart pointer owns has under this name. Rejects with {@link ExpressionError}. */
export async function methodOf(object: Value, method: string, evaluation: Evaluation): Promise<Method> {
  const { context, rules } = evaluation;
  const first = await withoutReferences(toVariable(object, rules), context);
  let current: Variable | undefined = first;
  for (let depth = 0; current && depth < depthLimit; depth++) {
    const whole = await withoutReferences(current, context);
    const found = await ownMethod(whole, method, evaluation);
    if (found) return found;
    const value = typedValue(whole);
    const view = value && (await viewOf(whole, value, withoutAliases(value.type), context));
    current = view?.kind === "pointer" ? view.target : view?.kind === "wrapped" ? view.inner : undefined;
  }
  throw new ExpressionError(`${classOf(first)?.name ?? first.name} has no method ${method} with code of its own that could be called`);
}

/** The type of an object, or of what a pointer to one leads to. */
function classOf(variable: Variable): DataType | undefined {
  const value = typedValue(variable);
  const type = value && withoutAliases(value.type);
  const target = type?.kind === "pointer" ? type.target() : type;
  return target && withoutAliases(target);
}

async function ownMethod(variable: Variable, method: string, evaluation: Evaluation): Promise<Method | undefined> {
  let level: readonly { readonly type: DataType; readonly offset: number }[] = [classOf(variable)].flatMap((type) =>
    type ? [{ type, offset: 0 }] : [],
  );
  for (let depth = 0; depth < depthLimit && level.length > 0; depth++) {
    for (const { type, offset } of level) {
      const functions = await findName(`${type.name}::${method}`, evaluation);
      if (functions.kind === "functions") return { functions, object: (await addressOf(variable, evaluation.context)) + offset };
    }
    level = level.flatMap(({ type, offset }) => basesOf(type).map((base) => ({ type: base.type, offset: offset + base.offset })));
  }
  return undefined;
}

function basesOf(type: DataType): readonly { readonly type: DataType; readonly offset: number }[] {
  if (type.kind !== "struct") return [];
  return type.members().flatMap((member) => (member.inherited ? [{ type: withoutAliases(member.type), offset: member.offset }] : []));
}

async function addressOf(variable: Variable, context: ValueContext): Promise<number> {
  const value = typedValue(variable);
  const type = value && withoutAliases(value.type);
  const address = value && type?.kind === "pointer" ? await addressIn(value, type, context) : undefined;
  if (address === 0) throw new ExpressionError(`${variable.name} is a null pointer`);
  if (address !== undefined) return address;
  if (value?.kind === "memory" && type?.kind !== "pointer") return value.address;
  throw new ExpressionError(`${variable.name} has no address: it is not in linear memory`);
}

export const addressValue = (address: number): Value => scalarValue({ value: BigInt(address), type: builtInType("size_t", "c")! });

/**
 * The function that is called for this object: of a virtual method the one in its table, to which the object's first word points
 * (https://itanium-cxx-abi.github.io/cxx-abi/abi.html#vtable). Rejects with {@link ExpressionError} where no method of its type is there.
 */
export async function ofObject(method: NamedFunction, object: number, { frame, module, context }: Evaluation): Promise<NamedFunction> {
  if (method.virtualSlot === undefined) return method;
  const table = await wordAt(object, context);
  const element = table === undefined ? undefined : await wordAt(table + method.virtualSlot * pointerSize, context);
  const index = element === undefined ? undefined : await frame.stop.functionInTable(module.engine, 0, element);
  const { functions } = module.wasm;
  if (index === undefined || functions[index]?.typeIndex !== functions[method.index]?.typeIndex)
    throw new ExpressionError(
      `${method.name} is virtual, and its object has no table of methods: it is not constructed yet, or was overwritten`,
    );
  return { ...method, index };
}

async function wordAt(address: number, context: ValueContext): Promise<number | undefined> {
  const bytes = await context.memory.read(0, address, pointerSize);
  return bytes.length < pointerSize ? undefined : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
}
