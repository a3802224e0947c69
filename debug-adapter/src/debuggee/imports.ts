import { printableLine } from "#core/text/printable.ts";
import { assemblyScriptHost } from "./assemblyscript-host.ts";
import type { Program } from "./program.ts";
import type { ImportedEntity } from "./start-message.ts";
import type { Wasi } from "./wasi.ts";

type HostFunction = WebAssembly.HostFunction;
type Hosts = Readonly<Record<string, Readonly<Record<string, HostFunction>>>>;

/**
 * The imports of a module: functions of WASI and AssemblyScript's few, memories, tables and globals made from their limits, and for
 * every other function one that traps and says its name, so that a program runs until it really needs what is missing.
 */
export function makeImports(
  module: WebAssembly.Module,
  entities: readonly ImportedEntity[],
  program: Program,
  wasi: Wasi | undefined,
): WebAssembly.Imports {
  const hosts: Hosts = { ...wasi?.imports, ...assemblyScriptHost(program) };
  // The prototype of a plain object must not answer for a name that the module made up.
  const imports = Object.create(null) as WebAssembly.Imports;
  const add = (from: string, name: string, value: WebAssembly.ImportValue): void => {
    const members = (imports[from] ??= Object.create(null) as WebAssembly.ModuleImports);
    members[name] = value;
  };
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    if (kind === "function") add(from, name, importedFunction(hosts, from, name));
  }
  for (const entity of entities) {
    const value = makeEntity(entity);
    if (value instanceof WebAssembly.Memory) program.importedMemory = value;
    add(entity.module, entity.name, value);
  }
  return imports;
}

/** The only place from which functions of the host reach the program. */
function importedFunction(hosts: Hosts, module: string, name: string): HostFunction {
  const provided = own(own(hosts, module), name);
  if (provided) return provided;
  return () => {
    const named = printableLine(`"${module}" "${name}"`);
    throw new WebAssembly.RuntimeError(`the program called the import ${named}, which nothing provides`);
  };
}

function own<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record && Object.hasOwn(record, name) ? record[name] : undefined;
}

function makeEntity(entity: ImportedEntity): WebAssembly.Memory | WebAssembly.Table | WebAssembly.Global {
  switch (entity.kind) {
    case "memory":
      return new WebAssembly.Memory({ initial: entity.minimum, shared: entity.shared, ...maximum(entity) });
    case "table":
      return new WebAssembly.Table({ element: entity.element, initial: entity.minimum, ...maximum(entity) });
    case "global": {
      const zero = entity.type === "i64" ? 0n : entity.type === "externref" || entity.type === "anyfunc" ? null : 0;
      const descriptor = { value: entity.type, mutable: entity.mutable };
      // A vector has no value in JavaScript; its zero is what is left out.
      return entity.type === "v128" ? new WebAssembly.Global(descriptor) : new WebAssembly.Global(descriptor, zero);
    }
  }
}

function maximum(limits: { readonly maximum: number | undefined }): { maximum?: number } {
  return limits.maximum === undefined ? {} : { maximum: limits.maximum };
}
