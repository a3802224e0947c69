import type { WasmModule } from "#core/wasm/module.ts";
import type { EntityType, HostKind, ImportedEntity } from "../debuggee/start-message.ts";
import { LaunchError } from "./launch-plan.ts";

const wasiModules = new Set(["wasi_snapshot_preview1", "wasi_unstable"]);

const knownHosts: ReadonlySet<string> = new Set(["auto", "wasip1", "js", "none"]);

/** Whether the launch attribute `host` names a script. */
export function isHostScript(asked: string | undefined): asked is string {
  return asked !== undefined && !knownHosts.has(asked);
}

/** Which host a module gets; `asked` is the launch attribute. Throws {@link LaunchError} for hosts that it cannot have. */
export function chooseHost(module: WasmModule, asked: string): HostKind {
  if (isHostScript(asked)) return "script";
  if (asked === "wasip1" || asked === "none") return asked;
  const isForJavaScript = module.imports.some((entry) => entry.module === "gojs");
  if (asked === "js" && !isForJavaScript) {
    throw new LaunchError(
      '"host": "js" is for Go programs that were built for GOOS=js, and this module is none: it imports nothing from "gojs"',
    );
  }
  if (isForJavaScript) return "js";
  return module.imports.some((entry) => wasiModules.has(entry.module)) ? "wasip1" : "none";
}

/** The imports that are made from their limits: memories, tables and globals. */
export function importedEntities(module: WasmModule): ImportedEntity[] {
  return module.imports.flatMap(({ module: from, name, type }) => {
    const entity = entityType(type);
    return entity ? [{ module: from, name, ...entity }] : [];
  });
}

function entityType(type: WasmModule["imports"][number]["type"]): EntityType | undefined {
  switch (type.kind) {
    case "memory":
      return { kind: "memory", ...limits(type.type), shared: type.type.shared };
    case "table":
      return { kind: "table", element: type.type.element === "externref" ? "externref" : "anyfunc", ...limits(type.type.limits) };
    case "global":
      return globalType(type.type.type, type.type.mutable);
    case "func":
    case "tag":
      return undefined;
  }
}

function limits({ min, max }: { readonly min: bigint; readonly max: bigint | undefined }): {
  minimum: number;
  maximum: number | undefined;
} {
  return { minimum: Number(min), maximum: max === undefined ? undefined : Number(max) };
}

/** Types of references beyond these have no zero in JavaScript: such an import stays missing, and V8 says which. */
function globalType(type: string, mutable: boolean): EntityType | undefined {
  switch (type) {
    case "i32":
    case "i64":
    case "f32":
    case "f64":
    case "v128":
    case "externref":
      return { kind: "global", type, mutable };
    case "funcref":
      return { kind: "global", type: "anyfunc", mutable };
    default:
      return undefined;
  }
}
