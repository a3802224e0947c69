import { findModuleData } from "#core/go/binary/module-data.ts";
import { splitProgramCounter } from "#core/go/binary/program-counter.ts";
import { fieldOffset } from "#core/go/layouts/go-type-table.ts";
import type { GoLayouts } from "#core/go/layouts/layouts.ts";
import { wordAt } from "#core/go/runtime/memory-task.ts";
import { closureVariables } from "#core/go/variables/closure-variables.ts";
import type { GoFunctionVariables } from "#core/go/variables/function-variables.ts";
import type { FurtherFacts, GoProgramFacts } from "../../values/go/go-program.ts";
import { packageOf } from "#core/go/package-of.ts";
import type { DescribedPackages } from "./described-packages.ts";
import type { GoProgram } from "./go-program.ts";

/** What values need of a program; `functionOf` gives the variables of a function by its name, where they are known; `packages`: those that can be asked about. */
export function programFacts(
  { table, memory }: GoProgram,
  { types }: Pick<GoLayouts, "types">,
  functionOf: (name: string) => GoFunctionVariables | undefined,
  packages?: DescribedPackages,
): GoProgramFacts {
  const data = findModuleData(memory, table);
  const word = (name: string): number => {
    const field = fieldOffset(types, types.runtimeStruct("runtime.moduledata"), name);
    return (field === undefined || data === undefined ? undefined : wordAt(memory, data + field)) ?? 0;
  };
  return {
    types,
    typeData: { start: word("types"), end: word("etypes") },
    functionName: (counter) => {
      const place = splitProgramCounter(counter);
      return place && table.name(place.index);
    },
    closureVariables: (name) => {
      const func = functionOf(name);
      return func ? closureVariables(func, types) : [];
    },
    ...(packages && { further: furtherFacts(packages, word("end")) }),
  };
}

function furtherFacts(packages: DescribedPackages, staticEnd: number): FurtherFacts {
  return {
    staticEnd,
    isOpen: (name) => packages.isOpen(packageOf(name)),
    describe: (name) => packages.ensure(packageOf(name)),
  };
}
