/** Instructions that may stand in constant expressions. Source: WebAssembly 3.0, 3.4.13 "Constant Expressions". */
const constant: ReadonlySet<string> = new Set([
  "i32.const", "i64.const", "f32.const", "f64.const", "v128.const",
  "i32.add", "i32.sub", "i32.mul", "i64.add", "i64.sub", "i64.mul",
  "ref.null", "ref.func", "ref.i31", "global.get",
  "struct.new", "struct.new_default", "array.new", "array.new_default", "array.new_fixed",
  "any.convert_extern", "extern.convert_any",
]); // prettier-ignore

/** Of `global.get`, the global must also be immutable and defined before. */
export function isConstant(name: string): boolean {
  return constant.has(name);
}
