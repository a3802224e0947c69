/** Names of Go functions as Delve shows them. */
import { plainName } from "#core/go/listing/listed-function.ts";
import type { DefinedIndex } from "#core/go/binary/program-counter.ts";
import type { GoProgram } from "./go-program.ts";

/** Without the folders of the import path; type arguments are those of the listing where there is one, which the function table leaves out. */
export function frameName({ table, code }: GoProgram, index: DefinedIndex, inlinedName?: string): string {
  const listed = inlinedName === undefined ? code.lines.aligned(index)?.name : undefined;
  return shortFunctionName(inlinedName ?? (listed === undefined ? table.name(index) : plainName(listed)));
}

/** `example.com/shapes.(*Point).Move` is `shapes.(*Point).Move`. Slashes in type arguments are none of the path. */
export function shortFunctionName(name: string): string {
  const end = name.search(/[([]/);
  const path = end < 0 ? name : name.slice(0, end);
  return name.slice(path.lastIndexOf("/") + 1);
}

/** Whether a function is one that Go's runtime does not mean its users to see. */
export function isRuntimeFunction(name: string): boolean {
  return !name.includes(".") || /^(?:runtime\.(?![A-Z])|internal\/|runtime\/internal|iter\.)/.test(name);
}
