/** Names and indices that can be written at a place, those first whose types fit. */
import { entryFlag, entryType } from "#core/wasm/validate/environment.ts";
import type { FunctionType } from "#core/wasm/validate/type-table.ts";
import type { ValueType } from "#core/wasm/validate/value-type.ts";
import type { WatDocument } from "../document.ts";
import { Space } from "../field.ts";
import { Node } from "../node.ts";
import type { CompletionItem } from "./completion-item.ts";
import type { CursorPlace } from "./cursor-place.ts";
import { expectationAt, nothingKnown } from "./expectation.ts";
import type { Expectation } from "./expectation.ts";
import { hiddenParameters, innerNames } from "./inner-names.ts";
import { isName, nodeWith } from "./place.ts";
import { writtenName } from "./rename.ts";
import { tokensText } from "./text.ts";

/** Among more nobody looks for an index. */
const indexLimit = 200;
/** An editor asks again when more characters are known. */
const nameLimit = 1000;

/** Types before the instruction that is being written, or asked for where it is an operand. */
function expectationOf(document: WatDocument, { source, before, module }: CursorPlace): Expectation {
  const { field } = source;
  let node = nodeWith(field, before);
  while (node > 0 && field.kindOf(node) !== Node.plain && field.kindOf(node) !== Node.folded) node = field.parentOf(node);
  const isFolded = field.kindOf(node) === Node.folded;
  const parent = field.parentOf(node);
  // In parentheses the operands are yet to be written, so that the stack says nothing.
  if (isFolded && field.kindOf(parent) !== Node.folded) return nothingKnown;
  return expectationAt(document, module, source, node, isFolded ? parent : 0);
}

const setters: ReadonlySet<string> = new Set(["local.set", "local.tee", "global.set"]);

function typeRank(expectation: Expectation, instruction: string, type: ValueType): number {
  const isFit = setters.has(instruction) ? expectation.takes([type]) : expectation.gives([type]);
  return isFit === undefined ? 1 : isFit ? 0 : 2;
}

export function localItems(document: WatDocument, place: CursorPlace, instruction: string): CompletionItem[] {
  const { source, module } = place;
  if (module === undefined) return [];
  const hidden = hiddenParameters(document, module, source);
  const expectation = expectationOf(document, place);
  const { scope } = document.viewOf(module);
  const reader = scope.reader(source);
  return innerNames(source).locals.map(({ name, type, typeEnd, isParameter }, at) => {
    reader.at = type;
    const detail = `${isParameter ? "param" : "local"} ${tokensText(source, type, typeEnd)}`;
    const label = name === undefined ? String(at + hidden) : source.tokenText(name);
    return { label, kind: "variable", detail, rank: type === typeEnd ? 2 : typeRank(expectation, instruction, reader.valueType()) };
  });
}

/** Labels of the blocks around the word, the innermost first. */
export function labelItems({ source, around }: CursorPlace): CompletionItem[] {
  const { field } = source;
  const items: CompletionItem[] = [];
  const seen = new Set<string>();
  let depth = 0;
  for (let node = around; node > 0; node = field.parentOf(node)) {
    const kind = field.kindOf(node);
    if (kind !== Node.block && kind !== Node.foldedBlock) continue;
    const name = field.nameToken(node);
    const written = name === undefined ? undefined : source.tokenText(name);
    // A name further out is hidden by the same name.
    if (written === undefined || !seen.has(written)) {
      if (written !== undefined) seen.add(written);
      items.push({
        label: written ?? String(depth),
        kind: "label",
        detail: source.tokenText(field.wordToken(node)),
        rank: Math.min(depth, 9),
      });
    }
    if (++depth >= indexLimit) break;
  }
  return items;
}

