/** What is told about the place under the pointer. */
import type { Span } from "#core/text/positions.ts";
import { instructionDoc } from "#core/wasm/instruction-docs.ts";
import type { Instruction } from "#core/wasm/instructions.ts";
import { featureText } from "#core/wasm/features.ts";
import { spaceWords } from "../bind.ts";
import type { WatDocument } from "../document.ts";
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import type { ScriptSymbol } from "../script/names.ts";
import { firstInstruction, instructionOf, Token, wordOf } from "../token.ts";
import type { Word } from "../token.ts";
import { encodedAt } from "./encoded.ts";
import { headEnd, isInstruction, moduleOf, nodeWith, tokenAt } from "./place.ts";
import type { TokenPlace } from "./place.ts";
import { exportNames } from "./references.ts";
import { numberRows } from "./number-text.ts";
import { innerNames } from "./inner-names.ts";
import { exportsIn, scriptSymbolAt } from "./script-names.ts";
import { stackAround, stackText } from "./stack.ts";
import { definitionOf, structFieldNode, symbolAt } from "./symbol.ts";
import type { WatSymbol } from "./symbol.ts";
import { codeBlock, commentAbove, cut, headText, inlineCode, plainMarkdown, tokensText } from "./text.ts";
import { wordDocs } from "./word-docs.ts";

export interface Hover {
  readonly span: Span;
  /** Markdown. What comes from the text is in it as code, or with all marks escaped. */
  readonly markdown: string;
}

/** `undefined` where there is nothing to tell. */
export function hoverAt(document: WatDocument, offset: number): Hover | undefined {
  const named = scriptSymbolAt(document, offset);
  if (named !== undefined) {
    const { source, token } = named.place;
    return { span: source.tokenSpan(token), markdown: scriptParts(document, named.symbol).join("\n\n") };
  }
  const place = tokenAt(document, offset);
  if (place === undefined) return undefined;
  const { source, token } = place;
  const tag = source.field.tags[token]!;
  const parts =
    tag >= firstInstruction
      ? instructionParts(document, place)
      : (numberParts(place) ?? [...(symbolParts(document, place) ?? []), ...otherParts(place)]);
  if (parts.length === 0) return undefined;
  return { span: source.tokenSpan(token), markdown: parts.join("\n\n") };
}

function instructionParts(document: WatDocument, { at, source, token }: TokenPlace): string[] {
  const { field } = source;
  const node = nodeWith(field, token);
  const instruction = instructionOf(field.tags[token]!)!;
  const isOwn = isInstruction(field.kindOf(node)) && field.wordToken(node) === token;
  const place = isOwn ? placeParts(document, at, source, node) : [];
  return [codeBlock(isOwn ? headOf(source, node) : instruction.name), ...instructionText(instruction, place)];
}

/** Name and immediates as they are written. */
function headOf(source: FieldText, node: number): string {
  return tokensText(source, source.field.wordToken(node), headEnd(source.field, node));
}

/** What can be told about an instruction wherever it stands. `place`: rows about this place. */
export function instructionText(instruction: Instruction, place: readonly string[] = []): string[] {
  const { name, in: operands, out: results, opcode, feature } = instruction;
  const doc = instructionDoc(name);
  const rows = [...place];
  if (operands !== undefined && results !== undefined)
    rows.unshift(`Type: ${inlineCode(`[${operands.join(" ")}] -> [${results.join(" ")}]`)}`);
  rows.push(`Opcode: ${inlineCode(opcodeText(opcode))}, since ${featureText(feature)}`);
  const parts: string[] = [];
  if (doc !== undefined) parts.push(doc.traps === undefined ? doc.summary : `${doc.summary} ${doc.traps}`);
  parts.push(rows.join("  \n"));
  if (doc?.example !== undefined) parts.push(`${codeBlock(doc.example.code)}\n\ngives ${inlineCode(doc.example.result)}.`);
  if (doc !== undefined) parts.push(`[Specification](${doc.link})`);
  return parts;
}

function opcodeText([first, code]: Instruction["opcode"]): string {
  const bytes = [first];
  // The number behind a prefix is unsigned LEB128.
  for (let rest = code; rest !== undefined; rest = rest > 0x7f ? rest >>> 7 : undefined)
    bytes.push(rest > 0x7f ? (rest & 0x7f) | 0x80 : rest);
  return bytes.map((byte) => `0x${byte.toString(16).padStart(2, "0")}`).join(" ");
}

/** The stack at this place, and the bytes that the instruction becomes. */
function placeParts(document: WatDocument, at: number, source: FieldText, node: number): string[] {
  const module = moduleOf(document, at);
  if (module === undefined) return [];
  const rows: string[] = [];
  const stack = stackAround(document, module, source, node);
  if (stack !== undefined) {
    rows.push(`Stack before: ${inlineCode(stackText(stack.before))}`);
    if (stack.after !== undefined) rows.push(`Stack behind: ${inlineCode(stackText(stack.after))}`);
  }
  const encoded = encodedAt(document, module, source.startOf(source.field.wordToken(node)));
  if (encoded !== undefined) {
    const bytes = encoded.bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    rows.push(`In the module: ${inlineCode(bytes)} at offset ${inlineCode(`0x${encoded.offset.toString(16)}`)}`);
  }
  return rows;
}

const constants: Readonly<Record<string, "i32" | "i64" | "f32" | "f64">> = {
  "i32.const": "i32",
  "i64.const": "i64",
  "f32.const": "f32",
  "f64.const": "f64",
};

