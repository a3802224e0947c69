/** Instructions that leave out which memory or table they use, and so mean the first. */
import { instructions } from "#core/wasm/instructions.ts";
import type { ModuleNames } from "../bind.ts";
import { isIndex } from "../features/place.ts";
import { writtenName } from "../features/rename.ts";
import { Space } from "../field.ts";
import type { Field, FieldText } from "../field.ts";
import { Node } from "../node.ts";
import { firstInstruction, Token } from "../token.ts";
import type { LintFinding } from "./finding.ts";
import { tokensSpan } from "./lint.ts";

/** The memories or tables that an instruction may leave out. */
interface OptionalIndices {
  readonly space: typeof Space.memory | typeof Space.table;
  /** How many indices belong together. */
  readonly count: 1 | 2;
  /** What stands behind them: `segment` an index that is needed, `lane` a number. */
  readonly behind: "segment" | "lane" | "other";
}

/** By row of the instruction table. */
const optional: readonly (OptionalIndices | undefined)[] = instructions.map(({ immediates: [first, second] }) => {
  if (first === "memarg") return { space: Space.memory, count: 1, behind: second === "lane" ? "lane" : "other" };
  if (first !== "memory" && first !== "table") return undefined;
  const space = first === "memory" ? Space.memory : Space.table;
  return { space, count: second === first ? 2 : 1, behind: second === "data" || second === "elem" ? "segment" : "other" };
});

/** What an instruction says of its memories or tables. */
export interface IndexChoice {
  readonly space: typeof Space.memory | typeof Space.table;
  readonly count: 1 | 2;
  /** Whether the indices are written; they stand right behind the name of the instruction. */
  readonly isGiven: boolean;
}

/** `undefined` of instructions that use no memory or table, or must name it. */
export function indexChoice({ tags }: Field, word: number): IndexChoice | undefined {
  const found = optional[tags[word]! - firstInstruction];
  if (found === undefined) return undefined;
  const { space, count, behind } = found;
  const [first, second] = [tags[word + 1], tags[word + 2]];
  const isGiven =
    isIndex(first) &&
    (behind !== "segment" || isIndex(second)) &&
    (behind !== "lane" || second === Token.natural || second === Token.offset || second === Token.align);
  return { space, count, isGiven };
}

/** How the first memory or table is written: by its name, if it has one. */
export function firstEntry(names: ModuleNames, space: Space): string {
  for (const [name, index] of names.namesOf(space)) if (index === 0) return writtenName(name);
  return "0";
}

/** What `firstEntry` gives as the text that is missing behind the name of an instruction. */
export function missingIndices(names: ModuleNames, { space, count }: IndexChoice): string {
  return ` ${firstEntry(names, space)}`.repeat(count);
}

/** At most `limit` findings. */
export function omittedIndices(source: FieldText, names: ModuleNames, limit: number): LintFinding[] {
  const { field } = source;
  const found: LintFinding[] = [];
  if (field.kind !== Node.funcField) return found;
  for (let node = 1; node < field.nodeCount && found.length < limit; node++) {
    const kind = field.kindOf(node);
    if (kind !== Node.plain && kind !== Node.folded) continue;
    const word = field.wordToken(node);
    const choice = indexChoice(field, word);
    if (choice === undefined || choice.isGiven) continue;
    const span = tokensSpan(source, word, word + 1);
    const text = missingIndices(names, choice);
    const what = choice.space === Space.memory ? "memory" : "table";
    const message = `\`${source.tokenText(word)}\` does not say which ${what} it uses, and so uses the first.`;
    const edits = [{ start: span.end, end: span.end, text }];
    found.push({ code: "omitted-idx-in-instr", message, ...span, fix: { title: `Write the ${what}:\`${text}\``, edits, isForAll: true } });
  }
  return found;
}
