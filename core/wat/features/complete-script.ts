/** What can be written in the commands of a script: names of modules, and of what they export. */
import type { Span } from "#core/text/positions.ts";
import type { WatDocument } from "../document.ts";
import { Space } from "../field.ts";
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import { namesBefore } from "../script/names.ts";
import type { NamedModule, ScriptNames } from "../script/names.ts";
import { Token, Word } from "../token.ts";
import type { CompletionItem } from "./completion-item.ts";
import { cursorPlace } from "./cursor-place.ts";
import { isName, lastTokenFrom } from "./place.ts";
import { writtenName } from "./rename.ts";
import { exportsIn, writtenString } from "./script-names.ts";

/** An editor asks again when more characters are known. */
const mostItems = 1000;

/** Items at a UTF-16 offset, and the span that they replace; `undefined` where no name of a script is written. */
export function scriptCompletions(document: WatDocument, offset: number): Items | undefined {
  if (document.kind !== "wast") return undefined;
  const written = stringAround(document, offset) ?? nameBefore(document, offset);
  if (written === undefined || written.source.field.kind !== Node.command) return undefined;
  const { at, source, before, span, isString, isBegun } = written;
  const { tags } = source.field;
  const names = (): ScriptNames => namesBefore(document, at);
  const isInstance = tags[before] === Word.instance || (isName(tags[before]) && tags[before - 1] === Word.instance);
  if (isInstance && !isString) return { span, items: moduleItems(names().definitions) };
  if (tags[before - 1] === Word.register && tags[before] === Token.string && !isString)
    return { span, items: moduleItems(names().instances) };
  const isNamed = isName(tags[before]);
  const action = tags[isNamed ? before - 1 : before];
  if (action !== Word.invoke && action !== Word.get) return undefined;
  const space = action === Word.invoke ? Space.func : Space.global;
  const { instances, current } = names();
  const module = isNamed ? instances.get(source.nameOf(before)) : current;
  if (isString) return { span, items: exportItems(document, module, space, (name) => writtenString(name).slice(1, -1)) };
  const modules = isNamed ? [] : moduleItems(instances);
  return { span, items: isBegun ? modules : [...modules, ...exportItems(document, module, space, writtenString)] };
}

interface Items {
  readonly span: Span;
  readonly items: readonly CompletionItem[];
}

/** What is being written. */
interface Written {
  /** Place of its field in the document. */
  readonly at: number;
  readonly source: FieldText;
  /** The token before it. */
  readonly before: number;
  /** What is replaced. */
  readonly span: Span;
  readonly isString: boolean;
  /** Whether something of it is there. */
  readonly isBegun: boolean;
}

/** The string around an offset, without its quotes; it may lack its end. */
function stringAround(document: WatDocument, offset: number): Written | undefined {
  const at = document.fieldAt(Math.max(0, offset - 1));
  const source = document.fieldText(at);
  const { field, base } = source;
  const token = lastTokenFrom(field, offset - base - 1);
  if (token < 0 || source.text[source.startOf(token)] !== '"') return undefined;
  const { start, end } = source.tokenSpan(token);
  const isClosed = field.tags[token] === Token.string;
  if (end < offset || (isClosed && end === offset)) return undefined;
  const span = { start: start + 1, end: isClosed ? end - 1 : offset };
  return { at, source, before: token - 1, span, isString: true, isBegun: true };
}

/** A name with its `$`, or nothing yet. */
function nameBefore(document: WatDocument, offset: number): Written | undefined {
  const place = cursorPlace(document, offset);
  if (place === undefined || place.isHead || (place.prefix !== "" && !place.prefix.startsWith("$"))) return undefined;
  const { at, source, before, word, prefix } = place;
  return { at, source, before, span: word, isString: false, isBegun: prefix !== "" };
}

function moduleItems(modules: ReadonlyMap<string, NamedModule>): CompletionItem[] {
  const items = Array.from(modules.keys(), (name): CompletionItem => ({
    label: writtenName(name),
    kind: "entry",
    detail: "module",
    rank: 0,
  }));
  return items.slice(0, mostItems);
}

function exportItems(
  document: WatDocument,
  module: NamedModule | undefined,
  wanted: Space,
  written: (name: string) => string,
): CompletionItem[] {
  const text = module?.text;
  if (text === undefined) return [];
  const { environment } = document.viewOf(text);
  const found = exportsIn(document, text).filter(({ space }) => space === wanted);
  return found.slice(0, mostItems).map(({ name, index }): CompletionItem => {
    const item = { label: written(name), kind: wanted === Space.func ? "function" : "variable", rank: 0 } as const;
    const type = wanted === Space.func ? environment.types.function(environment.functions[index] ?? -1) : undefined;
    if (type === undefined) return item;
    return { ...item, detail: `${environment.types.listText(type.params)} -> ${environment.types.listText(type.results)}` };
  });
}
