import type { WasmValue } from "../engine/engine.ts";
import { float32Text, float64Text } from "./scalars.ts";

/** A value of the WebAssembly machine: integers are signed, floating-point numbers as short as they read back. */
export function formatWasm(value: WasmValue): string {
  switch (value.type) {
    case "i32":
    case "i64":
      return String(value.value);
    case "f32":
      return float32Text(value.value);
    case "f64":
      return float64Text(value.value);
    case "v128":
    case "ref":
      return value.text;
  }
}
