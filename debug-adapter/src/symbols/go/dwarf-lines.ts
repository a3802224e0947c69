/** Lines of a Go program by the DWARF in its module, which `go-wasm dwarf` writes: where no listing can be had they are as good. */
import type { FunctionTable } from "#core/go/binary/function-table.ts";
import { linesOfCalls } from "#core/go/dwarf/producer.ts";
import type { GivenLines } from "#core/go/listing/given-lines.ts";
import type { DwarfSymbols } from "../dwarf.ts";
import type { SymbolSource } from "../symbol-source.ts";

/** Whether the lines of any function begin where the debug information says. */
export const hasLines = (dwarf: DwarfSymbols): boolean => dwarf.producers().some((producer) => !producer.endsWith(linesOfCalls));

/** Of packages whose debug information has lines of calls only, there are none: the function table knows these, and one cannot stop by them. */
export function dwarfLines(dwarf: DwarfSymbols, table: FunctionTable): GivenLines {
  const files = new Set(table.files());
  const named = new Map<SymbolSource, string>();
  const fileOf = (source: SymbolSource | undefined): string => {
    if (!source) return "";
    let file = named.get(source);
    if (file === undefined) named.set(source, (file = [source.key, ...source.candidates].find((name) => files.has(name)) ?? source.key));
    return file;
  };
  return (body) => {
    if (dwarf.producerAt(body.start)?.endsWith(linesOfCalls) !== false) return undefined;
    return dwarf.lineRows(body).map(({ offset, source, line, isStatement }) => ({
      offset,
      position: { file: fileOf(source), line: source ? line : 0 },
      isStatement,
    }));
  };
}
