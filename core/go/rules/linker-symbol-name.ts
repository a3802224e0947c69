/** Export names that are symbols of the linker: the name of an export is one, among those of all functions and variables. */
import type { FuncDeclaration, TypeNode } from "../source/syntax.ts";
import type { GoPackage } from "../types/package.ts";
import { exportName, exportedInFile, type GoLint, type LintContext } from "./lint.ts";

/** Symbols of the runtime's assembly (runtime/asm_wasm.s, rt0_*_wasm.s); they have no package. */
const assembly: Readonly<Record<string, readonly string[]>> = {
  wasip1: ["_rt0_wasm_wasip1", "wasm_pc_f_loop", "wasm_pc_f_loop_export"],
  js: ["_rt0_wasm_js", "wasm_export_run", "wasm_export_resume", "wasm_export_getsp", "wasm_pc_f_loop", "wasm_pc_f_loop_export"],
};

export const linkerSymbolName: GoLint = {
  code: "linker-symbol-name",
  check(context, report) {
    for (const border of exportedInFile(context)) {
      const { text, span } = exportName(border);
      const owner = ownerOf(context, text);
      if (owner === undefined && !/^(?:go:|type:|runtime\.)/u.test(text)) continue;
      report(
        owner === undefined
          ? {
              span,
              severity: "warning",
              message: `${text} is a name of the toolchain's own kind`,
              advice: [
                "Names that start with go:, type: or runtime. are the linker's: the next version may use this one.",
                simpler(border.declaration),
              ],
            }
          : {
              span,
              severity: "error",
              message: `duplicated definition of symbol ${text}`,
              advice: [`The export's name is a symbol of the linker, as is ${owner}.`, simpler(border.declaration)],
            },
      );
    }
  },
};

function simpler(declaration: FuncDeclaration): string {
  return `Choose a name without a package, such as ${declaration.name.text}.`;
}

/** What has this symbol already. */
function ownerOf(context: LintContext, symbol: string): string | undefined {
  if (assembly[context.target.goos]?.includes(symbol) === true) return "a function of the runtime";
  if (symbol === "go:buildid") return "the identification of the build";
  // Dots in the last part of an import path are written as %2e, so the first one ends it.
  const dot = symbol.indexOf(".", symbol.lastIndexOf("/", symbol.indexOf("(") >>> 0) + 1);
  if (dot <= 0) return undefined;
  const from = packageOf(context, symbol.slice(0, dot));
  return from === undefined ? undefined : declared(from, symbol.slice(dot + 1));
}

/** The checked package, one that it imports, or the runtime, which every program has. */
function packageOf(context: LintContext, path: string): GoPackage | undefined {
  if (context.package.identity.path === path) return context.package;
  const plain = path.replaceAll("%2e", ".");
  const importer = context.package.files.find((file) => file.imports.some((spec) => spec.path === plain));
  if (importer !== undefined) return context.source.packageAt(plain, importer);
  return plain === "runtime" ? context.source.packageAt(plain, context.file) : undefined;
}

/** `F`, `T.M` and `(*T).M`; constants, types and generic code have no symbol of their own. */
function declared({ files, members }: GoPackage, name: string): string | undefined {
  const method = /^(?:\(\*(?<pointer>[^.()]+)\)|(?<value>[^.()]+))\.(?<name>[^.()]+)$/u.exec(name)?.groups;
  if (method === undefined) {
    const member = members.get(name);
    if (member?.kind === "var") return `the variable ${name}`;
    return member?.kind === "func" && member.declaration.parameters.length === 0 ? `the function ${name}` : undefined;
  }
  const isIt = ({ name: own, receiver }: FuncDeclaration): boolean =>
    own.text === method["name"] &&
    receiver !== undefined &&
    (method["pointer"] === undefined
      ? typeName(receiver.type) === method["value"]
      : receiver.type.kind === "pointer" && typeName(receiver.type.element) === method["pointer"]);
  return files.some((file) => file.functions.some(isIt)) ? `the method ${name}` : undefined;
}

function typeName(type: TypeNode): string | undefined {
  return type.kind === "name" && type.package === undefined ? type.name : undefined;
}
