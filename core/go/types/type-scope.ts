import type { GoFile } from "../source/syntax.ts";
import type { GoPackage } from "./package.ts";
import type { GoType } from "./types.ts";

/** Where a type expression stands: the file decides about imports, `parameters` about type parameters. */
export interface TypeScope {
  readonly package: GoPackage;
  readonly file: GoFile;
  readonly parameters: ReadonlyMap<string, GoType> | undefined;
}