export function structFieldItems({ source, module }: CursorPlace, typeToken: number): CompletionItem[] {
  const type = module?.names.resolve(Space.type, source, typeToken);
  const fields = type === undefined ? undefined : module?.names.typeAt(type)?.fields;
  return (fields ?? []).map((name, at) => ({ label: name === undefined ? String(at) : writtenName(name), kind: "field", rank: 1 }));
}

/** Entries of a space with their types. `instruction`: what they are for; empty where that says nothing. */
export function entryItems(document: WatDocument, place: CursorPlace, space: Space, instruction: string): CompletionItem[] {
  const { module, prefix } = place;
  if (module === undefined) return [];
  const { names } = module;
  const wanted = prefix.replace(/^\$/, "").toLowerCase();
  const expectation = instruction === "" ? undefined : expectationOf(document, place);
  const items: CompletionItem[] = [];
  const add = (label: string, index: number): void => {
    const { detail, rank } = entryDetail(document, place, space, index, instruction, expectation);
    items.push({ label, kind: space === Space.func ? "function" : space === Space.type ? "type" : space === Space.global ? "variable" : "entry", rank, entry: { space, index }, ...(detail === undefined ? {} : { detail }) }); // prettier-ignore
  };
  for (const [name, index] of names.namesOf(space)) {
    if (items.length >= nameLimit) break;
    if (wanted === "" || name.toLowerCase().includes(wanted[0]!)) add(writtenName(name), index);
  }
  const count = names.countOf(space);
  if (prefix.startsWith("$") || count > indexLimit) return items;
  for (let index = 0; index < count; index++) {
    const definition = names.placeOf(space, index);
    const field = definition === undefined ? undefined : document.fields[module.first + definition.field];
    if (definition === undefined || !isName(field?.tags[definition.token])) add(String(index), index);
  }
  return items;
}

interface EntryDetail {
  readonly detail?: string;
  readonly rank: number;
}

function entryDetail(
  document: WatDocument,
  { module }: CursorPlace,
  space: Space,
  index: number,
  instruction: string,
  expectation: Expectation | undefined,
): EntryDetail {
  const { environment } = document.viewOf(module!);
  const { types } = environment;
  if (space === Space.func || space === Space.tag) {
    const identity = (space === Space.func ? environment.functions : environment.tags)[index] ?? -1;
    const type = identity < 0 ? undefined : types.function(identity);
    if (type === undefined) return { rank: 2 };
    return { detail: `${types.listText(type.params)} -> ${types.listText(type.results)}`, rank: callRank(expectation, instruction, type) };
  }
  if (space === Space.global) {
    const entry = environment.globals[index];
    if (entry === undefined) return { rank: 2 };
    const text = types.text(entryType(entry));
    const isRefused = instruction === "global.set" && !entryFlag(entry);
    const fit = expectation === undefined ? 1 : typeRank(expectation, instruction, entryType(entry));
    return { detail: entryFlag(entry) ? `(mut ${text})` : text, rank: isRefused ? 3 : fit };
  }
  if (space !== Space.type) return { rank: 1 };
  const { kind } = types.composite(document.viewOf(module!).typeIdentity(index));
  return kind === "unknown"
    ? { rank: 1 }
    : { detail: kind, rank: kindOf(instruction) === undefined || kindOf(instruction) === kind ? 0 : 2 };
}

function callRank(expectation: Expectation | undefined, instruction: string, { params, results }: FunctionType): number {
  if (expectation === undefined || !instruction.includes("call")) return 1;
  const isFit = expectation.gives(results) ?? expectation.takes(params);
  return isFit === undefined ? 1 : isFit ? 0 : 2;
}

/** Which types an instruction names. */
function kindOf(instruction: string): "struct" | "array" | "func" | "cont" | undefined {
  if (instruction.startsWith("struct.")) return "struct";
  if (instruction.startsWith("array.")) return "array";
  if (instruction.endsWith("call_ref")) return "func";
  return instruction.startsWith("cont.") || instruction.startsWith("resume") ? "cont" : undefined;
}
