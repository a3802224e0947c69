import type { WasmModule } from "#core/wasm/module.ts";

/** A toolchain, how to tell it from what a module says of itself, and what it needs to write debug information. */
interface Toolchain {
  readonly made: (module: ModuleFacts) => boolean;
  readonly advice: string;
}

interface ModuleFacts {
  /** Languages and tools of the producers section. */
  readonly producers: string;
  /** Names of functions, exports and imports; of a large module the first ones. */
  readonly names: readonly string[];
}

const namesLookedAt = 2000;
const some = (pattern: RegExp) => (module: ModuleFacts) => module.names.some((name) => pattern.test(name));

/** The most telling first: TinyGo and Rust modules have parts that a C compiler has made. */
const toolchains: readonly Toolchain[] = [
  {
    made: (module) => /TinyGo/i.test(module.producers) || some(/^(?:tinygo_|runtime\.runtimePanicAt$)/)(module),
    advice: 'build it with "tinygo build -opt=0", and without -no-debug',
  },
  {
    made: (module) => /rustc|\bRust\b/.test(module.producers) || some(/7___rustc|17h[0-9a-f]{16}E$/)(module),
    advice:
      'build it without --release, or with "debug = true" and "strip = false" in the profile; wasm-bindgen needs --keep-debug, wasm-pack --dev',
  },
  {
    made: (module) => /AssemblyScript/i.test(module.producers) || some(/^~lib\/|^__(?:pin|rtti_base)$/)(module),
    advice: 'build it with "asc --debug --sourceMap"',
  },
  { made: some(/^(?:debug\.FullPanic|start\.wasi|Io\.Writer\.)/), advice: 'build it with "-O Debug", and without -fstrip' },
  {
    made: (module) => /emscripten/i.test(module.producers) || some(/^emscripten_/)(module),
    advice: 'compile and link it with "emcc -g"; without -g where it links, wasm-opt takes debug information out again',
  },
  {
    made: (module) =>
      /clang|\bC(?:\+\+)?_?\d*\b|Swift|LLVM/i.test(module.producers) || some(/^(?:__wasm_call_ctors|__original_main)$/)(module),
    advice: "compile and link it with -g (and -O0, to see all variables), and without -s and wasm-strip",
  },
];

const unknown = "build it with -g (or the like: -opt=0 for TinyGo, --debug --sourceMap for AssemblyScript)";

/** What to do to have debug information in a module that has none, for the toolchain that has made it. */
export function debugInfoAdvice(module: WasmModule): string {
  const producers = [...module.producers().values()].flat().map(({ name }) => name);
  const names = [...module.names().functions.values()].slice(0, namesLookedAt);
  const facts = {
    producers: producers.join(", "),
    names: [...names, ...module.exports.map(({ name }) => name), ...module.imports.map(({ name }) => name)],
  };
  return toolchains.find(({ made }) => made(facts))?.advice ?? unknown;
}
