/** Parameters and results of functions, from the variables that the compiler lists. */
import type { GoTypeTable } from "#core/go/layouts/go-type-table.ts";
import type { GoFrameVariable, GoFunctionVariables } from "#core/go/variables/function-variables.ts";
import type { GoParameter, GoSignature } from "../../expressions/go/caller.ts";
import type { GoProgram } from "./go-program.ts";

/** `undefined` where a type is not known, or depends on a type parameter, which only the function's dictionary tells. */
export function functionSignature({ table }: GoProgram, types: GoTypeTable, func: GoFunctionVariables): GoSignature | undefined {
  const entry = table.find(func.name)[0];
  const size = entry === undefined ? undefined : table.entry(entry)?.argumentBytes;
  const parameters = ofKind(types, func, "parameter");
  const results = ofKind(types, func, "result");
  return parameters && results && { parameters, results, size };
}

function ofKind(types: GoTypeTable, { variables }: GoFunctionVariables, kind: GoFrameVariable["kind"]): readonly GoParameter[] | undefined {
  const found: GoParameter[] = [];
  for (const { name, kind: own, typeName, dictionaryIndex } of variables) {
    if (own !== kind) continue;
    const id = types.find(typeName);
    const type = id === undefined ? undefined : types.get(id);
    if (!type || dictionaryIndex !== undefined || name === ".dict") return undefined;
    found.push({ name, type });
  }
  return found;
}
