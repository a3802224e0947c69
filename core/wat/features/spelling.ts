/** What a misspelled word or name may have meant. */
import type { Span } from "#core/text/positions.ts";
import { instructions } from "#core/wasm/instructions.ts";
import type { WatDocument, WatProblem } from "../document.ts";
import { Space } from "../field.ts";
import { Node } from "../node.ts";
import { renamedInstruction } from "../parse/renamed.ts";
import type { WatCode } from "../problem.ts";
import { Token, Word } from "../token.ts";
import { innerNames } from "./inner-names.ts";
import { isName, moduleOf, nodeWith, tokenAt } from "./place.ts";
import type { TokenPlace } from "./place.ts";
import { writtenName } from "./rename.ts";

export interface SpellingFix {
  readonly title: string;
  readonly span: Span;
  readonly text: string;
  /** Whether nothing else can have been meant. */
  readonly isSure: boolean;
  /** Whether the word was right once. */
  readonly isToday: boolean;
}

/** Words from before WebAssembly 2.0. */
const renamedWords: Readonly<Record<string, string>> = { anyfunc: "funcref" };

const spaces: ReadonlyMap<WatCode, Space> = new Map<WatCode, Space>([
  ["unknown-type", Space.type],
  ["unknown-func", Space.func],
  ["unknown-table", Space.table],
  ["unknown-memory", Space.memory],
  ["unknown-global", Space.global],
  ["unknown-tag", Space.tag],
  ["unknown-elem", Space.elem],
  ["unknown-data", Space.data],
]);

/** More than these help nobody to choose. */
const choices = 3;

/** The likeliest first; none where nothing is near enough. */
export function spellingFixes(document: WatDocument, { code, span }: WatProblem): SpellingFix[] {
  const place = tokenAt(document, span.start);
  if (place === undefined) return [];
  const written = place.source.tokenText(place.token);
  const own = place.source.tokenSpan(place.token);
  const today = code === "unknown-instruction" ? renamedInstruction(written) : code === "unexpected-token" && Object.hasOwn(renamedWords, written) ? renamedWords[written] : undefined; // prettier-ignore
  if (today !== undefined)
    return [{ title: `Write \`${today}\`, as it is called today`, span: own, text: today, isSure: true, isToday: true }];
  const found = candidates(document, code, place);
  if (found === undefined) return [];
  const isNamed = isName(place.source.field.tags[place.token]);
  const near = nearest(isNamed ? place.source.nameOf(place.token) : written, found);
  return near.map((name) => {
    const text = isNamed ? writtenName(name) : name;
    return { title: `Change to \`${text}\``, span: own, text, isSure: near.length === 1, isToday: false };
  });
}

/** What could stand in place of a token. */
function candidates(document: WatDocument, code: WatCode, place: TokenPlace): readonly string[] | undefined {
  const { at, source, token } = place;
  const { field } = source;
  if (code === "unknown-instruction") return field.tags[token - 1] === Token.leftParen ? words : instructionNames;
  if (code === "unexpected-token") return field.tags[token] === Token.unknown ? words : undefined;
  if (!isName(field.tags[token])) return undefined;
  if (code === "unknown-local") return innerNames(source).locals.flatMap(({ name }) => (name === undefined ? [] : [source.nameOf(name)]));
  if (code === "unknown-label") return labelsAround(place);
  const module = moduleOf(document, at);
  if (module === undefined) return undefined;
  if (code === "unknown-struct-field") {
    const type = module.names.resolve(Space.type, source, token - 1);
    return type === undefined ? undefined : module.names.typeAt(type)?.fields?.filter((name) => name !== undefined);
  }
  const space = spaces.get(code);
  return space === undefined ? undefined : Array.from(module.names.namesOf(space).keys());
}

const instructionNames: readonly string[] = Array.from(new Set(instructions.map(({ name }) => name)));
const words: readonly string[] = [...Object.keys(Word), ...instructionNames];

function labelsAround({ source, token }: TokenPlace): string[] {
  const { field } = source;
  const names = new Set<string>();
  for (let node = nodeWith(field, token); node > 0 && names.size < 1000; node = field.parentOf(node)) {
    const kind = field.kindOf(node);
    const name = kind === Node.block || kind === Node.foldedBlock ? field.nameToken(node) : undefined;
    if (name !== undefined) names.add(source.nameOf(name));
  }
  return Array.from(names);
}

/** Names that are one slip away, of long ones a few; the nearest only. */
export function nearest(written: string, names: readonly string[]): string[] {
  if (written.length > longest) return [];
  let best = Math.max(1, Math.floor(written.length / 4));
  let found: string[] = [];
  const own = charactersOf(written);
  for (let at = 0; at < names.length; at++) {
    const name = names[at]!;
    if (Math.abs(name.length - written.length) > best || name === written) continue;
    // Most of more than a thousand words go out here.
    if (bitCount(own ^ charactersOf(name)) > 2 * best) continue;
    const distance = editDistance(written, name, best);
    if (distance > best) continue;
    if (distance < best) found = [];
    best = distance;
    found.push(name);
  }
  return found.length > choices ? [] : found;
}

/** A bit for each character, which some share. A slip changes two of them at most. */
function charactersOf(word: string): number {
  let bits = 0;
  for (let at = 0; at < word.length; at++) bits |= 1 << (word.charCodeAt(at) & 31);
  return bits;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** Longer words are not compared. */
const longest = 100;

/** The rows of the table that {@link editDistance} fills, of which it needs three at a time. A word may be as much longer as it is far. */
const rows = Array.from({ length: 3 }, () => new Uint8Array(2 * longest));

/** Insertions, deletions, changes and swaps of neighbours between two words; some number above `limit` where they are more. */
function editDistance(left: string, right: string, limit: number): number {
  let [before, row, next] = rows as [Uint8Array, Uint8Array, Uint8Array];
  for (let to = 0; to <= right.length; to++) row[to] = to;
  for (let at = 1; at <= left.length; at++) {
    const unit = left.charCodeAt(at - 1);
    const unitBefore = left.charCodeAt(at - 2);
    next[0] = at;
    let smallest = at;
    for (let to = 1; to <= right.length; to++) {
      const other = right.charCodeAt(to - 1);
      let cost = Math.min(row[to]! + 1, next[to - 1]! + 1, row[to - 1]! + (unit === other ? 0 : 1));
      const isSwap = at > 1 && to > 1 && unit === right.charCodeAt(to - 2) && unitBefore === other;
      if (isSwap) cost = Math.min(cost, before[to - 2]! + 1);
      next[to] = cost;
      smallest = Math.min(smallest, cost);
    }
    if (smallest > limit) return limit + 1;
    [before, row, next] = [row, next, before];
  }
  return row[right.length]!;
}
