/** The variables of a function in blocks of code, by the lines of the source at which they are in scope. */
import type { EmittedBlock, EmittedVariable } from "#core/dwarf/emit/description.ts";
import { behindFrameSlot, frameSlot } from "#core/dwarf/emit/location.ts";
import type { AddressRange } from "#core/dwarf/ranges.ts";
import type { AlignedFunction } from "../listing/align.ts";
import type { GoTypeTable } from "../layouts/go-type-table.ts";
import type { GoDeclaration } from "../layouts/layouts.ts";
import type { GoFrameVariable, GoFunctionVariables } from "../variables/function-variables.ts";
import { visibleVariables, type GoVisibleVariable } from "../variables/visible-variables.ts";
import type { GoDataTypes } from "./data-types.ts";

export interface FunctionScope {
  readonly parameters: readonly EmittedVariable[];
  readonly variables: readonly EmittedVariable[];
  readonly blocks: readonly EmittedBlock[];
}

interface ScopeInput {
  readonly func: GoFunctionVariables;
  readonly aligned: AlignedFunction;
  readonly declarations: readonly GoDeclaration[];
  readonly types: GoTypeTable;
  readonly dataTypes: GoDataTypes;
  /** Number of the file that the function is declared in. */
  readonly file: number;
  readonly codeStart: number;
}

type Lines = ReadonlySet<number>;

/** A block that is still being filled. */
interface Block extends EmittedBlock {
  readonly lines: Lines;
  readonly variables: EmittedVariable[];
  readonly blocks: Block[];
}

export function scopeOf(input: ScopeInput): FunctionScope {
  const { func, aligned } = input;
  const lines = [...new Set(aligned.positions.map(({ line }) => line).filter((line) => line > 0))].sort((a, b) => a - b);
  const declarations = declarationsWithin(input, lines);
  const linesOf = new Map<GoFrameVariable, Set<number>>();
  const seen = new Map<GoFrameVariable, GoVisibleVariable>();
  for (const line of lines) {
    for (const visible of visibleVariables(func, declarations, line, input.types)) {
      seen.set(visible.variable, visible);
      const known = linesOf.get(visible.variable);
      if (known) known.add(line);
      else linesOf.set(visible.variable, new Set([line]));
    }
  }
  const parameters: EmittedVariable[] = [];
  const outer: Block = { lines: new Set(lines), ranges: [], variables: [], blocks: [] };
  // Wide scopes first: what is within them finds its block.
  const found = [...linesOf].sort(([, a], [, b]) => b.size - a.size);
  for (const [variable, within] of found) {
    const emitted = emittedVariable(input, seen.get(variable)!);
    if (variable.kind === "parameter" && within.size === lines.length) parameters.push(emitted);
    else place(input, outer, within, emitted);
  }
  parameters.sort((a, b) => parameterPlace(func, a) - parameterPlace(func, b));
  return { parameters, variables: outer.variables.sort(byDeclaration), blocks: outer.blocks };
}

const byDeclaration = (a: EmittedVariable, b: EmittedVariable): number => (a.declared?.line ?? 0) - (b.declared?.line ?? 0);

const parameterPlace = ({ variables }: GoFunctionVariables, { name }: EmittedVariable): number =>
  variables.findIndex((variable) => variable.name === name);

/** Only what is declared between the first and the last line can belong to the function. */
function declarationsWithin({ declarations, func }: ScopeInput, lines: readonly number[]): readonly GoDeclaration[] {
  const declared = func.variables.map(({ line }) => line);
  const first = Math.min(lines[0] ?? 0, ...declared);
  const last = Math.max(lines.at(-1) ?? 0, ...declared);
  return declarations.filter(({ line, scopeLine }) => (line >= first && line <= last) || (scopeLine >= first && scopeLine <= last));
}

/**
 * Puts a variable into the innermost block that holds its lines. Scopes of Go lie within each other or apart; where those of a source
 * written on few lines cannot be told apart, a variable is shown longer than it should be.
 */
function place(input: ScopeInput, outer: Block, lines: Lines, variable: EmittedVariable): void {
  let block = outer;
  for (;;) {
    if (lines.size === block.lines.size) return void block.variables.push(variable);
    const touched: readonly Block[] = block.blocks.filter((inner) => commonLines(inner.lines, lines) > 0);
    const [only] = touched;
    if (!only) return void block.blocks.push({ lines, ranges: rangesOf(lines, input), variables: [variable], blocks: [] });
    if (touched.length > 1 || commonLines(only.lines, lines) < lines.size) return void block.variables.push(variable);
    block = only;
  }
}

function commonLines(a: Lines, b: Lines): number {
  let count = 0;
  for (const line of b) if (a.has(line)) count++;
  return count;
}

/** The code of some lines. */
function rangesOf(lines: Lines, { aligned, codeStart }: ScopeInput): readonly AddressRange[] {
  const { offsets, positions, positionOf, code } = aligned;
  const ranges: { low: number; high: number }[] = [];
  for (let row = 0; row < offsets.length; row++) {
    if (!lines.has(positions[positionOf[row]!]!.line)) continue;
    const low = offsets[row]! - codeStart;
    const high = (offsets[row + 1] ?? code.end) - codeStart;
    const last = ranges.at(-1);
    if (last?.high === low) last.high = high;
    else ranges.push({ low, high });
  }
  return ranges;
}

function emittedVariable({ dataTypes, file }: ScopeInput, { variable, type }: GoVisibleVariable): EmittedVariable {
  const { name, line, frameOffset, byReference } = variable;
  return {
    name,
    type: type === undefined ? undefined : dataTypes.of(type),
    declared: line > 0 ? { file, line } : undefined,
    location: byReference ? behindFrameSlot(frameOffset) : frameSlot(frameOffset),
  };
}
