/** Names in the commands of a script, as symbols: where they are defined and used, and other names for them. */
import type { BoundModule } from "../bind.ts";
import { definitionsOf } from "../definitions.ts";
import type { WatDocument, WatEdit } from "../document.ts";
import { Node } from "../node.ts";
import { exportToken, scriptNames } from "../script/names.ts";
import type { ScriptSymbol, TokenAt } from "../script/names.ts";
import { Token } from "../token.ts";
import { isName, moduleOf, tokenAt } from "./place.ts";
import type { TokenPlace } from "./place.ts";
import type { Occurrence } from "./symbol.ts";

/** The name of a module, registration or export at a UTF-16 offset of a script. */
export function scriptSymbolAt(
  document: WatDocument,
  offset: number,
): { readonly symbol: ScriptSymbol; readonly place: TokenPlace } | undefined {
  if (document.kind !== "wast") return undefined;
  const place = tokenAt(document, offset);
  if (place === undefined) return undefined;
  const { at, source, token } = place;
  const { field } = source;
  const isOutside = field.kind === Node.command || field.kind === Node.opening;
  if (field.tags[token] !== Token.string && !(isOutside && isName(field.tags[token]))) return undefined;
  const names = scriptNames(document);
  const isHere = (other: TokenAt | undefined): boolean => other?.at === at && other.token === token;
  const module = names.modules.find(({ name }) => isHere(name));
  if (module !== undefined) return { symbol: { kind: "module", module }, place };
  const registration = names.registrations.find(({ name }) => isHere(name));
  if (registration !== undefined) return { symbol: { kind: "registration", registration }, place };
  const use = names.uses.find((other) => isHere(other));
  const symbol = use?.symbol ?? exportAt(document, place);
  return symbol === undefined ? undefined : { symbol, place };
}

/** An export where it is written. */
function exportAt(document: WatDocument, { at, source, token }: TokenPlace): ScriptSymbol | undefined {
  const text = moduleOf(document, at);
  if (text === undefined || at < text.first || at >= text.end) return undefined;
  const own = definitionsOf(source).exports.find((other) => other.token === token);
  return own === undefined ? undefined : { kind: "export", text, name: own.name };
}

/** The token that defines what a name means; `undefined` where no text does. */
export function scriptDefinition(document: WatDocument, symbol: ScriptSymbol): TokenAt | undefined {
  if (symbol.kind === "module") return symbol.module.name;
  return symbol.kind === "registration" ? symbol.registration.name : exportToken(document, symbol.text, symbol.name);
}

/** All tokens that stand for the same, in the order of the text. */
export function scriptOccurrences(document: WatDocument, symbol: ScriptSymbol): Occurrence[] {
  const definition = scriptDefinition(document, symbol);
  const found: Occurrence[] = definition === undefined ? [] : [{ ...definition, role: "definition" }];
  for (const { at, token, symbol: other } of scriptNames(document).uses) if (isSame(symbol, other)) found.push({ at, token, role: "read" });
  return found.sort((left, right) => left.at - right.at || left.token - right.token);
}

function isSame(left: ScriptSymbol, right: ScriptSymbol): boolean {
  switch (left.kind) {
    case "module":
      return right.kind === "module" && right.module === left.module;
    case "registration":
      return right.kind === "registration" && right.registration === left.registration;
    case "export":
      return right.kind === "export" && right.text === left.text && right.name === left.name;
  }
}

/** Why a name of a script cannot become another; `name` without `$` and quotes. */
export function scriptNameConflict(document: WatDocument, symbol: ScriptSymbol, name: string): string | undefined {
  const names = scriptNames(document);
  switch (symbol.kind) {
    case "module": {
      const isTaken = names.modules.some(
        (other) => other !== symbol.module && other.name !== undefined && nameAt(document, other.name) === name,
      );
      return isTaken ? `This script has another module \`$${name}\`.` : undefined;
    }
    case "registration": {
      const isTaken = names.registrations.some((other) => other !== symbol.registration && nameAt(document, other.name) === name);
      return isTaken ? `Another module is registered as ${JSON.stringify(name)}.` : undefined;
    }
    case "export":
      return symbol.name !== name && symbol.text.names.exported(name) !== undefined
        ? `The module has another export ${JSON.stringify(name)}.`
        : undefined;
  }
}

/** What a name or string means. */
function nameAt(document: WatDocument, { at, token }: TokenAt): string | undefined {
  const source = document.fieldText(at);
  return source.field.tags[token] === Token.string ? source.stringOf(token) : source.nameOf(token);
}

/** Edits that write another name everywhere; `written` as it stands in the text, with `$` or in quotes. */
export function scriptRenaming(document: WatDocument, symbol: ScriptSymbol, written: string): WatEdit[] {
  return scriptOccurrences(document, symbol).map(({ at, token }) => ({ span: document.fieldText(at).tokenSpan(token), text: written }));
}

/** A name as a string of the text format. Source: WebAssembly 3.0, 6.3.3 "Strings". */
export function writtenString(name: string): string {
  const escaped = Array.from(name, (character) => {
    if (character === '"' || character === "\\") return `\\${character}`;
    const code = character.codePointAt(0)!;
    return code < 0x20 || code === 0x7f ? `\\${code.toString(16).padStart(2, "0")}` : character;
  });
  return `"${escaped.join("")}"`;
}

/** Exports of a module, as far as its text has them, with the space of each. */
export function exportsIn(
  document: WatDocument,
  text: BoundModule,
): { readonly name: string; readonly space: number; readonly index: number }[] {
  const found: { readonly name: string; readonly space: number; readonly index: number }[] = [];
  for (let at = text.first; at < text.end; at++)
    for (const { name } of definitionsOf(document.fieldText(at)).exports) {
      const meant = text.names.exported(name);
      if (meant?.index !== undefined) found.push({ name, space: meant.space, index: meant.index });
    }
  return found;
}
