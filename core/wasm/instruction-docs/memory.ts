/** Linear memory, tables and their segments, and atomic access. */
import { execution } from "./doc.ts";
import type { InstructionDoc, InstructionExample } from "./doc.ts";

const outOfBounds = "Traps if any of the bytes is outside of the memory.";
const load = /^(i32|i64|f32|f64)\.load(?:(8|16|32)_([su]))?$/;
const store = /^(i32|i64|f32|f64)\.store(8|16|32)?$/;
const atomicAccess = /^(i32|i64)\.atomic\.(load|store)(8|16|32)?(?:_u)?$/;
const atomicUpdate = /^(i32|i64)\.atomic\.rmw(8|16|32)?\.(add|sub|and|or|xor|xchg|cmpxchg)(?:_u)?$/;
const threads = "https://github.com/WebAssembly/threads/blob/main/proposals/threads/Overview.md";
const memory = "(memory 1)";
const ones = '(memory 1) (data (i32.const 0) "\\ff\\ff\\ff\\ff\\ff\\ff\\ff\\ff")';
const oneAsFloat: Readonly<Record<string, string>> = { f32: "\\00\\00\\80\\3f", f64: "\\00\\00\\00\\00\\00\\00\\f0\\3f" };

// prettier-ignore
const fixed: Readonly<Record<string, Omit<InstructionDoc, "link">>> = {
  "memory.size": { summary: "Gives the size of a memory in pages, of 65 536 bytes unless the memory says otherwise.", example: { code: "(memory.size)", type: "i32", result: "1", fields: memory } },
  "memory.grow": { summary: "Adds pages of zeros to a memory, and gives its size in pages before; -1 where it cannot grow so far.", example: { code: "(memory.grow (i32.const 2))", type: "i32", result: "1", fields: memory } },
  "memory.init": { summary: "Copies bytes from a data segment to a memory. Operands: where to in the memory, where from in the segment, how many bytes.", traps: "Traps if any of the bytes is outside of the segment or of the memory; then nothing is written.", example: { code: "(memory.init $d (i32.const 8) (i32.const 1) (i32.const 1)) (i32.load8_u (i32.const 8))", type: "i32", result: "66", fields: '(memory 1) (data $d "AB")' } },
  "data.drop": { summary: "Lets go of a data segment, which then counts as empty.", example: { code: "(data.drop $d) (i32.const 1)", type: "i32", result: "1", fields: '(memory 1) (data $d "AB")' } },
  "memory.copy": { summary: "Copies bytes within a memory or between two. Operands: where to, where from, how many bytes. The areas may overlap.", traps: "Traps if any of the bytes is outside of its memory; then nothing is written.", example: { code: "(memory.copy (i32.const 8) (i32.const 0) (i32.const 1)) (i32.load8_u (i32.const 8))", type: "i32", result: "255", fields: ones } },
  "memory.fill": { summary: "Sets bytes of a memory. Operands: where to, the byte, how many bytes.", traps: "Traps if any of the bytes is outside of the memory; then nothing is written.", example: { code: "(memory.fill (i32.const 0) (i32.const 7) (i32.const 4)) (i32.load8_u (i32.const 3))", type: "i32", result: "7", fields: memory } },
  "table.get": { summary: "Gives the element of a table that has an index.", traps: "Traps if the table has no such element.", example: { code: "(ref.is_null (table.get 0 (i32.const 0)))", type: "i32", result: "1", fields: "(table 1 funcref)" } },
  "table.set": { summary: "Puts a reference into a table. Operands: the index, then the reference.", traps: "Traps if the table has no such element.", example: { code: "(table.set 0 (i32.const 0) (ref.func $g)) (ref.is_null (table.get 0 (i32.const 0)))", type: "i32", result: "0", fields: "(table 1 funcref) (func $g) (elem declare func $g)" } },
  "table.size": { summary: "Gives the number of elements that a table has.", example: { code: "(table.size 0)", type: "i32", result: "3", fields: "(table 3 funcref)" } },
  "table.grow": { summary: "Adds elements to a table, all of them the given reference, and gives its size before; -1 where it cannot grow so far. Operands: the reference, then how many.", example: { code: "(table.grow 0 (ref.null func) (i32.const 2))", type: "i32", result: "3", fields: "(table 3 funcref)" } },
  "table.fill": { summary: "Sets elements of a table to a reference. Operands: the first index, the reference, how many.", traps: "Traps if any of the elements is outside of the table; then nothing is written.", example: { code: "(table.fill 0 (i32.const 0) (ref.null func) (i32.const 1)) (table.size 0)", type: "i32", result: "1", fields: "(table 1 funcref)" } },
  "table.copy": { summary: "Copies elements within a table or between two. Operands: where to, where from, how many. The ranges may overlap.", traps: "Traps if any of the elements is outside of its table; then nothing is written.", example: { code: "(table.copy 0 0 (i32.const 1) (i32.const 0) (i32.const 1)) (ref.is_null (table.get 0 (i32.const 1)))", type: "i32", result: "0", fields: "(table 2 funcref) (func $g) (elem (i32.const 0) $g)" } },
  "table.init": { summary: "Copies elements from an element segment to a table. Operands: where to in the table, where from in the segment, how many.", traps: "Traps if any of the elements is outside of the segment or of the table; then nothing is written.", example: { code: "(table.init $e (i32.const 0) (i32.const 0) (i32.const 1)) (ref.is_null (table.get 0 (i32.const 0)))", type: "i32", result: "0", fields: "(table 1 funcref) (func $g) (elem $e func $g)" } },
  "elem.drop": { summary: "Lets go of an element segment, which then counts as empty.", example: { code: "(elem.drop $e) (i32.const 1)", type: "i32", result: "1", fields: "(table 1 funcref) (func $g) (elem $e func $g)" } },
};

