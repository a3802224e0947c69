/** The outline of a WAT document: modules and their fields. */
import { SymbolKind } from "vscode-languageserver-types";
import type { DocumentSymbol } from "vscode-languageserver-types";
import type { Span } from "#core/text/positions.ts";
import type { BoundModule } from "#core/wat/bind.ts";
import type { WatDocument } from "#core/wat/document.ts";
import { FieldText, Space } from "#core/wat/field.ts";
import { Node } from "#core/wat/node.ts";
import type { NodeKind } from "#core/wat/node.ts";
import { tokensText } from "#core/wat/features/text.ts";
import { Token, Word } from "#core/wat/token.ts";

interface Subject {
  readonly word: string;
  readonly kind: SymbolKind;
  readonly space?: Space;
}

const subjects: ReadonlyMap<NodeKind, Subject> = new Map<NodeKind, Subject>([
  [Node.typeField, { word: "type", kind: SymbolKind.Interface, space: Space.type }],
  [Node.typeDefinition, { word: "type", kind: SymbolKind.Interface, space: Space.type }],
  [Node.recField, { word: "rec", kind: SymbolKind.Namespace }],
  [Node.importField, { word: "import", kind: SymbolKind.Package }],
  [Node.funcField, { word: "func", kind: SymbolKind.Function, space: Space.func }],
  [Node.tableField, { word: "table", kind: SymbolKind.Array, space: Space.table }],
  [Node.memoryField, { word: "memory", kind: SymbolKind.Object, space: Space.memory }],
  [Node.globalField, { word: "global", kind: SymbolKind.Variable, space: Space.global }],
  [Node.tagField, { word: "tag", kind: SymbolKind.Event, space: Space.tag }],
  [Node.externFunc, { word: "func", kind: SymbolKind.Function, space: Space.func }],
  [Node.externTable, { word: "table", kind: SymbolKind.Array, space: Space.table }],
  [Node.externMemory, { word: "memory", kind: SymbolKind.Object, space: Space.memory }],
  [Node.externGlobal, { word: "global", kind: SymbolKind.Variable, space: Space.global }],
  [Node.externTag, { word: "tag", kind: SymbolKind.Event, space: Space.tag }],
  [Node.exportField, { word: "export", kind: SymbolKind.Property }],
  [Node.startField, { word: "start", kind: SymbolKind.Constructor }],
  [Node.elemField, { word: "elem", kind: SymbolKind.Array, space: Space.elem }],
  [Node.dataField, { word: "data", kind: SymbolKind.String, space: Space.data }],
]);

/** Number of entries that each index space has so far. */
type Counts = number[];

export function documentSymbols(document: WatDocument): DocumentSymbol[] {
  return document.modules.flatMap((module) => {
    const fields = fieldSymbols(document, module);
    return module.opening === undefined ? fields : [moduleSymbol(document, module, module.opening, fields)];
  });
}

function moduleSymbol(document: WatDocument, module: BoundModule, opening: number, children: DocumentSymbol[]): DocumentSymbol {
  const source = document.fieldText(opening);
  const { tags } = source.field;
  let name = 2;
  if (tags[name] === Word.definition) name++;
  const isNamed = tags[name] === Token.name || tags[name] === Token.quotedName;
  const closing =
    module.end < document.fields.length && document.fields[module.end]!.kind === Node.closing ? document.fieldText(module.end) : undefined;
  const lastField = Math.max(opening, module.end - 1);
  const end = closing !== undefined && closing.field.tokenCount > 0 ? closing.endOf(0) : document.fieldText(lastField).nodeSpan(0).end;
  const start = source.startOf(0);
  return {
    name: isNamed ? source.tokenText(name) : "module",
    kind: SymbolKind.Module,
    range: document.lines.rangeOf({ start, end: Math.max(end, source.endOf(source.field.tokenCount - 1)) }),
    selectionRange: document.lines.rangeOf(source.tokenSpan(isNamed ? name : 1)),
    children,
  };
}

