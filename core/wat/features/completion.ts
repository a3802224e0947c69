/** What can be written at a place. */
import type { Span } from "#core/text/positions.ts";
import type { Immediate } from "#core/wasm/instructions.ts";
import { Space } from "../field.ts";
import { Node } from "../node.ts";
import type { WatDocument } from "../document.ts";
import { firstInstruction, instructionOf, Token, Word, wordOf } from "../token.ts";
import { instructionItems } from "./complete-instructions.ts";
import { entryItems, labelItems, localItems, structFieldItems } from "./complete-names.ts";
import { scriptCompletions } from "./complete-script.ts";
import type { CompletionItem } from "./completion-item.ts";
import { cursorPlace, instructionBefore } from "./cursor-place.ts";
import type { CursorPlace } from "./cursor-place.ts";
import { isName } from "./place.ts";

export interface Completion {
  /** What is replaced. */
  readonly span: Span;
  readonly items: readonly CompletionItem[];
}

export function completionsAt(document: WatDocument, offset: number): Completion {
  const named = scriptCompletions(document, offset);
  if (named !== undefined) return named;
  const place = cursorPlace(document, offset);
  const span = place?.word ?? { start: offset, end: offset };
  if (place === undefined) return { span, items: [] };
  const wanted = place.prefix.replace(/^\$/, "").toLowerCase();
  return { span, items: itemsAt(document, place).filter(({ label }) => isMeant(label, wanted)) };
}

