import { readModule } from "#core/wasm/module.ts";

const known = new WeakMap<Uint8Array, ReturnType<typeof readModule>>();

/** The module in `bytes`, read once for all who want to know of it: a large one takes a while. The bytes must not change. */
export function parsedModule(bytes: Uint8Array): ReturnType<typeof readModule> {
  const parsed = known.get(bytes) ?? readModule(bytes);
  known.set(bytes, parsed);
  return parsed;
}
