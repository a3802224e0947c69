/** What tokens are, for colouring; field by field, so that an edit costs only what it touches. */
import type { WatDocument } from "../document.ts";
import { innerUseStride, InnerUse } from "../field-notes.ts";
import { defaultIndex } from "../field.ts";
import type { Field, FieldText } from "../field.ts";
import { Trivia } from "../lexer.ts";
import { Node } from "../node.ts";
import { firstInstruction, firstWord, instructionTag, Token } from "../token.ts";
import { definitionsOf } from "../definitions.ts";
import { innerNames } from "./inner-names.ts";
import { isName } from "./place.ts";

/** Types and modifiers that tokens can have; places in these lists are what is sent. */
export const tokenTypes = [
  "function", "variable", "parameter", "type", "property", "label", "namespace", "event", "keyword", "operator", "number", "string", "comment",
] as const; // prettier-ignore
export const tokenModifiers = ["declaration", "modification"] as const;

const Type = Object.fromEntries(tokenTypes.map((type, at) => [type, at])) as Readonly<Record<(typeof tokenTypes)[number], number>>;
const declaration = 1;
const modification = 2;
const localSet = instructionTag("local.set");
const localTee = instructionTag("local.tee");

const spaceTypes: readonly number[] = [
  Type.type,
  Type.function,
  Type.variable,
  Type.variable,
  Type.variable,
  Type.event,
  Type.variable,
  Type.variable,
  Type.property,
];

/** Numbers for each token: line and column as to the one before (the first: to the start of the text), length, type, modifiers. */
const tokenStride = 5;

/** Tokens of a document. `isWhole`: all of them; else only what a grammar cannot tell, names and indices. */
export class SemanticTokens {
  readonly #document: WatDocument;
  readonly #isWhole: boolean;

  constructor(document: WatDocument, isWhole: boolean) {
    this.#document = document;
    this.#isWhole = isWhole;
  }

  /** Data of the whole text. */
  all(): number[] {
    return this.#data(0, this.#document.fields.length, [0, 0]);
  }

