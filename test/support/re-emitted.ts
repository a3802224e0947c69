import { DwarfEmitter } from "#core/dwarf/emit/dwarf-emitter.ts";
import type {
  EmittedBlock,
  EmittedFunction,
  EmittedLocation,
  EmittedRows,
  EmittedSection,
  EmittedVariable,
} from "#core/dwarf/emit/description.ts";
import type { UnitEmitter } from "#core/dwarf/emit/unit-emitter.ts";
import { attribute, tag } from "#core/dwarf/constants.ts";
import type { DataType } from "#core/dwarf/data-type.ts";
import type { DebugInfo } from "#core/dwarf/debug-info.ts";
import { Entry } from "#core/dwarf/entries.ts";
import { callSiteOf } from "#core/dwarf/functions.ts";
import { directoryOf, rowFlag, type LineProgram, type LineRows } from "#core/dwarf/line-table.ts";
import { rangesAt } from "#core/dwarf/ranges.ts";
import { DataTypes } from "#core/dwarf/types.ts";

/** What a producer's debug information says, as far as the writer of DWARF knows words for it. */
export interface DescribedUnit {
  readonly name: string;
  readonly directory: string;
  readonly language: number;
  readonly functions: readonly DescribedFunction[];
}

type DescribedFunction = Omit<EmittedFunction, "declared" | "rows"> & { readonly rows: LineRows; readonly files: readonly string[] };

/** Reads units that have functions with one range each. */
export function describeDebugInfo(info: DebugInfo): readonly DescribedUnit[] {
  const types = new DataTypes();
  return info.units.flatMap((unit): DescribedUnit[] => {
    const program = info.programOf(unit);
    const table = info.functionsOf(unit);
    if (!program || table.entries.length === 0) return [];
    const functions = Array.from(table.entries, (index, at) => ({
      entry: new Entry(info, unit, index),
      low: table.lows[at]!,
      high: table.highs[at]!,
    }))
      .filter(({ low, high }) => low > 0 && high > low)
      .map(({ entry, low, high }) => describeFunction(info, types, program, entry, { low, high }));
    return [{ name: unit.name ?? "", directory: unit.compilationDirectory ?? "", language: unit.language ?? 0, functions }];
  });
}

function describeFunction(
  info: DebugInfo,
  types: DataTypes,
  program: LineProgram,
  entry: Entry,
  range: { readonly low: number; readonly high: number },
): DescribedFunction {
  return {
    name: entry.name ?? "",
    external: entry.flag(attribute.external),
    range,
    rows: rowsWithin(info.rowsOf(program), range),
    files: program.files.map((file) => (file ? fullName(program, file) : "")),
    frameBase: locationOf(entry, attribute.frameBase),
    result: types.ofValue(entry),
    parameters: variables(types, entry, tag.formalParameter),
    variables: variables(types, entry, tag.variable),
    blocks: blocksIn(types, entry),
  };
}

function blocksIn(types: DataTypes, entry: Entry): readonly EmittedBlock[] {
  return entry
    .children()
    .filter((child) => child.tag === tag.lexicalBlock || child.tag === tag.inlinedSubroutine)
    .map((child) => ({ child, ranges: rangesAt(child.unit, child.offset) }))
    .filter(({ ranges }) => ranges.length > 0)
    .map(({ child, ranges }): EmittedBlock => {
      const inside = { ranges, variables: variables(types, child, tag.variable), blocks: blocksIn(types, child) };
      if (child.tag === tag.lexicalBlock) return inside;
      const { file, line } = callSiteOf(child);
      return { ...inside, inlined: { name: child.origin()?.name ?? "", declared: undefined, call: { file: file ?? 0, line } } };
    });
}

function variables(types: DataTypes, entry: Entry, kind: number): readonly EmittedVariable[] {
  return entry
    .children()
    .filter((child) => child.tag === kind)
    .map((child) => ({
      name: child.name ?? child.origin()?.name ?? "",
      type: types.ofValue(child),
      declared: undefined,
      location: locationOf(child, attribute.location),
    }));
}

function locationOf(entry: Entry, name: number): EmittedLocation | undefined {
  const value = entry.value(name);
  return value?.kind === "expression" ? value.bytes : undefined;
}

