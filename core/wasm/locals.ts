import { ByteError, ByteReader } from "#core/bytes/reader.ts";
import { boundedCount } from "./instruction-cursor.ts";
import type { ModuleFunction, WasmModule } from "./module.ts";
import { moduleOffset, type ModuleOffset } from "./offsets.ts";
import { readValueType, type TypeText } from "./value-types.ts";

/** Engines refuse functions with more locals. Source: WebAssembly JavaScript interface, 9 "Implementation-defined limits". */
const mostLocals = 50_000;

export interface FunctionLocals {
  readonly params: readonly TypeText[];
  /** Declared locals; their indices start behind the parameters. */
  readonly locals: readonly TypeText[];
  /** Of the first instruction, behind the declarations. */
  readonly bodyStart: ModuleOffset;
}

/** Reads the types of parameters and locals; `undefined` for an imported function and for declarations that are damaged. */
export function readLocals(module: WasmModule, func: ModuleFunction): FunctionLocals | undefined {
  if (!func.body) return undefined;
  const type = module.types[func.typeIndex];
  const reader = new ByteReader(module.bytes, func.body.start, func.body.end);
  const locals: TypeText[] = [];
  try {
    for (let runs = boundedCount(reader); runs > 0; runs--) {
      const count = reader.uleb();
      const local = readValueType(reader);
      if (locals.length + count > mostLocals) return undefined;
      for (let rest = count; rest > 0; rest--) locals.push(local);
    }
  } catch (error) {
    if (!(error instanceof ByteError)) throw error;
    return undefined;
  }
  return { params: type?.kind === "func" ? type.params : [], locals, bodyStart: moduleOffset(reader.position) };
}
