/** Memory and table instructions of which the addresses are of several memories or tables. Source: WebAssembly 3.0, 3.4.6 and 3.4.7. */
import { entryFlag, entryType } from "#core/wasm/validate/environment.ts";
import { bottom, i32, i64 } from "#core/wasm/validate/value-type.ts";
import type { ValueType } from "#core/wasm/validate/value-type.ts";
import { Space } from "../../field.ts";
import type { BodyContext, Handler } from "../body-context.ts";

/** Type of the addresses of a memory. */
function memoryAddress(context: BodyContext, index: number): ValueType {
  const entry = context.environment.memories[index];
  return entry === undefined ? bottom : entry === 1 ? i64 : i32;
}

interface Table {
  readonly type: ValueType;
  readonly address: ValueType;
}

const unknownTable: Table = { type: bottom, address: bottom };

function table(context: BodyContext, index: number): Table {
  const entry = context.environment.tables[index];
  return entry === undefined ? unknownTable : { type: entryType(entry), address: entryFlag(entry) ? i64 : i32 };
}

/** A length that both sides must be able to count. */
function smaller(left: ValueType, right: ValueType): ValueType {
  return left === i64 ? right : left;
}

/** Reports that elements of one type do not fit into another. */
function checkElements(context: BodyContext, from: ValueType, to: ValueType): void {
  const { types } = context.environment;
  if (types.matches(from, to)) return;
  context.stack.fail("type-mismatch", `Elements of type ${types.text(from)} do not fit into a table of ${types.text(to)}.`);
}

export const memoryHandlers: Readonly<Record<string, Handler>> = {
  "memory.copy": (context) => {
    const isGiven = context.atIndex;
    const to = memoryAddress(context, isGiven ? context.index(Space.memory) : 0);
    const from = memoryAddress(context, isGiven ? context.index(Space.memory) : 0);
    context.stack.popAll(Int32Array.of(to, from, smaller(to, from)));
  },
  "memory.init": (context) => {
    const address = memoryAddress(context, context.optionalIndex(Space.memory, true));
    context.stack.popAll(Int32Array.of(address, i32, i32));
  },
  "table.get": (context) => {
    const { type, address } = table(context, context.optionalIndex(Space.table));
    context.stack.pop(address);
    context.stack.push(type);
  },
  "table.set": (context) => {
    const { type, address } = table(context, context.optionalIndex(Space.table));
    context.stack.popAll(Int32Array.of(address, type));
  },
  "table.size": (context) => context.stack.push(table(context, context.optionalIndex(Space.table)).address),
  "table.grow": (context) => {
    const { type, address } = table(context, context.optionalIndex(Space.table));
    context.stack.popAll(Int32Array.of(type, address));
    context.stack.push(address);
  },
  "table.fill": (context) => {
    const { type, address } = table(context, context.optionalIndex(Space.table));
    context.stack.popAll(Int32Array.of(address, type, address));
  },
  "table.copy": (context) => {
    const isGiven = context.atIndex;
    const to = table(context, isGiven ? context.index(Space.table) : 0);
    const from = table(context, isGiven ? context.index(Space.table) : 0);
    context.stack.popAll(Int32Array.of(to.address, from.address, smaller(to.address, from.address)));
    checkElements(context, from.type, to.type);
  },
  "table.init": (context) => {
    const to = table(context, context.optionalIndex(Space.table, true));
    const from = context.environment.elements[context.index(Space.elem)] ?? bottom;
    context.stack.popAll(Int32Array.of(to.address, i32, i32));
    checkElements(context, from, to.type);
  },
};