function fieldSymbols(document: WatDocument, module: BoundModule): DocumentSymbol[] {
  const counts: Counts = Object.values(Space).map(() => 0);
  const symbols: DocumentSymbol[] = [];
  for (let at = module.first; at < module.end; at++) {
    const source = document.fieldText(at);
    const subject = subjects.get(source.field.kind);
    if (subject === undefined || source.field.tokenCount < 2) continue;
    symbols.push(fieldSymbol(document, module, source, 0, subject, counts));
  }
  return symbols;
}

function fieldSymbol(
  document: WatDocument,
  module: BoundModule,
  source: FieldText,
  node: number,
  subject: Subject,
  counts: Counts,
): DocumentSymbol {
  const { field } = source;
  const kind = field.kindOf(node);
  if (kind === Node.importField) return importSymbol(document, module, source, subject, counts);
  const nameToken = field.nameToken(node);
  const exported = stringIn(source, field.childOf(node, Node.inlineExport) ?? (kind === Node.exportField ? node : undefined));
  const selection = nameToken ?? exported ?? field.wordToken(node);
  const index = subject.space === undefined ? "" : ` ${counts[subject.space]!++}`;
  if (kind === Node.tableField && field.childOf(node, Node.inlineElem) !== undefined) counts[Space.elem]!++;
  if (kind === Node.memoryField && field.childOf(node, Node.inlineData) !== undefined) counts[Space.data]!++;
  const symbol = symbolOf(document, source.nodeSpan(node), source.tokenSpan(selection), {
    name: selection === field.wordToken(node) ? subject.word + index : source.tokenText(selection),
    kind: symbolKind(source, node, subject),
    detail: detailOf(source, module, node, subject, selection !== field.wordToken(node)),
  });
  if (kind !== Node.recField) return symbol;
  const types = field.children(node).filter((child) => field.kindOf(child) === Node.typeDefinition);
  return {
    ...symbol,
    children: types.map((child) => fieldSymbol(document, module, source, child, subjects.get(Node.typeDefinition)!, counts)),
  };
}

/** An import is shown as what it imports. */
function importSymbol(document: WatDocument, module: BoundModule, source: FieldText, subject: Subject, counts: Counts): DocumentSymbol {
  const { field } = source;
  const items = field.children(0).filter((child) => field.kindOf(child) === Node.importItem);
  const target = field.children(0).find((child) => subjects.get(field.kindOf(child))?.space !== undefined);
  const imported = target === undefined ? undefined : subjects.get(field.kindOf(target))!;
  if (imported?.space !== undefined) counts[imported.space]! += Math.max(1, items.length);
  const strings = [2, 3].filter((token) => field.tags[token] === Token.string);
  const nameToken = target === undefined ? undefined : field.nameToken(target);
  const selection = nameToken ?? strings.at(-1) ?? 1;
  const from = strings.map((token) => source.tokenText(token)).join(" ");
  const type = target === undefined || imported === undefined ? "" : ` ${detailOf(source, module, target, imported, true)}`;
  return symbolOf(document, source.nodeSpan(0), source.tokenSpan(selection), {
    name: selection === 1 ? subject.word : source.tokenText(selection),
    kind: imported?.kind ?? subject.kind,
    detail: `import ${from}${type}`,
  });
}

function symbolOf(
  document: WatDocument,
  range: Span,
  selection: Span,
  rest: Pick<DocumentSymbol, "name" | "kind" | "detail">,
): DocumentSymbol {
  return { ...rest, range: document.lines.rangeOf(range), selectionRange: document.lines.rangeOf(selection) };
}

function stringIn({ field }: FieldText, node: number | undefined): number | undefined {
  if (node === undefined) return undefined;
  const token = field.wordToken(node) + 1;
  return field.tags[token] === Token.string ? token : undefined;
}

function symbolKind({ field }: FieldText, node: number, subject: Subject): SymbolKind {
  if (subject.space === Space.global && field.childOf(node, Node.mutable) === undefined) return SymbolKind.Constant;
  if (subject.space === Space.type && field.childOf(node, Node.structType) !== undefined) return SymbolKind.Struct;
  return subject.kind;
}

