/** References, structs, arrays and i31. */
import { execution } from "./doc.ts";
import type { InstructionDoc } from "./doc.ts";

const nullReference = "Traps if the reference is null.";
const outside = "Traps if the reference is null, or if the array has no such element.";
const anchors: Readonly<Record<string, string>> = { "struct.get_s": "struct-get", "struct.get_u": "struct-get", "array.get_s": "array-get", "array.get_u": "array-get", "array.new_default": "array-new", "i31.get_s": "i31-get", "i31.get_u": "i31-get" }; // prettier-ignore

// prettier-ignore
const rows: Readonly<Record<string, Omit<InstructionDoc, "link">>> = {
  "ref.null": { summary: "Gives a null reference of a heap type.", example: { code: "(ref.is_null (ref.null func))", type: "i32", result: "1" } },
  "ref.is_null": { summary: "Asks whether a reference is null. Gives 1 if so, else 0.", example: { code: "(ref.is_null (ref.null extern))", type: "i32", result: "1" } },
  "ref.func": { summary: "Gives a reference to a function, which must be exported, or named outside of function bodies, for example in `(elem declare func $f)`.", example: { code: "(ref.is_null (ref.func $g))", type: "i32", result: "0", fields: "(func $g) (elem declare func $g)" } },
  "ref.as_non_null": { summary: "Gives a reference, which then counts as not null.", traps: nullReference },
  "ref.eq": { summary: "Asks whether two references are the same: the same object, the same i31, or both null. Gives 1 if so, else 0." },
  "ref.test": { summary: "Asks whether a reference has a type. Gives 1 if so, else 0." },
  "ref.cast": { summary: "Gives a reference, which then counts as of a type.", traps: "Traps if the reference is not of that type." },
  br_on_cast: { summary: "Branches to a label with the reference if it is of the second type; else it stays, and counts as of the first type without the second." },
  br_on_cast_fail: { summary: "Branches to a label with the reference if it is not of the second type; else it stays, and counts as of that." },
  "any.convert_extern": { summary: "Takes a reference of the host into the hierarchy of `any`." },
  "extern.convert_any": { summary: "Takes a reference out of the hierarchy of `any`, for the host." },
  "ref.i31": { summary: "Makes a reference of the low 31 bits of an i32, without an object in memory." },
  "i31.get_s": { summary: "Gives the number in an i31 reference, its 31 bits taken as signed.", traps: nullReference },
  "i31.get_u": { summary: "Gives the number in an i31 reference, its 31 bits taken as unsigned.", traps: nullReference },
  "struct.new": { summary: "Makes a struct of values for all of its fields." },
  "struct.new_default": { summary: "Makes a struct whose fields are all 0 or null." },
  "struct.get": { summary: "Gives a field of a struct.", traps: nullReference },
  "struct.get_s": { summary: "Gives a field of 8 or 16 bits of a struct, taken as signed.", traps: nullReference },
  "struct.get_u": { summary: "Gives a field of 8 or 16 bits of a struct, taken as unsigned.", traps: nullReference },
  "struct.set": { summary: "Puts a value into a field of a struct, which must be `mut`. Operands: the struct, then the value.", traps: nullReference },
  "array.new": { summary: "Makes an array of copies of a value. Operands: the value, then the length." },
  "array.new_default": { summary: "Makes an array of a length whose elements are all 0 or null." },
  "array.new_fixed": { summary: "Makes an array of as many values from the stack as the number says." },
  "array.new_data": { summary: "Makes an array of the bytes of a data segment. Operands: where from in the segment, then the length.", traps: "Traps if any of the bytes is outside of the segment." },
  "array.new_elem": { summary: "Makes an array of references of an element segment. Operands: where from in the segment, then the length.", traps: "Traps if any of the elements is outside of the segment." },
  "array.get": { summary: "Gives an element of an array. Operands: the array, then the index.", traps: outside },
  "array.get_s": { summary: "Gives an element of 8 or 16 bits of an array, taken as signed. Operands: the array, then the index.", traps: outside },
  "array.get_u": { summary: "Gives an element of 8 or 16 bits of an array, taken as unsigned. Operands: the array, then the index.", traps: outside },
  "array.set": { summary: "Puts a value into an array. Operands: the array, the index, the value.", traps: outside },
  "array.len": { summary: "Gives the number of elements of an array.", traps: nullReference },
  "array.fill": { summary: "Sets elements of an array to a value. Operands: the array, the first index, the value, how many.", traps: "Traps if the reference is null, or if any of the elements is outside of the array." },
  "array.copy": { summary: "Copies elements from one array to another. Operands: the array to copy to and its index, the array to copy from and its index, how many.", traps: "Traps if a reference is null, or if any of the elements is outside of its array." },
  "array.init_data": { summary: "Sets elements of an array to the bytes of a data segment. Operands: the array, its index, where from in the segment, how many elements.", traps: "Traps if the reference is null, or if anything is outside of the array or the segment." },
  "array.init_elem": { summary: "Sets elements of an array to those of an element segment. Operands: the array, its index, where from in the segment, how many.", traps: "Traps if the reference is null, or if anything is outside of the array or the segment." },
};

/** `undefined` where the name is none of these. */
export function referenceDoc(name: string): InstructionDoc | undefined {
  const row = rows[name];
  return row === undefined ? undefined : { ...row, link: execution + (anchors[name] ?? name.replaceAll(/[._]/g, "-")) };
}
