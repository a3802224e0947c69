/** Gives a symbol another name, or one that has none its first. */
import type { Span } from "#core/text/positions.ts";
import { spaceWords } from "../bind.ts";
import type { WatDocument, WatEdit } from "../document.ts";
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import type { ScriptSymbol } from "../script/names.ts";
import { Token } from "../token.ts";
import { innerNames, typesIn } from "./inner-names.ts";
import { isName, nodeWith, tokenAt } from "./place.ts";
import { scriptNameConflict, scriptRenaming, scriptSymbolAt, writtenString } from "./script-names.ts";
import { definitionOf, occurrencesOf, structFieldNode, symbolAt } from "./symbol.ts";
import type { WatSymbol } from "./symbol.ts";

export type RenamePreparation = { readonly span: Span; readonly placeholder: string } | { readonly refusal: string };
export type Renaming = { readonly edits: readonly WatEdit[] } | { readonly refusal: string };

const noSymbol = "Put the cursor on a name or index, or on the word of what is defined, such as `func` or `block`.";

/** What would be renamed at a UTF-16 offset. */
export function prepareRename(document: WatDocument, offset: number): RenamePreparation {
  const named = scriptSymbolAt(document, offset);
  if (named !== undefined) return prepareScriptName(named.place.source, named.place.token);
  const place = tokenAt(document, offset);
  const symbol = place === undefined ? undefined : symbolAt(document, place);
  if (place === undefined || symbol === undefined) return { refusal: noSymbol };
  const refusal = unnamable(document, symbol);
  if (refusal !== undefined) return { refusal };
  const written = place.source.tokenText(place.token);
  const isNamed = isName(place.source.field.tags[place.token]);
  return { span: place.source.tokenSpan(place.token), placeholder: isNamed ? written : `$${suggestion(symbol)}` };
}

/** `name` may have its `$` or not; one that is no plain identifier is written in quotes. All edits count in the present text. */
export function rename(document: WatDocument, offset: number, name: string): Renaming {
  const named = scriptSymbolAt(document, offset);
  if (named !== undefined) return renameInScript(document, named.symbol, name);
  const place = tokenAt(document, offset);
  const symbol = place === undefined ? undefined : symbolAt(document, place);
  if (symbol === undefined) return { refusal: noSymbol };
  return renameSymbol(document, symbol, name);
}

function renameSymbol(document: WatDocument, symbol: WatSymbol, name: string): Renaming {
  const refusal = unnamable(document, symbol);
  if (refusal !== undefined) return { refusal };
  const meaning = nameMeant(name);
  if (meaning === undefined) return { refusal: "A name needs at least one character behind its `$`." };
  const conflict = conflictWith(document, symbol, meaning);
  if (conflict !== undefined) return { refusal: conflict };
  const written = writtenName(meaning);
  const edits: WatEdit[] = [];
  for (const { at, token, role } of occurrencesOf(document, symbol)) {
    const source = document.fieldText(at);
    if (isName(source.field.tags[token]) || role === "read" || role === "write")
      edits.push({ span: source.tokenSpan(token), text: written });
    else if (role === "definition") edits.push(...naming(document, symbol, written));
  }
  return { edits };
}

/** Of a string what is inside of its quotes, with its escapes read: they are written anew. */
function prepareScriptName(source: FieldText, token: number): RenamePreparation {
  const { start, end } = source.tokenSpan(token);
  if (source.field.tags[token] !== Token.string) return { span: { start, end }, placeholder: source.tokenText(token) };
  return { span: { start: start + 1, end: end - 1 }, placeholder: source.stringOf(token) ?? source.tokenText(token) };
}

function renameInScript(document: WatDocument, symbol: ScriptSymbol, name: string): Renaming {
  const isModule = symbol.kind === "module";
  const meaning = isModule ? nameMeant(name) : name.replace(/^"(.*)"$/s, "$1");
  if (meaning === undefined) return { refusal: "A name needs at least one character behind its `$`." };
  const conflict = scriptNameConflict(document, symbol, meaning);
  if (conflict !== undefined) return { refusal: conflict };
  return { edits: scriptRenaming(document, symbol, isModule ? writtenName(meaning) : writtenString(meaning)) };
}

function suggestion(symbol: WatSymbol): string {
  switch (symbol.kind) {
    case "entry":
      return `${spaceWords[symbol.space]![0].replace(/ .*/, "")}${symbol.index}`;
    case "label":
      return "label";
    default:
      return `${symbol.kind}${symbol.index}`;
  }
}

/** Why a symbol cannot have a name. */
export function unnamable(document: WatDocument, symbol: WatSymbol): string | undefined {
  if (symbol.kind === "label" && symbol.node === 0)
    return "The body of a function is a block without a name of its own; give one to the function.";
  const definition = definitionOf(document, symbol);
  if (definition === undefined) {
    return symbol.kind === "local"
      ? "This parameter stands only in the function's type. Write `(param ...)` behind `(type ...)` to give it a name."
      : "No text defines this, so there is no place for a name.";
  }
  const { source, token } = definition;
  if (symbol.kind !== "entry" || isName(source.field.tags[token])) return undefined;
  const kind = source.field.kindOf(nodeWith(source.field, token));
  if (kind === Node.inlineElem || kind === Node.inlineData)
    return "A segment inside of its table or memory cannot have a name. Write it as a field of its own.";
  return isOfSharedType(source, token)
    ? "Several imports share this type, so there is no place for a name. Write one `(import ...)` for each."
    : undefined;
}

