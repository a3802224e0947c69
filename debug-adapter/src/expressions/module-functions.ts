import type { DataType } from "#core/dwarf/data-type.ts";
import type { WasmModule } from "#core/wasm/module.ts";
import { functionIndex } from "#core/wasm/offsets.ts";
import type { NamedFunction } from "../symbols/name-source.ts";
import { builtInType } from "./number-types.ts";

/** Functions that the module exports under a name, or that its name section calls so: `fact`, `$fact`, `assembly/index/fact`. Imported ones are left out. */
export function functionsOfModule(module: WasmModule, name: string): readonly NamedFunction[] {
  const plain = name.replace(/^\$/, "");
  const exported = module.exports.find((entry) => entry.kind === "func" && entry.name === plain);
  const indices = new Set<number>(exported ? [exported.index] : []);
  for (const [index, known] of module.names().functions) if (known === plain || known.endsWith(`/${plain}`)) indices.add(index);
  return [...indices].flatMap((index) => {
    const fn = module.functions[index];
    const type = module.types[fn?.typeIndex ?? -1];
    if (!fn?.body || type?.kind !== "func") return [];
    const [result] = type.results;
    const found = { index: functionIndex(index), name: plain, parameters: type.params.map(machineType), result: undefined };
    return [result === undefined ? found : { ...found, result: machineType(result) ?? { kind: "unknown", name: result, size: undefined } }];
  });
}

const machineType = (name: string): DataType | undefined => builtInType(name, "wat");