  /** Data of the tokens from a 0-based line up to and with another. */
  ofLines(first: number, last: number): number[] {
    const { lines, fields } = this.#document;
    const from = this.#document.fieldAt(lines.lineStart(first));
    const to = Math.min(fields.length, this.#document.fieldAt(lines.lineStart(last + 1)) + 1);
    const data = this.#data(from, to, [0, 0]);
    const found: number[] = [];
    let [line, column, lastLine, lastColumn] = [0, 0, 0, 0];
    for (let at = 0; at < data.length; at += tokenStride) {
      [line, column] = data[at] === 0 ? [line, column + data[at + 1]!] : [line + data[at]!, data[at + 1]!];
      if (line < first || line > last) continue;
      found.push(line - lastLine, line === lastLine ? column - lastColumn : column, data[at + 2]!, data[at + 3]!, data[at + 4]!);
      [lastLine, lastColumn] = [line, column];
    }
    return found;
  }

  /** What to replace in the data of a text that had `before`, to get those of this one. Numbers are counted, not tokens. */
  changeFrom(before: readonly Field[]): { readonly start: number; readonly deleteCount: number; readonly data: number[] } {
    const { fields } = this.#document;
    const most = Math.min(before.length, fields.length);
    let same = 0;
    while (same < most && before[same] === fields[same]) same++;
    let behind = 0;
    while (behind < most - same && before[before.length - 1 - behind] === fields[fields.length - 1 - behind]) behind++;
    let kept = 0;
    for (let at = 0; at < same; at++) kept += this.#countOf(fields[at]!);
    let removed = 0;
    for (let at = same; at < before.length - behind; at++) removed += this.#countOf(before[at]!);
    // The first token behind the change counts from the last one before it, which may be another one now.
    let end = fields.length - behind;
    while (end < fields.length && this.#ofField(end).length === 0) end++;
    const data = this.#data(same, Math.min(fields.length, end + 1), this.#lastBefore(same));
    const isCut = end < fields.length;
    if (isCut) data.length -= (this.#countOf(fields[end]!) - 1) * tokenStride;
    return { start: kept * tokenStride, deleteCount: (removed + (isCut ? 1 : 0)) * tokenStride, data };
  }

  /** Data of the fields from `first` up to `end`, as to a token at a line and column. */
  #data(first: number, end: number, [line, column]: readonly [line: number, column: number]): number[] {
    const { lines, starts } = this.#document;
    const data: number[] = [];
    let [lastLine, lastColumn] = [line, column];
    for (let at = first; at < end; at++) {
      const own = this.#ofField(at);
      if (own.length === 0) continue;
      const position = lines.positionAt(starts[at]! + own[0]!);
      const isSameLine = position.line === lastLine;
      data.push(position.line - lastLine, isSameLine ? position.character - lastColumn : position.character, own[1]!, own[2]!, own[3]!);
      for (let place = 4; place < own.length; place++) data.push(own[place]!);
      [lastLine, lastColumn] = lastOf(own, position.line, position.character);
    }
    return data;
  }

  /** A field that was never asked about has been sent to nobody. */
  #countOf({ notes }: Field): number {
    const length = (this.#isWhole ? notes.allSemanticTokens : notes.semanticTokens)?.length ?? 0;
    return length === 0 ? 0 : (length + 1) / tokenStride;
  }

  /** Line and column of the last token before a field; of the start of the text where there is none. */
  #lastBefore(at: number): readonly [line: number, column: number] {
    for (let field = at - 1; field >= 0; field--) {
      const own = this.#ofField(field);
      if (own.length === 0) continue;
      const { line, character } = this.#document.lines.positionAt(this.#document.starts[field]! + own[0]!);
      return lastOf(own, line, character);
    }
    return [0, 0];
  }

  /** Offset of the first token in the field, its length, type and modifiers; then five numbers for each further token. */
  #ofField(at: number): Uint32Array {
    const field = this.#document.fields[at]!;
    if (field.tokenCount === 0 && field.trivia.length === 0) return none;
    const { notes } = field;
    const known = this.#isWhole ? notes.allSemanticTokens : notes.semanticTokens;
    if (known !== undefined) return known;
    const source = this.#document.fieldText(at);
    const fresh = relative(this.#document, at, this.#isWhole ? allTokens(source) : nameTokens(source));
    if (this.#isWhole) notes.allSemanticTokens = fresh;
    else notes.semanticTokens = fresh;
    return fresh;
  }
}

const none = new Uint32Array(0);

function lastOf(own: Uint32Array, line: number, column: number): readonly [line: number, column: number] {
  let [lastLine, lastColumn] = [line, column];
  for (let place = 4; place < own.length; place += tokenStride) {
    if (own[place] === 0) lastColumn += own[place + 1]!;
    else [lastLine, lastColumn] = [lastLine + own[place]!, own[place + 1]!];
  }
  return [lastLine, lastColumn];
}

/** Turns offsets within a field into lines and columns as to the token before. */
function relative(document: WatDocument, at: number, tokens: readonly number[]): Uint32Array {
  if (tokens.length === 0) return none;
  const { lines, starts } = document;
  const base = starts[at]!;
  const count = tokens.length / 4;
  const data = new Uint32Array(count * tokenStride - 1);
  let line = lines.lineAt(base + tokens[0]!);
  let lineStart = lines.lineStart(line);
  let nextLine = lines.lineStart(line + 1);
  let last = base + tokens[0]!;
  data.set(tokens.slice(0, 4));
  for (let index = 1; index < count; index++) {
    const start = base + tokens[4 * index]!;
    const place = index * tokenStride - 1;
    let passed = 0;
    while (start >= nextLine && line + 1 < lines.lineCount) {
      line++;
      passed++;
      lineStart = nextLine;
      nextLine = lines.lineStart(line + 1);
    }
    data[place] = passed;
    data[place + 1] = passed === 0 ? start - last : start - lineStart;
    data[place + 2] = tokens[4 * index + 1]!;
    data[place + 3] = tokens[4 * index + 2]!;
    data[place + 4] = tokens[4 * index + 3]!;
    last = start;
  }
  return data;
}

/** Offset in the field, length, type and modifiers of each name and index. */
function nameTokens(source: FieldText): number[] {
  const { spans } = source.field;
  const tokens: number[] = [];
  for (const code of namedTokens(source)) {
    const token = code >>> tokenShift;
    const start = spans[2 * token]!;
    tokens.push(start, spans[2 * token + 1]! - start, (code >>> 2) & 15, code & 3);
  }
  return tokens;
}

/** A name is one number, so that many are sorted fast: its token, type (4 bits) and modifiers (2 bits). */
const tokenShift = 6;

function codeOf(token: number, type: number, modifiers: number): number {
  return (token << tokenShift) | (type << 2) | modifiers;
}

/** Names and indices of a field in the order of the text. */
function namedTokens(source: FieldText): Uint32Array {
  const { field } = source;
  const found: number[] = [];
  const { references } = field;
  for (let place = 0; place < references.length; place += 2) {
    if (references[place]! < defaultIndex) found.push(codeOf(references[place + 1]!, spaceTypes[references[place]!]!, 0));
  }
  for (const { space, name, token } of definitionsOf(source).entries)
    if (name !== undefined) found.push(codeOf(token, spaceTypes[space]!, declaration));
  if (field.kind === Node.funcField) functionNames(source, found);
  const last = field.tokenCount - 1;
  if (field.kind === Node.opening && isName(field.tags[last])) found.push(codeOf(last, Type.namespace, declaration));
  for (let node = 0; (field.kind === Node.typeField || field.kind === Node.recField) && node < field.nodeCount; node++) {
    const kind = field.kindOf(node);
    const name = kind === Node.structField || kind === Node.param ? field.nameToken(node) : undefined;
    if (name !== undefined) found.push(codeOf(name, kind === Node.param ? Type.parameter : Type.property, declaration));
  }
  return Uint32Array.from(found).sort();
}

function functionNames(source: FieldText, found: number[]): void {
  const { locals, labels, uses } = innerNames(source);
  const { field } = source;
  for (const { name, isParameter } of locals)
    if (name !== undefined) found.push(codeOf(name, isParameter ? Type.parameter : Type.variable, declaration));
  for (const node of labels) {
    const name = field.nameToken(node);
    if (name !== undefined) found.push(codeOf(name, Type.label, declaration));
  }
  for (let place = 0; place < uses.length; place += innerUseStride) {
    const token = uses[place]!;
    if (uses[place + 1]! >= InnerUse.labelByName) found.push(codeOf(token, Type.label, 0));
    else {
      const isParameter = locals[uses[place + 2]!]?.isParameter === true;
      const isSet = field.tags[token - 1] === localSet || field.tags[token - 1] === localTee;
      found.push(codeOf(token, isParameter ? Type.parameter : Type.variable, isSet ? modification : 0));
    }
  }
}

/** Every token and comment; strings and comments of several lines are left out, which editors cannot show as one token. */
function allTokens(source: FieldText): number[] {
  const { field } = source;
  const named = namedTokens(source);
  const tokens: number[] = [];
  let nextName = 0;
  let trivia = 0;
  const addTrivia = (before: number): void => {
    for (; trivia < field.trivia.length && field.trivia[trivia + 1]! < before; trivia += 3) {
      const [kind = 0, start = 0, end = 0] = [field.trivia[trivia], field.trivia[trivia + 1], field.trivia[trivia + 2]];
      const isComment = kind !== Trivia.annotation && !field.text.slice(start, end).includes("\n");
      if (isComment) tokens.push(start, end - start, Type.comment, 0);
    }
  };
  for (let token = 0; token < field.tokenCount; token++) {
    const start = field.spans[2 * token]!;
    addTrivia(start);
    while (nextName < named.length && named[nextName]! >>> tokenShift < token) nextName++;
    const code = named[nextName] ?? 0;
    const isNamed = nextName < named.length && code >>> tokenShift === token;
    const type = isNamed ? (code >>> 2) & 15 : typeOfTag(field.tags[token]!);
    if (type !== undefined) tokens.push(start, field.spans[2 * token + 1]! - start, type, isNamed ? code & 3 : 0);
  }
  addTrivia(field.length + 1);
  return tokens;
}

function typeOfTag(tag: number): number | undefined {
  if (tag >= firstInstruction) return Type.operator;
  if (tag >= firstWord) return Type.keyword;
  if (tag === Token.string) return Type.string;
  return tag === Token.natural || tag === Token.integer || tag === Token.float ? Type.number : undefined;
}