/** Whether a token is in the type behind the items of a compact import, which is the type of each and has no name. */
export function isOfSharedType({ field }: FieldText, token: number): boolean {
  return field.kind === Node.importField && field.parentOf(nodeWith(field, token)) === 0 && field.childOf(0, Node.importItem) !== undefined;
}

/** The name without `$` and quotes. */
function nameMeant(given: string): string | undefined {
  const bare = given.trim().replace(/^\$/, "");
  const quoted = /^"(.*)"$/s.exec(bare);
  const meaning = quoted === null ? bare : quoted[1]!;
  return meaning === "" ? undefined : meaning;
}

/** With `$`, in quotes where it must. Source: WebAssembly 3.0, 6.3.5 "Identifiers". */
export function writtenName(meaning: string): string {
  if (/^[0-9A-Za-z!#$%&'*+\-./:<=>?@\\^_`|~]+$/.test(meaning)) return `$${meaning}`;
  const escaped = Array.from(meaning, (character) => {
    if (character === '"' || character === "\\") return `\\${character}`;
    const code = character.codePointAt(0)!;
    return code < 0x20 || code === 0x7f ? `\\u{${code.toString(16)}}` : character;
  });
  return `$"${escaped.join("")}"`;
}

function conflictWith(document: WatDocument, symbol: WatSymbol, name: string): string | undefined {
  switch (symbol.kind) {
    case "entry": {
      const other = symbol.module.names.indexOf(symbol.space, name);
      return other === undefined || other === symbol.index ? undefined : `There is another ${spaceWords[symbol.space]![0]} \`$${name}\`.`;
    }
    case "field": {
      const other = symbol.module.names.typeAt(symbol.type)?.fields?.indexOf(name) ?? -1;
      return other < 0 || other === symbol.index ? undefined : `This type has another field \`$${name}\`.`;
    }
    case "local": {
      const source = document.fieldText(symbol.at);
      const own = definitionOf(document, symbol);
      const isTaken = innerNames(source).locals.some(
        (local) => local.name !== undefined && local.name !== own?.token && source.nameOf(local.name) === name,
      );
      return isTaken ? `This function has another parameter or local \`$${name}\`.` : undefined;
    }
    case "label":
      return labelConflict(document.fieldText(symbol.at), symbol.node, name);
  }
}

/** A block of that name inside or around would take branches away, or lose its own. */
function labelConflict(source: FieldText, node: number, name: string): string | undefined {
  const { field } = source;
  const isNamed = (other: number): boolean => {
    const token = field.nameToken(other);
    return other !== node && token !== undefined && source.nameOf(token) === name;
  };
  const isInside = innerNames(source).labels.some((other) => other > node && other < field.nodeEnd(node) && isNamed(other));
  if (isInside) return `A block inside of this one is named \`$${name}\`.`;
  for (let around = field.parentOf(node); around > 0; around = field.parentOf(around)) {
    const kind = field.kindOf(around);
    if ((kind === Node.block || kind === Node.foldedBlock) && isNamed(around)) return `A block around this one is named \`$${name}\`.`;
  }
  return undefined;
}

/** Edits that put a name where a symbol without one is defined. */
export function naming(document: WatDocument, symbol: WatSymbol, written: string): WatEdit[] {
  const { source, token } = definitionOf(document, symbol)!;
  const { field } = source;
  if (symbol.kind === "local") {
    const local = innerNames(source).locals.find(({ type }) => type === token)!;
    return namedPart(source, local.node, local.type, local.typeEnd, written);
  }
  if (symbol.kind === "field") {
    const found = structFieldNode(document, symbol)!;
    const [first, end] = typesIn(field, found.node)[found.type]!;
    return namedPart(source, found.node, first, end, written);
  }
  const behind = source.endOf(token);
  return [{ span: { start: behind, end: behind }, text: ` ${written}` }];
}

/** `(param i32 i64)`: a name stands for one type, so that the form is cut where others stand beside it. */
function namedPart(source: FieldText, node: number, first: number, end: number, written: string): WatEdit[] {
  const { field } = source;
  const word = field.wordToken(node);
  const form = source.tokenText(word);
  const isFirst = first === word + 1;
  const isLast = end === field.endToken(node) - 1 && field.tags[end] === Token.rightParen;
  return [
    ...(isFirst ? [] : [insert(source.endOf(first - 1), ")")]),
    insert(source.startOf(first), isFirst ? `${written} ` : `(${form} ${written} `),
    ...(isLast ? [] : [insert(source.endOf(end - 1), ")"), insert(source.startOf(end), `(${form} `)]),
  ];
}

function insert(offset: number, text: string): WatEdit {
  return { span: { start: offset, end: offset }, text };
}
