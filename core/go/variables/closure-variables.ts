/** What a closure holds: the variables that its function copies out of it. */
import type { GoTypeId } from "../layouts/go-type.ts";
import type { GoTypeTable } from "../layouts/go-type-table.ts";
import type { GoFunctionVariables } from "./function-variables.ts";

export interface GoClosureVariable {
  readonly name: string;
  readonly type: GoTypeId;
  /** The closure holds its address. */
  readonly byReference: boolean;
  /** From the start of the closure. */
  readonly offset: number;
}

/** In the order of the debug information. A variable whose type is not known is left out, and so is one that the function never uses. */
export function closureVariables(func: GoFunctionVariables, types: GoTypeTable): readonly GoClosureVariable[] {
  const found: GoClosureVariable[] = [];
  for (const { name, typeName, byReference, closureOffset } of func.captured) {
    const type = types.find(typeName);
    if (type !== undefined) found.push({ name, type, byReference, offset: closureOffset });
  }
  return found;
}
