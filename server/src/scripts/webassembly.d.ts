/** What the thread that runs scripts uses of the engine's `WebAssembly`; the declarations of Node have none. */
declare namespace WebAssembly {
  /** A function, memory, table, global or tag. */
  type Extern = object;
  type Externs = Readonly<Record<string, Extern>>;

  class Module {
    constructor(bytes: Uint8Array);
    static imports(module: Module): readonly { readonly module: string; readonly name: string }[];
  }
  class Instance {
    /** Throws {@link LinkError} or `TypeError` where an import does not fit, and whatever the start function throws. */
    constructor(module: Module, imports?: Readonly<Record<string, Externs>>);
    readonly exports: Externs;
  }
  class Memory {
    constructor(type: { readonly initial: number; readonly maximum: number });
    readonly buffer: ArrayBuffer;
  }
  class Table {
    constructor(type: { readonly initial: number; readonly maximum: number; readonly element: "anyfunc" });
    readonly length: number;
  }
  class Global {
    constructor(type: { readonly value: "i32" | "i64" | "f32" | "f64" }, value: number | bigint);
    readonly value: unknown;
  }
  class LinkError extends Error {
    override readonly name: "LinkError";
  }
  class RuntimeError extends Error {
    override readonly name: "RuntimeError";
  }
  class Exception {
    is(tag: Extern): boolean;
  }
}