const shapeTypes: Readonly<Record<string, "i32" | "i64" | "f32" | "f64">> = {
  i8x16: "i32",
  i16x8: "i32",
  i32x4: "i32",
  i64x2: "i64",
  f32x4: "f32",
  f64x2: "f64",
};

function numberParts({ source, token }: TokenPlace): string[] | undefined {
  const { field } = source;
  const tag = field.tags[token]!;
  const written = source.tokenText(token);
  if (tag === Token.offset) return [`${inlineCode(written)} is added to the address, without wrapping around.`];
  if (tag === Token.align)
    return [`${inlineCode(written)} promises that the address is a multiple of this, for speed. A wrong promise is no error.`];
  if (tag !== Token.natural && tag !== Token.integer && tag !== Token.float) return undefined;
  const node = nodeWith(field, token);
  if (!isInstruction(field.kindOf(node))) return undefined;
  const word = field.wordToken(node);
  const name = wordOf(field.tags[word]!) ?? "";
  const type = name === "v128.const" ? shapeTypes[wordOf(field.tags[word + 1]!) ?? ""] : constants[name];
  const rows = type === undefined ? [] : numberRows(written, type);
  if (rows.length === 0) return undefined;
  return [codeBlock(`${type} ${cut(written)}`), rows.map(([row, value]) => `${row}: ${inlineCode(value)}`).join("  \n")];
}

function symbolParts(document: WatDocument, place: TokenPlace): string[] | undefined {
  const symbol = symbolAt(document, place);
  return symbol === undefined ? undefined : symbolText(document, symbol);
}

/** Definition, comment and uses of a symbol, for hovers and completions. */
export function symbolText(document: WatDocument, symbol: WatSymbol): string[] | undefined {
  switch (symbol.kind) {
    case "entry":
      return entryParts(document, symbol);
    case "field": {
      const found = structFieldNode(document, symbol);
      if (found === undefined) return undefined;
      const text = tokensText(found.source, found.source.field.firstToken(found.node), found.source.field.endToken(found.node));
      return [codeBlock(text), `Field ${symbol.index} of type ${symbol.type}`];
    }
    case "local":
      return localParts(document, symbol);
    case "label":
      return labelParts(document, symbol);
  }
}

function entryParts(document: WatDocument, symbol: WatSymbol & { kind: "entry" }): string[] | undefined {
  const definition = definitionOf(document, symbol);
  const word = spaceWords[symbol.space]![0];
  const about = `${word.charAt(0).toUpperCase()}${word.slice(1)} ${symbol.index}`;
  if (definition === undefined) return [about];
  const { source, token } = definition;
  const { field } = source;
  const node = nodeWith(field, token);
  const parts = [codeBlock(field.kind === Node.importField ? headText(source, 0) : headText(source, node))];
  const comment = commentAbove(source);
  if (comment !== "") parts.push(plainMarkdown(comment));
  const names = exportNames(document, symbol);
  parts.push(names.length === 0 ? about : `${about}, exported as ${names.map((name) => inlineCode(cut(JSON.stringify(name)))).join(", ")}`);
  return parts;
}

function localParts(document: WatDocument, symbol: WatSymbol & { kind: "local" }): string[] | undefined {
  const definition = definitionOf(document, symbol);
  if (definition === undefined) return [`Parameter ${symbol.index}, from the type of the function`];
  const { source, token } = definition;
  const local = innerNames(source).locals.find(({ name, type }) => (name ?? type) === token);
  if (local === undefined) return undefined;
  const form = local.isParameter ? "param" : "local";
  const name = local.name === undefined ? "" : `${source.tokenText(local.name)} `;
  const text = `(${form} ${name}${tokensText(source, local.type, local.typeEnd)})`;
  return [codeBlock(text), `${local.isParameter ? "Parameter" : "Local"} ${symbol.index}`];
}

function labelParts(document: WatDocument, symbol: WatSymbol & { kind: "label" }): string[] {
  const source = document.fieldText(symbol.at);
  const { field } = source;
  if (symbol.node === 0) return [codeBlock(headText(source, 0)), "A branch to the body of the function returns from it."];
  const isLoop = wordOf(field.wordTag(symbol.node)) === "loop";
  return [
    codeBlock(headText(source, symbol.node)),
    isLoop ? "A branch goes back to the start of the loop." : "A branch goes behind the end of the block.",
  ];
}

/** Exports of a module that a hover lists. */
const mostExports = 20;

function scriptParts(document: WatDocument, symbol: ScriptSymbol): string[] {
  if (symbol.kind === "export") {
    const { space, index = -1 } = symbol.text.names.exported(symbol.name)!;
    return symbolText(document, { kind: "entry", module: symbol.text, space, index }) ?? [];
  }
  const module = symbol.kind === "module" ? symbol.module : symbol.registration.module;
  const source = document.fieldText(module.at);
  const head = codeBlock(
    source.field.kind === Node.opening
      ? `${tokensText(source, 0, source.field.tokenCount)} …)`
      : tokensText(source, 0, source.field.tokenCount),
  );
  if (module.text === undefined) return [head];
  const names = exportsIn(document, module.text).map(({ name }) => inlineCode(cut(JSON.stringify(name))));
  const rest = names.length > mostExports ? ` and ${names.length - mostExports} more` : "";
  return [head, names.length === 0 ? "It exports nothing." : `Exports: ${names.slice(0, mostExports).join(", ")}${rest}`];
}

function otherParts({ source, token }: TokenPlace): string[] {
  const word = wordOf(source.field.tags[token]!);
  const text = word === undefined ? undefined : wordDocs.get(word as Word);
  return text === undefined ? [] : [codeBlock(word!), text];
}
