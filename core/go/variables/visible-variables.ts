/** Which variables of a function are in scope at a line, joined with their declarations in the source. */
import type { GoTypeId } from "../layouts/go-type.ts";
import type { GoTypeTable } from "../layouts/go-type-table.ts";
import type { GoDeclaration } from "../layouts/layouts.ts";
import type { GoFrameVariable, GoFunctionVariables } from "./function-variables.ts";

export interface GoVisibleVariable {
  readonly variable: GoFrameVariable;
  /** `undefined` where nothing is known of its type. */
  readonly type: GoTypeId | undefined;
  /** A variable in an inner block has the same name. */
  readonly shadowed: boolean;
}

/** What the compiler needs for itself: dictionary and closure of a generic or nested function, state of a range over a function. */
const hidden = /^(?:\.dict|\.closureptr|#yield.*)$/;

/**
 * Parameters and results first, then from the outermost block to the innermost, by line of declaration. `declarations`: of the function's file;
 * `line`: 1-based. A local variable begins on the line after its declaration, a captured one on the line of the closure. The blocks of
 * the function's debug information do not help, as several lines of Go share one program counter on WebAssembly; those of the source do.
 */
export function visibleVariables(
  func: GoFunctionVariables,
  declarations: readonly GoDeclaration[],
  line: number,
  types: GoTypeTable,
): readonly GoVisibleVariable[] {
  const matches = func.variables.map((variable) => ({ variable, declaration: matchingDeclaration(variable, declarations, types) }));
  const ends = blockEnds(func, matches);
  const depths = blockDepths(func);
  const visible = matches.filter(({ variable, declaration }) => {
    if (hidden.test(variable.name)) return false;
    if (variable.kind !== "local") return true;
    if (variable.closureOffset !== undefined) return line >= variable.line;
    const from = declaration?.line ?? variable.line;
    return line > from && line <= (declaration?.scopeEnd ?? ends[variable.block]!);
  });
  const depth = ({ kind, block }: GoFrameVariable): number => (kind === "local" ? depths[block]! + 1 : depths[block]!);
  visible.sort((a, b) => depth(a.variable) - depth(b.variable) || a.variable.line - b.variable.line);
  const last = new Map(visible.map(({ variable }) => [variable.name, variable]));
  return visible.map(({ variable, declaration }) => ({
    variable,
    type: types.find(variable.typeName) ?? declaration?.type,
    shadowed: last.get(variable.name) !== variable,
  }));
}

interface Match {
  readonly variable: GoFrameVariable;
  readonly declaration: GoDeclaration | undefined;
}

/** Where two of one name are declared on one line, the type tells them apart. */
function matchingDeclaration(
  variable: GoFrameVariable,
  declarations: readonly GoDeclaration[],
  types: GoTypeTable,
): GoDeclaration | undefined {
  const ofName = declarations.filter(({ name }) => name === variable.name);
  const onLine = ofName.filter(({ line }) => line === variable.line);
  // A variable of a type switch is declared once and exists in each clause.
  const candidates = onLine.length > 0 ? onLine : ofName.filter(({ scopeLine }) => scopeLine === variable.line);
  return candidates.find(({ type }) => types.get(type)?.name === variable.typeName) ?? candidates[0];
}

/** The last line of each block, as far as variables that the source declares tell; what the compiler made itself lives as long. */
function blockEnds({ blocks }: GoFunctionVariables, matches: readonly Match[]): readonly number[] {
  const ends = blocks.map(() => 0);
  for (const { variable, declaration } of matches) {
    if (declaration) ends[variable.block] = Math.max(ends[variable.block]!, declaration.scopeEnd);
  }
  // An outer block stands before its inner ones.
  for (const [block, parent] of blocks.entries()) {
    if (ends[block] === 0) ends[block] = block === 0 ? Infinity : ends[parent]!;
  }
  return ends;
}

function blockDepths({ blocks }: GoFunctionVariables): readonly number[] {
  const depths: number[] = [];
  for (const [block, parent] of blocks.entries()) depths.push(block === 0 ? 0 : depths[parent]! + 1);
  return depths;
}
