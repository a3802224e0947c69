/** The ways by which JavaScript compiles WebAssembly, wrapped so that the debugger sees every module before anything of it can run. */

type Source = ArrayBufferView | ArrayBuffer;
type Response = unknown;

interface CompilationWays {
  Module: typeof WebAssembly.Module;
  compile: (source: Source, ...options: unknown[]) => Promise<WebAssembly.Module>;
  compileStreaming?: (source: Response, ...options: unknown[]) => Promise<WebAssembly.Module>;
  instantiate: (source: Source | WebAssembly.Module, imports?: unknown, ...options: unknown[]) => Promise<unknown>;
  instantiateStreaming?: (source: Response, imports?: unknown, ...options: unknown[]) => Promise<unknown>;
}

/** `compiled` is called after each compilation; what is compiled then waits for it to return. */
export function watchCompilation(compiled: () => void): void {
  const ways = WebAssembly as unknown as CompilationWays;
  const { Module, compile, compileStreaming, instantiate } = ways;
  const seen = (module: WebAssembly.Module): WebAssembly.Module => {
    compiled();
    return module;
  };
  // A proxy keeps `instanceof`, `prototype` and the static functions as they are.
  ways.Module = new Proxy(Module, {
    construct: (target, args: unknown[], newTarget) => seen(Reflect.construct(target, args, newTarget) as WebAssembly.Module),
  });
  ways.compile = async (...args) => seen(await compile(...args));
  ways.instantiate = async (source, imports, ...options) => {
    if (source instanceof Module) return instantiate(source, imports, ...options);
    const module = seen(await compile(source, ...options));
    return { module, instance: await instantiate(module, imports, ...options) };
  };
  if (!compileStreaming) return;
  ways.compileStreaming = async (...args) => seen(await compileStreaming(...args));
  ways.instantiateStreaming = async (source, imports, ...options) => {
    const module = seen(await compileStreaming(source, ...options));
    return { module, instance: await instantiate(module, imports, ...options) };
  };
}