function isMeant(label: string, wanted: string): boolean {
  if (wanted === "") return true;
  const lower = label.toLowerCase();
  let at = 0;
  for (const character of wanted) {
    at = lower.indexOf(character, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

function itemsAt(document: WatDocument, place: CursorPlace): readonly CompletionItem[] {
  const { source, before, isHead, around, prefix } = place;
  const { field } = source;
  if (field.kind === Node.command) return prefix.startsWith("$") ? [] : isHead ? [...keywords(commandWords, {}), ...instructionItems(document, place)] : []; // prettier-ignore
  const isOutside = before < 0 || field.kind === Node.stray || field.kind === Node.closing || field.kind === Node.opening;
  if (isOutside) {
    const words = document.kind === "wast" ? [...fieldWords, ...scriptWords] : fieldWords;
    return prefix.startsWith("$") ? [] : keywords(isHead ? words : words.map((word) => `(${word}`), fieldSnippets);
  }
  // A clause begins with the word of an old instruction.
  if (!isHead && field.kindOf(around) !== Node.catchClause) {
    const instruction = instructionBefore(place);
    const names = instruction === undefined ? undefined : immediateItems(document, place, instruction.word, instruction.given);
    if (names !== undefined) return names;
  }
  return isHead ? headItems(document, place, around) : wordItems(document, place, around);
}

/** Names for the immediate that an instruction lacks at the word; `undefined` where it has all that it needs. */
function immediateItems(document: WatDocument, place: CursorPlace, word: number, given: number): readonly CompletionItem[] | undefined {
  const instruction = instructionOf(place.source.field.tags[word]!)!;
  const kind = immediateAt(instruction.immediates, given);
  const isNamed = place.prefix.startsWith("$");
  switch (kind) {
    case undefined:
      return isNamed ? [] : undefined;
    case "labels":
      return given > 0 && !isNamed ? undefined : labelItems(place);
    case "label":
      return labelItems(place);
    case "local":
      return localItems(document, place, instruction.name);
    case "func":
      return entryItems(document, place, Space.func, instruction.name);
    case "global":
      return entryItems(document, place, Space.global, instruction.name);
    case "type":
      return entryItems(document, place, Space.type, instruction.name);
    case "tag":
      return entryItems(document, place, Space.tag, instruction.name);
    case "data":
      return entryItems(document, place, Space.data, instruction.name);
    case "elem":
      return entryItems(document, place, Space.elem, instruction.name);
    case "field":
      return structFieldItems(place, word + 1);
    case "heap-type":
      return [...keywords(heapTypes, {}, "type"), ...entryItems(document, place, Space.type, instruction.name)];
    case "ref-type":
      return keywords(refTypes, {}, "type");
    case "i32":
    case "i64":
      return [];
    case "f32":
    case "f64":
      return keywords(["inf", "nan"], {});
    case "v128":
      return keywords(["i8x16", "i16x8", "i32x4", "i64x2", "f32x4", "f64x2"], {});
    default:
      return optionalItems(document, place, kind, isNamed);
  }
}

/** Immediates that may be left out: beside them the next instruction may be written. */
function optionalItems(
  document: WatDocument,
  place: CursorPlace,
  kind: Immediate,
  isNamed: boolean,
): readonly CompletionItem[] | undefined {
  const { source, around } = place;
  const rest = isNamed ? [] : wordItems(document, place, around);
  if (kind === "table") return [...entryItems(document, place, Space.table, ""), ...rest];
  if (kind === "memory") return [...entryItems(document, place, Space.memory, ""), ...rest];
  if (kind !== "memarg") return undefined;
  const last = source.field.tags[place.before];
  const isOffset = last === Token.offset;
  const words = last === Token.align ? [] : isOffset ? ["align="] : ["offset=", "align="];
  const memories = isOffset || last === Token.align ? [] : entryItems(document, place, Space.memory, "");
  return [...keywords(words, {}), ...memories, ...rest];
}

function immediateAt(immediates: readonly Immediate[], given: number): Immediate | undefined {
  const last = immediates[immediates.length - 1];
  if (given < immediates.length) return immediates[given];
  return last === "labels" || last === "memarg" ? last : undefined;
}

const fieldWords = ["type", "rec", "import", "func", "table", "memory", "global", "tag", "export", "start", "elem", "data", "module"];
const scriptWords = [
  "register", "invoke", "assert_return", "assert_trap", "assert_exception", "assert_exhaustion", "assert_invalid", "assert_malformed", "assert_unlinkable",
]; // prettier-ignore
const commandWords = ["invoke", "get", "module"];
const fieldSnippets: Readonly<Record<string, string>> = {
  type: "type \\$${1:name} (${2:func})",
  import: 'import "${1:module}" "${2:name}" (${3:func})',
  func: "func \\$${1:name}$0",
  memory: "memory ${1:1}",
  table: "table ${1:1} ${2:funcref}",
  global: "global \\$${1:name} ${2:i32} (${2:i32}.const ${3:0})",
  export: 'export "${1:name}" (${2:func} \\$${3:name})',
  data: 'data (i32.const ${1:0}) "${2}"',
};
const numberTypes = ["i32", "i64", "f32", "f64", "v128"];
const refTypes = [
  "funcref", "externref", "anyref", "eqref", "i31ref", "structref", "arrayref", "nullref", "nullfuncref", "nullexternref", "exnref", "nullexnref",
  "contref", "nullcontref",
]; // prettier-ignore
const heapTypes = ["func", "extern", "any", "eq", "i31", "struct", "array", "none", "nofunc", "noextern", "exn", "noexn", "cont", "nocont"];
const externWords = ["func", "table", "memory", "global", "tag"];

function keywords(
  words: readonly string[],
  snippets: Readonly<Record<string, string>>,
  kind: CompletionItem["kind"] = "keyword",
): CompletionItem[] {
  return words.map((label) => {
    const bare = label.replace("(", "");
    const snippet = Object.hasOwn(snippets, bare) ? snippets[bare]! : undefined;
    const item: CompletionItem = { label, kind, rank: 1 };
    return snippet === undefined ? item : { ...item, snippet: label === bare ? snippet : `(${snippet})` };
  });
}

/** Words behind a `(`, by what is around it. */
function headItems(document: WatDocument, place: CursorPlace, around: number): readonly CompletionItem[] {
  const { field } = place.source;
  switch (field.kindOf(around)) {
    case Node.typeField:
    case Node.typeDefinition:
      return keywords(["func", "struct", "array", "cont", "sub"], {});
    case Node.subType:
      return keywords(["func", "struct", "array", "cont"], {});
    case Node.recField:
      return keywords(["type"], fieldSnippets);
    case Node.structType:
      return keywords(["field"], {});
    case Node.funcType:
    case Node.externFunc:
    case Node.externTag:
      return keywords(field.kindOf(around) === Node.funcType ? ["param", "result"] : ["type", "param", "result"], {});
    case Node.structField:
    case Node.arrayType:
      return keywords(["mut", "ref"], {});
    case Node.param:
    case Node.result:
    case Node.local:
    case Node.mutable:
    case Node.externTable:
      return keywords(["ref"], {});
    case Node.externGlobal:
      return keywords(["mut", "ref"], {});
    case Node.importField:
      return keywords([...externWords, "item"], {});
    case Node.exportField:
      return keywords(externWords, {});
    case Node.tagField:
      return keywords(["export", "import", "type", "param", "result"], {});
    case Node.memoryField:
      return keywords(["export", "import", "data", "pagesize"], {});
    case Node.tableField:
      return [...keywords(["export", "import", "ref", "elem"], {}), ...instructionItems(document, place)];
    case Node.globalField:
      return [...keywords(["export", "import", "mut", "ref"], {}), ...instructionItems(document, place)];
    case Node.elemField:
      return [...keywords(["table", "offset", "item", "ref"], {}), ...instructionItems(document, place)];
    case Node.dataField:
      return [...keywords(["memory", "offset"], {}), ...instructionItems(document, place)];
    case Node.funcField:
      return [...keywords(functionWords(place), {}), ...instructionItems(document, place)];
    case Node.block:
      return [...keywords(["type", "param", "result"], {}), ...instructionItems(document, place)];
    case Node.foldedBlock:
      return [...keywords(blockWords(place, around), {}), ...instructionItems(document, place)];
    case Node.plain:
    case Node.folded: {
      const kinds = instructionOf(field.wordTag(around))?.immediates ?? [];
      const words = kinds.includes("type-use") ? ["type", "param", "result"] : kinds.includes("result-types") ? ["result"] : kinds.includes("handlers") ? ["on"] : kinds.includes("ref-type") ? ["ref"] : []; // prettier-ignore
      return [...keywords(words, {}), ...instructionItems(document, place)];
    }
    default:
      return instructionItems(document, place);
  }
}

/** What may stand in the head of a function, as far as it is not behind its instructions. */
function functionWords({ source, nextNode }: CursorPlace): string[] {
  const { field } = source;
  const last = nextNode > 1 ? field.kindOf(nextNode - 1) : Node.typeUse;
  return last >= Node.tableUse ? [] : ["export", "import", "type", "param", "result", "local"];
}

function blockWords({ source }: CursorPlace, around: number): string[] {
  const word = wordOf(source.field.wordTag(around));
  if (word === "if") return ["then", "else", "type", "param", "result"];
  if (word === "try") return ["do", "catch", "catch_all", "result"];
  if (word === "try_table") return ["catch", "catch_ref", "catch_all", "catch_all_ref", "type", "param", "result"];
  return ["type", "param", "result"];
}

/** Words that are not behind a `(`. */
function wordItems(document: WatDocument, place: CursorPlace, around: number): readonly CompletionItem[] {
  const { source, before } = place;
  const { field } = source;
  switch (field.kindOf(around)) {
    case Node.param:
    case Node.result:
    case Node.local:
      return keywords([...numberTypes, ...refTypes], {}, "type");
    case Node.structField:
    case Node.arrayType:
      return keywords(["i8", "i16", ...numberTypes, ...refTypes], {}, "type");
    case Node.mutable: {
      const isGlobal =
        field.kindOf(field.parentOf(around)) === Node.globalField || field.kindOf(field.parentOf(around)) === Node.externGlobal;
      return keywords([...(isGlobal ? [] : ["i8", "i16"]), ...numberTypes, ...refTypes], {}, "type");
    }
    case Node.externGlobal:
      return keywords([...numberTypes, ...refTypes], {}, "type");
    case Node.globalField:
      return before <= 2 ? keywords([...numberTypes, ...refTypes], {}, "type") : [];
    case Node.tableField:
    case Node.externTable:
      return keywords([...refTypes, "i32", "i64"], {}, "type");
    case Node.memoryField:
    case Node.externMemory:
      return keywords(["i32", "i64", "shared"], {});
    case Node.refType:
      return [...keywords(["null"], {}), ...keywords(heapTypes, {}, "type"), ...entryItems(document, place, Space.type, "")];
    case Node.typeUse:
    case Node.contType:
    case Node.subType:
      return entryItems(document, place, Space.type, "");
    case Node.exportTarget:
      return exportTargets(document, place, around);
    case Node.startField:
      return entryItems(document, place, Space.func, "");
    case Node.elemField:
      return isName(field.tags[before]) || field.tags[before] === Word.func || field.tags[before] === Token.rightParen
        ? [...entryItems(document, place, Space.func, ""), ...keywords(["func", ...refTypes], {})]
        : keywords(["func", "declare", ...refTypes], {});
    case Node.inlineElem:
      return entryItems(document, place, Space.func, "");
    case Node.tableUse:
      return entryItems(document, place, Space.table, "");
    case Node.memoryUse:
      return entryItems(document, place, Space.memory, "");
    case Node.catchClause:
    case Node.handler:
      return clauseItems(document, place, around);
    case Node.folded:
    case Node.typeField:
    case Node.typeDefinition:
    case Node.recField:
    case Node.structType:
    case Node.funcType:
    case Node.importField:
    case Node.exportField:
    case Node.externFunc:
    case Node.inlineExport:
    case Node.inlineImport:
    case Node.dataField:
    case Node.inlineData:
      return [];
    default:
      return place.prefix.startsWith("$") ? [] : instructionItems(document, place);
  }
}

function exportTargets(document: WatDocument, place: CursorPlace, around: number): readonly CompletionItem[] {
  const space = { func: Space.func, table: Space.table, memory: Space.memory, global: Space.global, tag: Space.tag }[wordOf(place.source.field.wordTag(around)) ?? ""]; // prettier-ignore
  return space === undefined ? [] : entryItems(document, place, space, "");
}

/** `(catch $tag $label)`, `(on $tag $label)` */
function clauseItems(document: WatDocument, place: CursorPlace, around: number): readonly CompletionItem[] {
  const { field } = place.source;
  const given = place.before - field.wordToken(around);
  const word = field.wordTag(around);
  const isForAll = word === Word.catch_all_ref || (word >= firstInstruction && wordOf(word) === "catch_all");
  return given === 0 && !isForAll ? entryItems(document, place, Space.tag, "") : labelItems(place);
}