function rowsWithin(rows: LineRows, { low, high }: { readonly low: number; readonly high: number }): LineRows {
  const kept = Array.from({ length: rows.count }, (_, row) => row).filter(
    (row) => rows.addresses[row]! >= low && rows.addresses[row]! < high && !(rows.flags[row]! & rowFlag.endSequence),
  );
  return {
    count: kept.length,
    addresses: Uint32Array.from(kept, (row) => rows.addresses[row]!),
    lines: Uint32Array.from(kept, (row) => rows.lines[row]!),
    columns: Uint16Array.from(kept, (row) => rows.columns[row]!),
    files: Uint16Array.from(kept, (row) => rows.files[row]!),
    flags: Uint8Array.from(kept, (row) => rows.flags[row]!),
  };
}

function fullName(program: LineProgram, file: NonNullable<LineProgram["files"][number]>): string {
  const directory = directoryOf(program, file);
  return directory === "" || directory === program.compilationDirectory || file.name.startsWith("/")
    ? file.name
    : `${directory}/${file.name}`;
}

/** Writes the description anew. */
export function emitDescription(units: readonly DescribedUnit[]): readonly EmittedSection[] {
  const emitter = new DwarfEmitter();
  for (const { name, directory, language, functions } of units) {
    emitter.addUnit({ name, directory, producer: "a test", language }, (unit) => {
      for (const func of functions)
        unit.addFunction({
          ...func,
          declared: undefined,
          rows: renumbered(unit, func),
          blocks: func.blocks.map((block) => renumberedBlock(unit, func, block)),
        });
    });
  }
  return emitter.finish();
}

function renumbered(unit: UnitEmitter, { rows, files }: DescribedFunction): EmittedRows {
  return { ...rows, files: rows.files.map((file) => unit.file(files[file] ?? "")) };
}

function renumberedBlock(unit: UnitEmitter, func: DescribedFunction, block: EmittedBlock): EmittedBlock {
  const blocks = block.blocks.map((inner) => renumberedBlock(unit, func, inner));
  const { inlined } = block;
  if (!inlined) return { ...block, blocks };
  const { file, line } = inlined.call;
  return { ...block, blocks, inlined: { ...inlined, call: { file: unit.file(func.files[file] ?? ""), line } } };
}

/** A description as plain data, with the names of files in place of their numbers, so that two of them can be compared. */
export function comparable(units: readonly DescribedUnit[]): unknown {
  return units.map(({ functions, ...unit }) => ({
    ...unit,
    functions: functions.map(({ files, rows, parameters, variables: locals, blocks, result, frameBase, ...func }) => ({
      ...func,
      rows: Array.from({ length: rows.count }, (_, row) => [
        rows.addresses[row],
        files[rows.files[row]!],
        rows.lines[row],
        rows.columns[row],
        rows.flags[row],
      ]),
      frameBase: frameBase && [...(frameBase as Uint8Array)],
      result: result && typeShape(result),
      parameters: parameters.map(variableShape),
      variables: locals.map(variableShape),
      blocks: blocks.map((block) => blockShape(files, block)),
    })),
  }));
}

function blockShape(files: readonly string[], { ranges, variables: locals, blocks, inlined }: EmittedBlock): unknown {
  const call = inlined && { name: inlined.name, file: files[inlined.call.file], line: inlined.call.line };
  return { ranges, variables: locals.map(variableShape), blocks: blocks.map((block) => blockShape(files, block)), call };
}

function variableShape({ name, type, location }: EmittedVariable): unknown {
  return { name, type: type && typeShape(type), location: location && [...(location as Uint8Array)] };
}

/** Four levels of a type tell whether its references were written as they should be. */
function typeShape(type: DataType, depth = 0): unknown {
  const name = withoutWords(type.name);
  if (depth === 4) return name;
  const inner = (other: DataType | undefined): unknown => other && typeShape(other, depth + 1);
  switch (type.kind) {
    case "pointer":
    case "alias":
      return { ...type, name, target: inner(type.target()) };
    case "struct": {
      const { kind, size, flavour } = type;
      const members = type.members().map((member) => ({ ...member, name: withoutWords(member.name), type: inner(member.type) }));
      return { kind, name, size, flavour, members };
    }
    case "array":
      return { kind: type.kind, name, size: type.size, count: type.count, element: inner(type.element) };
    default:
      return { ...type, name };
  }
}

/** The reader writes the words that C needs before names of types, once more for each time that a name is written and read. */
const withoutWords = (name: string): string => name.replaceAll(/\b(struct|union|class|enum) /g, "");
