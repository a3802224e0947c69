import { ByteError, ByteReader } from "#core/bytes/reader.ts";
import { operandTexts, type OperandContext } from "./disassemble/operands.ts";
import { identifier, quoted } from "./identifier.ts";
import { InstructionCursor } from "./instruction-cursor.ts";
import { readLocals, type FunctionLocals } from "./locals.ts";
import type { ModuleFunction, WasmModule } from "./module.ts";
import type { ModuleOffset } from "./offsets.ts";
import type { NameMap } from "./sections/names.ts";
import type { TypeText } from "./value-types.ts";

export interface ListingLine {
  /** Of the instruction on this line; `undefined` on a line without one. */
  readonly offset: ModuleOffset | undefined;
  readonly text: string;
}

/** Deeper blocks are not indented further: the text of a module with thousands of nested blocks would grow with the square of its size. */
const deepestIndent = 24;
const localsOnALine = 16;
const openers = new Set(["block", "loop", "if", "try", "try_table"]);
const middles = new Set(["else", "catch", "catch_all"]);

interface Block {
  readonly label: string | undefined;
  readonly number: number;
}

/**
 * One function in the text format, one instruction a line; the last line, `)`, stands for the function's own `end`.
 * Names come from the name section. Where the code is damaged, a comment tells so and the listing ends.
 */
export function disassembleFunction(module: WasmModule, func: ModuleFunction): ListingLine[] {
  const locals = readLocals(module, func);
  const lines = headerLines(module, func, locals);
  if (!func.body) return [...lines, { offset: undefined, text: ")" }];
  if (!locals) return [...lines, { offset: undefined, text: "  ;; the local declarations are damaged" }, { offset: undefined, text: ")" }];
  const cursor = new InstructionCursor(module.bytes, { start: locals.bodyStart, end: func.body.end });
  const labelNames = module.names().labels.get(func.index);
  const blocks: Block[] = [];
  const context: OperandContext = { module, index: func.index, label: (depth) => labelText(blocks, depth) };
  let labels = 0;
  try {
    for (let instruction = cursor.next(); instruction; instruction = cursor.next()) {
      const { name } = instruction;
      const opens = openers.has(name);
      if (name === "end" || name === "delegate") {
        if (!blocks.pop()) {
          lines.push({ offset: cursor.offset, text: ")" });
          return lines;
        }
      }
      const depth = middles.has(name) ? blocks.length - 1 : blocks.length;
      const block = opens ? { label: labelNames?.get(labels), number: ++labels } : undefined;
      const operands = operandTexts(new ByteReader(module.bytes, cursor.immediates, cursor.end), instruction, context);
      const words = block ? [name, blockLabel(block), ...operands] : [name, ...operands];
      lines.push({ offset: cursor.offset, text: "  ".repeat(1 + Math.max(0, Math.min(depth, deepestIndent))) + words.join(" ") });
      if (block) blocks.push(block);
    }
    lines.push({ offset: undefined, text: "  ;; the code ends without an end instruction" });
  } catch (error) {
    if (!(error instanceof ByteError)) throw error;
    lines.push({ offset: undefined, text: `  ;; the code is damaged at offset 0x${error.at.toString(16)}: ${error.message}` });
  }
  lines.push({ offset: undefined, text: ")" });
  return lines;
}

function blockLabel({ label, number }: Block): string {
  return label === undefined ? `(;@${number};)` : identifier(label);
}

/** Numbers count outwards; the comment repeats the number that the block's own line has. */
function labelText(blocks: readonly Block[], depth: number): string {
  const target = blocks[blocks.length - 1 - depth];
  if (!target) return String(depth);
  return target.label === undefined ? `${depth} (;@${target.number};)` : identifier(target.label);
}

function headerLines(module: WasmModule, func: ModuleFunction, locals: FunctionLocals | undefined): ListingLine[] {
  const type = module.types[func.typeIndex];
  const names = module.names().locals.get(func.index);
  const name = module.names().functions.get(func.index);
  const words = [name === undefined ? `(func (;${func.index};)` : `(func ${identifier(name)} (;${func.index};)`];
  for (const entry of module.exports) if (entry.kind === "func" && entry.index === func.index) words.push(`(export ${quoted(entry.name)})`);
  if (func.import) words.push(`(import ${quoted(func.import.module)} ${quoted(func.import.name)})`);
  words.push(`(type ${func.typeIndex})`);
  const params = type?.kind === "func" ? type.params : [];
  words.push(...declarations("param", params, 0, names));
  if (type?.kind === "func" && type.results.length > 0) words.push(`(result ${type.results.join(" ")})`);
  const lines: ListingLine[] = [{ offset: undefined, text: words.join(" ") }];
  const declared = locals?.locals ?? [];
  for (let at = 0; at < declared.length; at += localsOnALine) {
    const words = declarations("local", declared.slice(at, at + localsOnALine), params.length + at, names);
    lines.push({ offset: undefined, text: `  ${words.join(" ")}` });
  }
  return lines;
}

/** Named ones stand alone, nameless neighbours share one pair of parentheses. `first` is the index of the first local. */
function declarations(keyword: "param" | "local", types: readonly TypeText[], first: number, names: NameMap | undefined): string[] {
  const words: string[] = [];
  let run: TypeText[] = [];
  const endRun = (): void => {
    if (run.length > 0) words.push(`(${keyword} ${run.join(" ")})`);
    run = [];
  };
  for (const [at, type] of types.entries()) {
    const name = names?.get(first + at);
    if (name === undefined) {
      run.push(type);
      continue;
    }
    endRun();
    words.push(`(${keyword} ${identifier(name)} ${type})`);
  }
  endRun();
  return words;
}
