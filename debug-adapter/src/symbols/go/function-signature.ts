/** Parameters and results of functions, from the variables that the compiler lists. */
import type { GoTypeTable } from "#core/go/layouts/go-type-table.ts";
import type { GoFunctionDeclaration } from "#core/go/layouts/layouts.ts";
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

/** As {@link functionSignature}, by the declaration in the source; a parameter without a name is called `_`. */
export function declaredSignature({ table }: GoProgram, types: GoTypeTable, declared: GoFunctionDeclaration): GoSignature | undefined {
  const entry = table.find(declared.name)[0];
  const size = entry === undefined ? undefined : table.entry(entry)?.argumentBytes;
  const [parameters, results] = [declared.parameters, declared.results].map((list) =>
    list.flatMap(({ name, type: id }, at): GoParameter[] => {
      const type = types.get(id);
      return type ? [{ name: name === "" ? (list === declared.results ? `~r${at}` : "_") : name, type }] : [];
    }),
  );
  const isWhole = parameters!.length === declared.parameters.length && results!.length === declared.results.length;
  return isWhole ? { parameters: parameters!, results: results!, size } : undefined;
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
