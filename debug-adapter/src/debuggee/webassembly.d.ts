/** The part of the WebAssembly JavaScript interface that the debuggee uses; Node's types do not have it, and those of the DOM bring a browser along. */
declare namespace WebAssembly {
  type ImportExportKind = "function" | "global" | "memory" | "table" | "tag";
  type ValueType = "i32" | "i64" | "f32" | "f64" | "v128" | "externref" | "anyfunc";
  type HostFunction = (...args: never[]) => unknown;
  type ImportValue = HostFunction | Memory | Table | Global;
  type ModuleImports = Record<string, ImportValue>;
  type Imports = Record<string, ModuleImports>;

  class Module {
    constructor(bytes: ArrayBufferView | ArrayBuffer);
    static imports(module: Module): { module: string; name: string; kind: ImportExportKind }[];
  }
  class Instance {
    constructor(module: Module, imports?: Imports);
    readonly exports: Readonly<Record<string, unknown>>;
  }
  class Memory {
    constructor(descriptor: { initial: number; maximum?: number; shared?: boolean });
    readonly buffer: ArrayBuffer;
  }
  class Table {
    constructor(descriptor: { element: "anyfunc" | "externref"; initial: number; maximum?: number });
    readonly length: number;
  }
  class Global {
    constructor(descriptor: { value: ValueType; mutable: boolean }, value?: unknown);
    value: unknown;
  }
  class RuntimeError extends Error {}
  /** Missing in engines without exception handling. */
  const Exception: (new (...parameters: never[]) => object) | undefined;
}
