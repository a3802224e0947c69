import { formatValue } from "../../../debug-adapter/src/values/format.ts";
import { StopMemory } from "../../../debug-adapter/src/values/memory.ts";
import type { LogicalFrame, ModuleSymbols } from "../../../debug-adapter/src/symbols/module-symbols.ts";
import { dwarfFrame, machineState, memoryStop } from "./dwarf-frames.ts";

const sourcesLookedAt = 8;
const linesLookedAt = 6;
const memory = Uint8Array.from({ length: 1 << 16 }, (_, at) => (at * 31) & 0xff);

/** Asks for all that a session would; how many variables that were. Rejects where a note is no sentence. */
export async function askEverything(symbols: ModuleSymbols): Promise<number> {
  let count = 0;
  let sources = 0;
  for (const source of await symbols.sources()) {
    const lines = (await symbols.linesWithCode(source, 1, 400)).slice(0, linesLookedAt);
    if (lines.length > 0 && ++sources > sourcesLookedAt) break;
    for (const line of lines) {
      await symbols.columnsOf?.(source, line);
      for (const { start } of (await symbols.offsetsOf(source, line))?.ranges.slice(0, 4) ?? []) count += await askAt(symbols, start);
    }
  }
  for (const note of symbols.notes) if (!note.endsWith(".")) throw new Error(`a note is no sentence: ${note}`);
  return count;
}

async function askAt(symbols: ModuleSymbols, offset: LogicalFrame["offset"]): Promise<number> {
  let count = 0;
  await symbols.positionOf(offset);
  await symbols.functionAt(offset);
  for (const inlined of ["skip", "enter", "leave"] as const) await symbols.stepRanges(offset, inlined);
  symbols.languageAt?.(offset);
  const frame = { ...dwarfFrame(offset, machineState(1024)), stop: memoryStop(memory) };
  const reader = new StopMemory(frame.stop, frame.module);
  const context = { memory: reader, limits: { maxStringLen: 64, maxArrayValues: 16 } };
  for (const { variables } of await symbols.scopesAt(frame)) {
    for (const variable of variables.slice(0, 40)) {
      count++;
      const { children } = await formatValue(variable, context);
      for (const child of (await children?.({ start: 0, count: 8 }).catch(() => [])) ?? []) await formatValue(child.variable, context);
    }
  }
  return count;
}

/** Looks for what expressions and completions name. */
export async function askNames(symbols: ModuleSymbols, offset: LogicalFrame["offset"]): Promise<void> {
  const { names } = symbols;
  if (!names) return;
  names.typeNamed("point", offset);
  names.enumeratorNamed("Color::Red", offset);
  names.functionsNamed("main", offset);
  names.namesWith("a", offset);
  await names.variableNamed("counter", { ...dwarfFrame(offset, machineState(1024)), stop: memoryStop(memory) });
}