/** The word of the field where the name does not have it, and its type. */
function detailOf(source: FieldText, module: BoundModule, node: number, subject: Subject, withWord: boolean): string {
  const type = typeText(source, module, node, subject);
  return [withWord ? subject.word : "", type].filter((part) => part !== "").join(" ");
}

function typeText(source: FieldText, module: BoundModule, node: number, subject: Subject): string {
  switch (subject.space) {
    case Space.func:
    case Space.tag:
      return signature(source, module, node);
    case Space.type:
      return typeForm(source, module, node);
    case Space.table:
    case Space.memory:
    case Space.global:
      return plainType(source, node);
    case undefined:
      return subject.word === "export" || subject.word === "start" ? targetText(source, node) : "";
    default:
      return "";
  }
}

/** `[i32 i32] -> [i32]`, as the specification writes the type of a function. */
function signature(source: FieldText, module: BoundModule, node: number): string {
  const { field } = source;
  const typeUse = field.childOf(node, Node.typeUse);
  const parameters = typesIn(source, node, Node.param);
  const results = typesIn(source, node, Node.result);
  if (typeUse === undefined || parameters.length + results.length > 0) return `[${parameters.join(" ")}] -> [${results.join(" ")}]`;
  const index = module.names.resolve(Space.type, source, field.firstToken(typeUse) + 2);
  const written = index === undefined ? undefined : module.names.typeAt(index)?.signature;
  if (written === undefined) return textOf(source, typeUse);
  const [before = "", after = ""] = written.replace(/[{}]/g, "").split("->");
  return `[${before.trim()}] -> [${after.trim()}]`;
}

function typesIn(source: FieldText, node: number, kind: typeof Node.param | typeof Node.result): string[] {
  const { field } = source;
  const found: string[] = [];
  const end = field.nodeEnd(node);
  for (let child = node + 1; child < end && field.kindOf(child) < Node.plain; child = field.nodeEnd(child)) {
    if (field.kindOf(child) !== kind) continue;
    const first = (field.nameToken(child) ?? field.wordToken(child)) + 1;
    const text = tokensText(source, first, field.endToken(child) - 1);
    if (text !== "") found.push(text);
  }
  return found;
}

function typeForm(source: FieldText, module: BoundModule, node: number): string {
  const { field } = source;
  const form = field.childOf(node, Node.funcType);
  if (form !== undefined) return `func ${signature(source, module, form)}`;
  const other = node + 1 < field.nodeEnd(node) ? node + 1 : undefined;
  return other === undefined ? "" : textOf(source, other).slice(1, -1);
}

/** Limits and types of a table, memory or global: its own tokens and type forms, up to its first instruction. */
function plainType(source: FieldText, node: number): string {
  const { field } = source;
  const parts: string[] = [];
  let token = (field.nameToken(node) ?? field.wordToken(node)) + 1;
  const end = field.endToken(node) - 1;
  const nodesEnd = field.nodeEnd(node);
  let child = node + 1;
  while (token < end) {
    if (child < nodesEnd && field.firstToken(child) === token) {
      const kind = field.kindOf(child);
      if (kind >= Node.plain || kind === Node.inlineElem || kind === Node.inlineData) break;
      if (kind === Node.mutable || kind === Node.refType || kind === Node.pageSize) parts.push(textOf(source, child));
      token = field.endToken(child);
      child = field.nodeEnd(child);
    } else parts.push(source.tokenText(token++));
  }
  return parts.join(" ");
}

function targetText(source: FieldText, node: number): string {
  const target = source.field.childOf(node, Node.exportTarget);
  if (target !== undefined) return textOf(source, target);
  return source.field.tokenCount > 3 ? source.tokenText(2) : "";
}

function textOf(source: FieldText, node: number): string {
  return tokensText(source, source.field.firstToken(node), source.field.endToken(node));
}
