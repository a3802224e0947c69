/** Spellings of instructions from before WebAssembly 1.0, or their proposal, was final, which old tutorials still use. */
import { lookupInstruction } from "#core/wasm/instructions.ts";

const renamed: Readonly<Record<string, string>> = {
  get_local: "local.get",
  set_local: "local.set",
  tee_local: "local.tee",
  get_global: "global.get",
  set_global: "global.set",
  current_memory: "memory.size",
  grow_memory: "memory.grow",
  "i32.atomic.wait": "memory.atomic.wait32",
  "i64.atomic.wait": "memory.atomic.wait64",
  "atomic.notify": "memory.atomic.notify",
  "atomic.wake": "memory.atomic.notify",
  "v8x16.shuffle": "i8x16.shuffle",
  "v8x16.swizzle": "i8x16.swizzle",
  "struct.new_canon": "struct.new",
  "struct.new_canon_default": "struct.new_default",
  "array.new_canon": "array.new",
  "array.new_canon_default": "array.new_default",
  "array.new_canon_fixed": "array.new_fixed",
  "extern.externalize": "extern.convert_any",
  "extern.internalize": "any.convert_extern",
};
const conversion = /^(i32|i64|f32|f64)\.(wrap|extend|trunc|convert|promote|demote|reinterpret)(_[su])?(?::sat)?\/(i32|i64|f32|f64)$/;

/** What an instruction with an old name is called today; `undefined` where the name is not a known old one. */
export function renamedInstruction(name: string): string | undefined {
  const direct = Object.hasOwn(renamed, name) ? renamed[name] : undefined;
  if (direct !== undefined) return direct;
  const parts = conversion.exec(name);
  if (parts === null) return undefined;
  const [, to, operation, sign = "", from] = parts;
  const saturating = name.includes(":sat") ? "_sat" : "";
  const today = `${to}.${operation}${saturating}_${from}${sign}`;
  return lookupInstruction(today) === undefined ? undefined : today;
}
