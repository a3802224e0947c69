/** Operands and results of the instructions for which they are fixed, from the instruction table. */
import { instructions } from "../instructions.ts";
import type { OperandType } from "../instructions.ts";
import { bottom, f32, f64, Heap, i32, i64, refType, v128 } from "./value-type.ts";
import type { ValueType } from "./value-type.ts";

/** Stands in a signature where the memory or table decides between i32 and i64. */
export const address: ValueType = -1;

const valueTypes: Readonly<Record<OperandType, ValueType>> = {
  i32,
  i64,
  f32,
  f64,
  v128,
  address,
  eqref: refType(Heap.eq, true),
  i31ref: refType(Heap.i31, true),
  anyref: refType(Heap.any, true),
  externref: refType(Heap.extern, true),
  arrayref: refType(Heap.array, true),
};

const typesOf = (list: readonly OperandType[] | undefined): Int32Array | undefined =>
  list === undefined ? undefined : Int32Array.from(list, (type) => valueTypes[type]);

const withAddress = (types: Int32Array | undefined, addressType: ValueType): Int32Array | undefined =>
  types?.map((type) => (type === address ? addressType : type));

interface Signature {
  readonly operands: Int32Array;
  readonly results: Int32Array;
}

function signaturesFor(addressType: ValueType): readonly (Signature | undefined)[] {
  return instructions.map((instruction) => {
    const operands = withAddress(typesOf(instruction.in), addressType);
    const results = withAddress(typesOf(instruction.out), addressType);
    return operands === undefined || results === undefined ? undefined : { operands, results };
  });
}

/** By the place of an instruction in the table; `undefined` where operands depend on more than the width of addresses. */
export const signatures32 = signaturesFor(i32);
export const signatures64 = signaturesFor(i64);
/** For a memory that is not known: any address fits. */
export const signaturesOfAny = signaturesFor(bottom);
