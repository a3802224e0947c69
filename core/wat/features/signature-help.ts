/** What an instruction takes, and which part of it is being written. */
import { instructionDoc } from "#core/wasm/instruction-docs.ts";
import type { Immediate } from "#core/wasm/instructions.ts";
import type { FunctionType } from "#core/wasm/validate/type-table.ts";
import type { WatDocument } from "../document.ts";
import { Space } from "../field.ts";
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import { instructionOf, wordOf } from "../token.ts";
import { cursorPlace, instructionBefore } from "./cursor-place.ts";
import type { CursorPlace } from "./cursor-place.ts";
import { operandsOf } from "./expectation.ts";
import { innerNames } from "./inner-names.ts";
import { immediateNodes, nodeWith } from "./place.ts";
import { definitionOf } from "./symbol.ts";

export interface SignatureHelp {
  readonly label: string;
  /** Start and end of each part in the label, in UTF-16 units. */
  readonly parts: readonly (readonly [start: number, end: number])[];
  /** Place in `parts`; one behind the last where all is written. */
  readonly active: number;
  readonly documentation: string | undefined;
}

const immediateWords: Readonly<Record<Immediate, string>> = {
  "block-type": "type?", label: "label", labels: "labels…", func: "function", type: "type", "type-use": "type", local: "local", global: "global",
  table: "table?", memory: "memory?", memarg: "memory? offset=? align=?", tag: "tag", data: "data", elem: "elem", field: "field", i32: "number", i64: "number",
  f32: "number", f64: "number", v128: "shape numbers…", lane: "lane", lanes: "16 lanes", count: "count", "result-types": "(result type)?",
  "heap-type": "heap-type", "ref-type": "reference-type", catches: "(catch tag label)…", handlers: "(on tag label)…",
}; // prettier-ignore

/** `undefined` where no instruction is being written. */
export function signatureAt(document: WatDocument, offset: number): SignatureHelp | undefined {
  const place = cursorPlace(document, offset);
  if (place?.module === undefined || place.source.field.kind !== Node.funcField) return undefined;
  const { source, around } = place;
  const { field } = source;
  const flat = instructionBefore(place);
  const node = flat === undefined ? around : nodeWith(field, flat.word);
  const kind = field.kindOf(node);
  if (kind !== Node.folded && kind !== Node.plain) return undefined;
  const instruction = instructionOf(field.wordTag(node));
  if (instruction === undefined || (kind === Node.plain && flat === undefined)) return undefined;
  if (kind === Node.plain && flat !== undefined && isWritten(instruction.immediates, flat.given) && isOnNewLine(document, place))
    return undefined;
  const type = operandsOf(document, place.module, source, node);
  const immediates = instruction.immediates.map((immediate) => immediateWords[immediate]);
  const operands = kind === Node.folded && type !== undefined ? operandTexts(document, place, source, node, type) : [];
  const results = type === undefined ? "" : ` -> ${document.viewOf(place.module).environment.types.listText(type.results)}`;
  let label = instruction.name;
  const parts: [number, number][] = [];
  for (const part of [...immediates, ...operands]) {
    parts.push([label.length + 1, label.length + 1 + part.length]);
    label += ` ${part}`;
  }
  const isImmediate = flat !== undefined && flat.given < immediates.length;
  const active = isImmediate ? flat.given : immediates.length + operandsBefore(place, node);
  const doc = instructionDoc(instruction.name);
  return {
    label: label + results,
    parts,
    active,
    documentation: doc === undefined ? undefined : [doc.summary, doc.traps ?? ""].join(" ").trim(),
  };
}

/** Words that an immediate has at least, where that is not one. */
const leastWords: Partial<Readonly<Record<Immediate, number>>> = { "block-type": 0, "type-use": 0, table: 0, memory: 0, memarg: 0, "result-types": 0, catches: 0, handlers: 0, v128: 2, lanes: 16 }; // prettier-ignore

/** Whether, after `given` words, no more must follow; they may, in lists and where parts can be left out. */
function isWritten(immediates: readonly Immediate[], given: number): boolean {
  return given >= immediates.reduce((sum, immediate) => sum + (leastWords[immediate] ?? 1), 0);
}

/** Whether the word is on another line than what stands before it: an instruction in flat form goes on there only if it must. */
function isOnNewLine(document: WatDocument, { source, before, word }: CursorPlace): boolean {
  return document.text.slice(source.endOf(before), word.start).includes("\n");
}

/** How many operands stand before the word. */
function operandsBefore({ source, nextNode }: CursorPlace, node: number): number {
  const { field } = source;
  let count = 0;
  for (let child = node + 1; child < Math.min(nextNode, field.nodeEnd(node)); child = field.nodeEnd(child))
    if (!immediateNodes.has(field.kindOf(child))) count++;
  return count;
}

/** Types of the operands; of a call with the names of the parameters. */
function operandTexts(document: WatDocument, { module }: CursorPlace, source: FieldText, node: number, { params }: FunctionType): string[] {
  const { types } = document.viewOf(module!).environment;
  const names = calledParameters(document, module!, source, node);
  return Array.from(params, (type, at) => (names[at] === undefined ? types.text(type) : `${names[at]}: ${types.text(type)}`));
}

function calledParameters(
  document: WatDocument,
  module: NonNullable<CursorPlace["module"]>,
  source: FieldText,
  node: number,
): (string | undefined)[] {
  const name = wordOf(source.field.wordTag(node));
  const index =
    name === "call" || name === "return_call" ? module.names.resolve(Space.func, source, source.field.wordToken(node) + 1) : undefined;
  const definition = index === undefined ? undefined : definitionOf(document, { kind: "entry", module, space: Space.func, index });
  if (definition === undefined) return [];
  const callee = definition.source;
  return innerNames(callee)
    .locals.filter(({ isParameter }) => isParameter)
    .map(({ name: token }) => (token === undefined ? undefined : callee.tokenText(token)));
}
