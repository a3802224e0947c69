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
import { isName, lastTokenFrom } from "./place.ts";
import { writtenName } from "./rename.ts";
import { exportsIn, writtenString } from "./script-names.ts";

/** An editor asks again when more characters are known. */
const mostItems = 1000;

/** The token that is being written, if one is, and the one before it. */
interface Written {
  readonly token: number | undefined;
  readonly before: number;
}

/** Items at a UTF-16 offset, and the span that they replace; `undefined` where no name of a script is written. */
export function scriptCompletions(
  document: WatDocument,
  offset: number,
): { readonly span: Span; readonly items: readonly CompletionItem[] } | undefined {
  const at = document.fieldAt(Math.max(0, offset - 1));
  const source = document.fieldText(at);
  const { field } = source;
  if (document.kind !== "wast" || field.kind !== Node.command) return undefined;
  const { token, before } = writtenAt(source, offset);
  // A string without its end is broken, and so is a `$` without a name.
  const isString = token !== undefined && source.text[source.startOf(token)] === '"';
  if (token !== undefined && !isString && source.text[source.startOf(token)] !== "$") return undefined;
  const names = (): ScriptNames => namesBefore(document, at);
  const isInstance = field.tags[before] === Word.instance || (isName(field.tags[before]) && field.tags[before - 1] === Word.instance);
  if (isInstance && !isString) return moduleItems(spanOf(source, token, offset), names().definitions);
  if (field.tags[before - 1] === Word.register && field.tags[before] === Token.string && !isString)
    return moduleItems(spanOf(source, token, offset), names().instances);
  const isNamed = isName(field.tags[before]);
  const action = field.tags[isNamed ? before - 1 : before];
  if (action !== Word.invoke && action !== Word.get) return undefined;
  const space = action === Word.invoke ? Space.func : Space.global;
  const { instances, current } = names();
  const module = isNamed ? instances.get(source.nameOf(before)) : current;
  if (isString) return exportItems(document, module, space, insideOf(source, token, offset), (name) => writtenString(name).slice(1, -1));
  const span = spanOf(source, token, offset);
  const modules = isNamed ? { span, items: [] } : moduleItems(span, instances);
  if (token !== undefined) return modules;
  return { span, items: [...modules.items, ...exportItems(document, module, space, span, writtenString).items] };
}

function writtenAt(source: FieldText, offset: number): Written {
  const { field, base } = source;
  const last = lastTokenFrom(field, offset - base - 1);
  if (last < 0) return { token: undefined, before: -1 };
  const tag = field.tags[last]!;
  const isUnclosed = tag === Token.broken && source.text[source.startOf(last)] === '"';
  const isOpen = isUnclosed || (tag === Token.string ? source.endOf(last) > offset : source.endOf(last) >= offset);
  const isWord = tag !== Token.leftParen && tag !== Token.rightParen;
  return isOpen && isWord ? { token: last, before: last - 1 } : { token: undefined, before: last };
}

function spanOf(source: FieldText, token: number | undefined, offset: number): Span {
  return token === undefined ? { start: offset, end: offset } : source.tokenSpan(token);
}

/** What is between the quotes of a string, which may lack its end. */
function insideOf(source: FieldText, token: number, offset: number): Span {
  const { start, end } = source.tokenSpan(token);
  return { start: start + 1, end: source.field.tags[token] === Token.string ? end - 1 : Math.max(offset, start + 1) };
}

function moduleItems(span: Span, modules: ReadonlyMap<string, NamedModule>): { readonly span: Span; readonly items: CompletionItem[] } {
  const items = Array.from(modules.keys(), (name): CompletionItem => ({
    label: writtenName(name),
    kind: "entry",
    detail: "module",
    rank: 0,
  }));
  return { span, items: items.slice(0, mostItems) };
}

function exportItems(
  document: WatDocument,
  module: NamedModule | undefined,
  wanted: Space,
  span: Span,
  written: (name: string) => string,
): { readonly span: Span; readonly items: CompletionItem[] } {
  const text = module?.text;
  if (text === undefined) return { span, items: [] };
  const { environment } = document.viewOf(text);
  const found = exportsIn(document, text)
    .filter(({ space }) => space === wanted)
    .slice(0, mostItems);
  const items = found.map(({ name, index }): CompletionItem => {
    const item = { label: written(name), kind: wanted === Space.func ? "function" : "variable", rank: 0 } as const;
    const type = wanted === Space.func ? environment.types.function(environment.functions[index] ?? -1) : undefined;
    return type === undefined
      ? item
      : { ...item, detail: `${environment.types.listText(type.params)} -> ${environment.types.listText(type.results)}` };
  });
  return { span, items };
}
