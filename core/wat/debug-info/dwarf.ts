import type { DataType } from "#core/dwarf/data-type.ts";
import { DwarfEmitter } from "#core/dwarf/emit/dwarf-emitter.ts";
import type { EmittedFunction, EmittedRows, EmittedSection, EmittedVariable } from "#core/dwarf/emit/description.ts";
import { readableLanguage } from "#core/dwarf/emit/language.ts";
import { globalValue, localValue } from "#core/dwarf/emit/location.ts";
import { rowFlag } from "#core/dwarf/line-table.ts";
import { isBreakable } from "#core/wasm/breakable.ts";
import { functionName } from "#core/wasm/function-name.ts";
import { lookupOpcode } from "#core/wasm/instructions.ts";
import { readLocals } from "#core/wasm/locals.ts";
import { readModule, type WasmModule } from "#core/wasm/module.ts";
import type { TypeText } from "#core/wasm/value-types.ts";
import type { LineIndex } from "#core/text/line-index.ts";
import type { EncodedFunction, EncodedWat, WatRows } from "../encode.ts";
import { ByteColumns } from "./byte-columns.ts";
import { WasmTypes } from "./wasm-types.ts";

export interface WatDwarfSource {
  /** Path of the text, with `/`: absolute, or relative to `directory`. */
  readonly name: string;
  readonly directory: string;
  readonly producer: string;
  readonly text: string;
  readonly lines: LineIndex;
}

/** Debug sections with the lines, functions, parameters, and the named locals and globals of an encoded text. `bytes` are those of `encoded`. */
export function watDwarf(source: WatDwarfSource, encoded: EncodedWat, bytes: Uint8Array): readonly EmittedSection[] {
  const { module } = readModule(bytes);
  const emitter = new DwarfEmitter();
  const { name, directory, producer } = source;
  emitter.addUnit({ name, directory, producer, language: readableLanguage }, (unit) => {
    const types = new WasmTypes();
    const describe = describer(module, types, new ByteColumns(source.text, source.lines), encoded.rows);
    for (const func of encoded.functions) unit.addFunction(describe(func));
    for (const variable of globalsOf(module, types)) unit.addVariable(variable);
  });
  return emitter.finish();
}

/** The one file of the unit. */
const file = 0;

/** For functions in the order of their offsets. */
function describer(module: WasmModule, types: WasmTypes, columns: ByteColumns, rows: WatRows): (func: EncodedFunction) => EmittedFunction {
  const codeStart = module.codeStart ?? 0;
  let row = 0;
  return (func) => {
    const { index, range, bodyStart, span } = func;
    const first = columns.at(span.start);
    while (row < rows.offsets.length && rows.offsets[row]! < bodyStart) row++;
    const from = row;
    while (row < rows.offsets.length && rows.offsets[row]! < range.end) row++;
    const found = module.functions[index]!;
    const { parameters, variables } = localsOf(module, types, index);
    return {
      name: functionName(module, found),
      external: module.functionExports().has(index),
      declared: { file, line: first.line },
      range: { low: range.start - codeStart, high: range.end - codeStart },
      rows: rowsOf(module, columns, rows, { from, to: row }, { address: range.start, ...first }),
      result: resultOf(module, types, index),
      parameters,
      variables,
      blocks: [],
    };
  };
}

/**
 * `head`: the row of the function itself, whose declarations of locals are no place to stop at. What only opens or divides a block has no row:
 * nothing happens there, and debuggers that ignore DW_LNS_negate_stmt would stop at it.
 */
function rowsOf(
  module: WasmModule,
  columns: ByteColumns,
  { offsets, starts }: WatRows,
  { from, to }: { readonly from: number; readonly to: number },
  head: { readonly address: number; readonly line: number; readonly column: number },
): EmittedRows {
  const most = to - from + 1;
  const addresses = new Uint32Array(most);
  const lines = new Uint32Array(most);
  const columnNumbers = new Uint16Array(most);
  const flags = new Uint8Array(most);
  let count = 0;
  const add = (offset: number, { line, column }: { readonly line: number; readonly column: number }, flag: number): void => {
    addresses[count] = offset - (module.codeStart ?? 0);
    lines[count] = line;
    columnNumbers[count] = Math.min(column, 0xffff);
    flags[count++] = flag;
  };
  add(head.address, head, 0);
  for (let row = from; row < to; row++) {
    const instruction = lookupOpcode(module.bytes[offsets[row]!]!);
    if (instruction && !isBreakable(instruction)) continue;
    add(offsets[row]!, columns.at(starts[row]!), rowFlag.statement | (count === 1 ? rowFlag.prologueEnd : 0));
  }
  return { count, addresses, lines, columns: columnNumbers, files: new Uint16Array(count), flags };
}

/** Parameters, all of them, and locals that have a name. */
function localsOf(module: WasmModule, types: WasmTypes, index: number): Pick<EmittedFunction, "parameters" | "variables"> {
  const locals = readLocals(module, module.functions[index]!);
  const names = module.names().locals.get(index);
  const parameters = (locals?.params ?? []).map((type, at) => variable(types, names?.get(at) ?? `param${at}`, type, localValue(at)));
  const variables = (locals?.locals ?? []).flatMap((type, declared) => {
    const at = parameters.length + declared;
    const name = names?.get(at);
    return name === undefined ? [] : [variable(types, name, type, localValue(at))];
  });
  return { parameters, variables };
}

/** DWARF has one result or none. */
function resultOf(module: WasmModule, types: WasmTypes, index: number): DataType | undefined {
  const type = module.types[module.functions[index]!.typeIndex];
  const [only, ...more] = type?.kind === "func" ? type.results : [];
  return only !== undefined && more.length === 0 ? types.of(only) : undefined;
}

function globalsOf(module: WasmModule, types: WasmTypes): EmittedVariable[] {
  return Array.from(module.names().globals, ([index, name]) => {
    const type = module.globals[index]?.type;
    return type === undefined ? [] : [variable(types, name, type, globalValue(index))];
  }).flat();
}

function variable(types: WasmTypes, name: string, type: TypeText, location: Uint8Array): EmittedVariable {
  return { name, type: types.of(type), declared: undefined, location: types.hasBits(type) ? location : undefined };
}
