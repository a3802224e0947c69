/** Which variables of a function are in scope at a line, joined with their declarations in the source. */
import type { GoTypeId } from "../layouts/go-type.ts";
import type { GoTypeTable } from "../layouts/go-type-table.ts";
import type { GoDeclaration } from "../layouts/layouts.ts";
import type { GoFrameVariable, GoFunctionVariables } from "./function-variables.ts";
import { loopFunction } from "./loop-body.ts";

export interface GoVisibleVariable {
  readonly variable: GoFrameVariable;
  /** `undefined` where nothing is known of its type. */
  readonly type: GoTypeId | undefined;
  /** A variable in an inner block has the same name. */
  readonly shadowed: boolean;
  /** See {@link GoDeclaration.fixed}. */
  readonly fixed: boolean;
}

/** What the compiler needs for itself: dictionary and closure of a generic or nested function, state of a range over a function. */
const hidden = /^(?:\.dict|\.closureptr|#yield.*)$/;
/** Parameters without a name. In the body of a loop over a function they are variables that the loop leaves out. */
const unnamed = /^~/;

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
  const isBody = loopFunction(func.name) !== undefined;
  const matches = matchDeclarations(func.variables, declarations, types);
  const ends = blockEnds(func, matches);
  const visible = matches.filter(({ variable, declaration }) => {
    if (hidden.test(variable.name) || (isBody && unnamed.test(variable.name))) return false;
    if (variable.kind !== "local") return true;
    if (variable.closureOffset !== undefined) return line >= variable.line;
    return line > variable.line && line <= (declaration?.scopeEnd ?? ends[variable.block]!);
  });
  const order = isBody ? outsideFirst : parametersFirst(func);
  visible.sort((a, b) => order(a.variable) - order(b.variable) || a.variable.line - b.variable.line);
  const last = new Map(visible.map(({ variable }) => [variable.name, variable]));
  return visible.map(({ variable, declaration }) => ({
    variable,
    type: types.find(variable.typeName) ?? declaration?.type,
    shadowed: last.get(variable.name) !== variable,
    fixed: declaration?.fixed ?? false,
  }));
}

function parametersFirst(func: GoFunctionVariables): (variable: GoFrameVariable) => number {
  const depths = blockDepths(func);
  // What a function that is called where it stands has captured is a parameter in front of its own, and was declared before it.
  const isCaptured = ({ line, byReference }: GoFrameVariable): boolean => byReference || line < func.line;
  return (variable) => {
    if (variable.kind === "local") return depths[variable.block]! + 3;
    if (variable.kind === "result" || !isCaptured(variable)) return 0;
    // Delve takes those that are captured by reference for local variables.
    return variable.byReference ? 2 : 1;
  };
}

/** What the body of a loop takes from outside stands before the variables of the loop. */
const outsideFirst = ({ closureOffset, block }: GoFrameVariable): number => (closureOffset === undefined ? block + 1 : 0);

interface Match {
  readonly variable: GoFrameVariable;
  readonly declaration: GoDeclaration | undefined;
}

/** Where a line declares several of one name, their types tell them apart, else their order. */
function matchDeclarations(
  variables: readonly GoFrameVariable[],
  declarations: readonly GoDeclaration[],
  types: GoTypeTable,
): readonly Match[] {
  const taken = new Set<GoDeclaration>();
  return variables.map((variable) => {
    const ofName = declarations.filter(({ name }) => name === variable.name);
    const onLine = ofName.filter(({ line }) => line === variable.line);
    // The variable of a type switch is declared once, and is another one in each clause, on whose line it begins.
    const found = onLine.length > 0 ? onLine : ofName.filter(({ scopeLine }) => scopeLine === variable.line);
    const ofType = found.filter(({ type }) => types.get(type)?.name === variable.typeName);
    const candidates = ofType.length > 0 ? ofType : found;
    const declaration = candidates.find((candidate) => !taken.has(candidate)) ?? candidates[0];
    if (declaration) taken.add(declaration);
    return { variable, declaration };
  });
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
