/** The running program. Instance and memory are looked up when they are needed, never kept: they may be replaced by others. */
export class Program {
  #instance: WebAssembly.Instance | undefined;
  /** The memory that was made for an import, where the program exports none. */
  importedMemory: WebAssembly.Memory | undefined;

  get instance(): WebAssembly.Instance {
    if (!this.#instance) throw new WebAssembly.RuntimeError("the program called its host before it was instantiated");
    return this.#instance;
  }

  set instance(instance: WebAssembly.Instance) {
    this.#instance = instance;
  }

  has(name: string): boolean {
    return typeof this.instance.exports[name] === "function";
  }

  /** The only place from which exports are called. */
  enter(name: string, args: readonly (number | bigint)[]): unknown {
    const exported = this.instance.exports[name];
    if (typeof exported !== "function") throw new WebAssembly.RuntimeError(`the module exports no function "${name}"`);
    return (exported as (...values: (number | bigint)[]) => unknown)(...args);
  }

  /** The program's linear memory; `undefined` where it has none that the host can see. */
  get memory(): WebAssembly.Memory | undefined {
    const exported = this.#instance?.exports["memory"];
    return exported instanceof WebAssembly.Memory ? exported : this.importedMemory;
  }
}