// prettier-ignore
const atomics: Readonly<Record<string, Omit<InstructionDoc, "link">>> = {
  "memory.atomic.notify": { summary: "Wakes threads that wait at an address. Operands: the address, and how many threads at most. Gives how many were woken.", traps: "Traps if the address is outside of the memory, or no multiple of 4.", example: { code: "(memory.atomic.notify (i32.const 0) (i32.const 1))", type: "i32", result: "0", fields: "(memory 1 1 shared)" } },
  "memory.atomic.wait32": { summary: "Waits at an address until it is notified. Operands: the address, the i32 that is expected there, and a limit in nanoseconds (negative: none). Gives 0 if woken, 1 if another number was there, 2 at the limit.", traps: "Traps if the address is outside of the memory or no multiple of 4, if the memory is not shared, and where the host lets no thread wait." },
  "memory.atomic.wait64": { summary: "Waits at an address until it is notified. Operands: the address, the i64 that is expected there, and a limit in nanoseconds (negative: none). Gives 0 if woken, 1 if another number was there, 2 at the limit.", traps: "Traps if the address is outside of the memory or no multiple of 8, if the memory is not shared, and where the host lets no thread wait." },
  "atomic.fence": { summary: "Keeps the order of memory accesses before and behind it, as other threads see them.", example: { code: "(atomic.fence) (i32.const 1)", type: "i32", result: "1" } },
};

/** `undefined` where the name is none of these. */
export function memoryDoc(name: string): InstructionDoc | undefined {
  const known = fixed[name];
  if (known !== undefined) return { ...known, link: execution + name.replaceAll(/[._]/g, "-") };
  const atomic = atomics[name];
  if (atomic !== undefined) return { ...atomic, link: threads };
  const loads = load.exec(name);
  if (loads !== null) return loadDoc(name, loads[1]! as InstructionExample["type"], loads[2], loads[3]);
  const stores = store.exec(name);
  if (stores !== null) return storeDoc(name, stores[1]! as InstructionExample["type"], stores[2]);
  return atomicDoc(name);
}

