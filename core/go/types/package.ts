/** A package's files with an index of what they declare, and where other packages come from. */
import type { ConstSpec, FuncDeclaration, GoFile, ImportSpec, TypeSpec, VarSpec } from "../source/syntax.ts";
import type { PackageIdentity } from "./types.ts";

export type Member =
  | { readonly kind: "type"; readonly file: GoFile; readonly spec: TypeSpec }
  | { readonly kind: "const"; readonly file: GoFile; readonly spec: ConstSpec; readonly index: number }
  | { readonly kind: "func"; readonly file: GoFile; readonly declaration: FuncDeclaration }
  | { readonly kind: "var"; readonly file: GoFile; readonly spec: VarSpec };

export interface GoPackage {
  readonly identity: PackageIdentity;
  readonly files: readonly GoFile[];
  readonly members: ReadonlyMap<string, Member>;
}

/** Gives packages by import path, as the file `importer` imports them; undefined for those it does not know. */
export interface PackageSource {
  packageAt(importPath: string, importer: GoFile): GoPackage | undefined;
  /** The name in the package clause. Asked for every import of a file that uses one of them, so it should cost little. */
  nameOf(importPath: string, importer: GoFile): string | undefined;
}

/** The name that a package at this path has as a rule: the last part of the path, but for a major version. */
export function usualPackageName(importPath: string): string {
  const parts = importPath.split("/");
  const last = parts[parts.length - 1]!;
  const named = /^v[0-9]+$/u.test(last) && parts.length > 1 ? parts[parts.length - 2]! : last;
  // gopkg.in/yaml.v3
  return named.replace(/\.v[0-9]+$/u, "");
}

/** The import path that a name stands for in a file. */
export function importNamed(file: GoFile, name: string, source: PackageSource): string | undefined {
  const explicit = file.imports.find((spec) => spec.name?.text === name);
  if (explicit !== undefined) return explicit.path;
  const unnamed = file.imports.filter((spec) => spec.name === undefined);
  const isNamed = ({ path }: ImportSpec): boolean =>
    (path === "unsafe" ? path : (source.nameOf(path, file) ?? usualPackageName(path))) === name;
  // Those that look like it are asked first, which mostly spares looking into the others.
  const likely = unnamed.filter((spec) => usualPackageName(spec.path) === name);
  return (likely.find(isNamed) ?? unnamed.find((spec) => !likely.includes(spec) && isNamed(spec)))?.path;
}

/**
 * `files` are those of one package for one target. `importPath` is what link names carry where the package is not
 * `main`; undefined where it is not known.
 */
export function makePackage(files: readonly GoFile[], importPath: string | undefined): GoPackage {
  const name = files[0]?.packageName ?? "";
  const members = new Map<string, Member>();
  // The first declaration counts; a second one is an error that the compiler reports by itself.
  const declare = (memberName: string, member: Member): void => {
    if (memberName !== "_" && !members.has(memberName)) members.set(memberName, member);
  };
  for (const file of files) {
    for (const spec of file.types) declare(spec.name.text, { kind: "type", file, spec });
    for (const spec of file.constants)
      spec.names.forEach((constant, index) => declare(constant.text, { kind: "const", file, spec, index }));
    for (const spec of file.variables) for (const variable of spec.names) declare(variable.text, { kind: "var", file, spec });
    for (const declaration of file.functions) {
      if (declaration.receiver === undefined && declaration.name.text !== "init")
        declare(declaration.name.text, { kind: "func", file, declaration });
    }
  }
  return { identity: { name, path: name === "main" ? "main" : importPath }, files, members };
}
