/** A Go module with DWARF in it. */
import { isGoModule } from "#core/go/binary/go-module.ts";
import { readFunctionTable } from "#core/go/binary/function-table.ts";
import { readInitialMemory } from "#core/go/binary/initial-memory.ts";
import { goDwarf, type GoDwarf } from "#core/go/dwarf/go-dwarf.ts";
import { goModuleWithDwarf } from "#core/go/dwarf/go-module-with-dwarf.ts";
import { readInlineTrees } from "#core/go/dwarf/inlined-calls.ts";
import type { GoTypeTable } from "#core/go/layouts/go-type-table.ts";
import type { Listing } from "#core/go/listing/go-lines.ts";
import { readModule } from "#core/wasm/module.ts";
import type { GoVariableSource } from "#go-build/answers.ts";
import { CommandError } from "../command.ts";
import { slashed } from "#platform";

export interface ModuleFacts {
  readonly listings: readonly Listing[];
  readonly variables: GoVariableSource | undefined;
  /** With the runtime's own types. */
  readonly types: GoTypeTable | undefined;
}

/** Throws {@link CommandError} for what Go's compiler has not made. `folder`: where names of files count from. */
export function moduleWithDwarf(
  bytes: Uint8Array,
  facts: ModuleFacts,
  { folder, version }: { readonly folder: string; readonly version: string },
): { readonly bytes: Uint8Array; readonly dwarf: GoDwarf } {
  const { module, problems } = readModule(bytes);
  if (problems[0]) throw new CommandError(problems[0].message);
  if (!isGoModule(module)) throw new CommandError("the module was not made by Go's own compiler; other compilers write DWARF themselves");
  const { memory } = readInitialMemory(module);
  const { table, problems: damage } = readFunctionTable(memory, module.functions.length - module.importedFunctionCount);
  if (!table) throw new CommandError(damage.join("; "));
  const dwarf = goDwarf({
    module,
    table,
    listings: facts.listings,
    variables: facts.variables,
    inlined: facts.types && readInlineTrees(memory, table, facts.types),
    producer: `go-wasm ${version}`,
    directory: slashed(folder),
  });
  return { bytes: goModuleWithDwarf(module, dwarf.sections), dwarf };
}