function loadDoc(name: string, type: InstructionExample["type"], bits: string | undefined, sign: string | undefined): InstructionDoc {
  const code = `(${name} (i32.const 0))`;
  if (bits === undefined) {
    const isFloat = type.startsWith("f");
    const fields = isFloat ? `(memory 1) (data (i32.const 0) "${oneAsFloat[type]!}")` : ones;
    const summary = `Reads an ${type} from memory, the lowest byte first. The address is the operand plus \`offset\`.`;
    return { summary, traps: outOfBounds, example: { code, type, result: isFloat ? "1" : "-1", fields }, link: `${execution}load-val` };
  }
  const kind = sign === "s" ? "signed" : "unsigned";
  const what = bits === "8" ? "a byte" : `${bits} bits`;
  const result = sign === "s" ? "-1" : String(2 ** Number(bits) - 1);
  const summary = `Reads ${what} from memory and extends them, taken as ${kind}, to an ${type}. The address is the operand plus \`offset\`.`;
  return { summary, traps: outOfBounds, example: { code, type, result, fields: ones }, link: `${execution}load-pack` };
}

function storeDoc(name: string, type: InstructionExample["type"], bits: string | undefined): InstructionDoc {
  const what = bits === undefined ? `an ${type}` : `the low ${bits} bits of an ${type}`;
  const summary = `Writes ${what} to memory, the lowest byte first. Operands: the address, to which \`offset\` is added, then the value.`;
  const read = bits === undefined ? `${type}.load` : `${type}.load${bits}_u`;
  const code = `(${name} (i32.const 8) (${type}.const 5)) (${read} (i32.const 8))`;
  const link = `${execution}store-${bits === undefined ? "val" : "pack"}`;
  return { summary, traps: outOfBounds, example: { code, type, result: "5", fields: memory }, link };
}

const updates: Readonly<Record<string, string>> = {
  add: "adds the operand to it",
  sub: "subtracts the operand from it",
  and: "keeps those of its bits that are 1 in the operand, too",
  or: "sets those of its bits that are 1 in the operand",
  xor: "turns those of its bits that are 1 in the operand",
  xchg: "puts the operand in its place",
  cmpxchg: "puts the second operand in its place if it equals the first",
};

function atomicDoc(name: string): InstructionDoc | undefined {
  const fields = "(memory 1 1 shared)";
  const traps = "Traps if any of the bytes is outside of the memory, or if the address is no multiple of the width of the access.";
  const access = atomicAccess.exec(name);
  if (access !== null) {
    const [, type, operation, bits] = access as unknown as [string, InstructionExample["type"], string, string | undefined];
    const isLoad = operation === "load";
    const what = bits === undefined ? `an ${type}` : `${bits} bits of an ${type}`;
    const summary = isLoad ? `Reads ${what} from memory in one step that no other thread can come between${bits === undefined ? "" : "; zeros are put in front"}.` : `Writes ${what} to memory in one step that no other thread can come between.`; // prettier-ignore
    const code = isLoad
      ? `(${name} (i32.const 0))`
      : `(${name} (i32.const 0) (${type}.const 5)) (${name.replace("store", "load")}${bits === undefined ? "" : "_u"} (i32.const 0))`;
    return { summary, traps, example: { code, type, result: isLoad ? "0" : "5", fields }, link: threads };
  }
  const update = atomicUpdate.exec(name);
  if (update === null) return undefined;
  const [, type, bits, operation] = update as unknown as [string, InstructionExample["type"], string | undefined, string];
  const what = bits === undefined ? `an ${type}` : `${bits} bits`;
  const summary = `Reads ${what} from memory and ${updates[operation]!}, in one step that no other thread can come between. Gives what was there before.`;
  const operands = operation === "cmpxchg" ? `(${type}.const 0) (${type}.const 5)` : `(${type}.const 5)`;
  return { summary, traps, example: { code: `(${name} (i32.const 0) ${operands})`, type, result: "0", fields }, link: threads };
}
