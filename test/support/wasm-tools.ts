/** wasm-tools, compiled to WebAssembly in an npm package: an encoder and a validator that know all of WebAssembly, independent of ours and of V8. */
import { componentNew, parse, print } from "@bytecodealliance/jco-transpile/wasm-tools";
import { readModule } from "#core/wasm/module.ts";

export type WasmToolsText = { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly bytes: undefined; readonly why: string };

/** A text in the binary format, valid or not; why not, where its syntax is wrong. */
export async function wasmToolsBytes(text: string): Promise<WasmToolsText> {
  try {
    return { bytes: new Uint8Array(await parse(text)) };
  } catch (error) {
    return { bytes: undefined, why: reasonOf(error) };
  }
}

/** What wasm-tools reads in a module. Throws where it cannot read it. */
export async function wasmToolsText(bytes: Uint8Array): Promise<string> {
  return print(bytes);
}

/** Whether {@link wasmToolsProblem} can tell. */
export function isJudged(bytes: Uint8Array): boolean {
  return readModule(bytes).module.imports.length === 0;
}

/**
 * What is wrong with a module that imports nothing; `undefined` where it is valid. The package has no command for that, but puts such a module
 * into a component, which it validates with all features.
 */
export async function wasmToolsProblem(bytes: Uint8Array): Promise<string | undefined> {
  try {
    await componentNew(bytes);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

function reasonOf(error: unknown): string {
  const { payload, message } = error as { readonly payload?: unknown; readonly message?: string };
  return typeof payload === "string" ? payload : (message ?? "no reason");
}
