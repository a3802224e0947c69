/** The functions and globals that a module in the binary format exports, with types that another module can import them by. */
import { readModule } from "#core/wasm/module.ts";
import { typesText } from "#core/wasm/strict/module-text.ts";
import type { TypeText } from "#core/wasm/value-types.ts";

export type CallTarget =
  | { readonly kind: "func"; readonly typeIndex: number; readonly params: readonly TypeText[]; readonly results: readonly TypeText[] }
  /** `text`: the type with `mut`. */
  | { readonly kind: "global"; readonly type: TypeText; readonly text: string };

export interface BinaryExports {
  /** The types of the module, as fields. */
  readonly types: string;
  readonly targets: ReadonlyMap<string, CallTarget>;
}

/** Exports of a valid module. */
export function exportsOfBinary(bytes: Uint8Array): BinaryExports {
  const { module } = readModule(bytes);
  const targets = new Map<string, CallTarget>();
  for (const { name, kind, index } of module.exports) {
    if (kind === "global") {
      const { type, mutable } = module.globals[index]!;
      targets.set(name, { kind, type, text: mutable ? `(mut ${type})` : type });
    } else if (kind === "func") {
      const { typeIndex } = module.functions[index]!;
      const type = module.types[typeIndex];
      if (type?.kind === "func") targets.set(name, { kind, typeIndex, params: type.params, results: type.results });
    }
  }
  return { types: typesText(bytes), targets };
}
