/** Lints of definitions, which need to know what all of the module uses. */
import { spaceWords, type BoundModule } from "../bind.ts";
import { definitionsOf } from "../definitions.ts";
import type { WatDocument } from "../document.ts";
import { Space } from "../field.ts";
import type { FieldText } from "../field.ts";
import { Trivia } from "../lexer.ts";
import { LintHint } from "../lint-hint.ts";
import { Node } from "../node.ts";
import { Token } from "../token.ts";
import type { LintFinding } from "./finding.ts";
import { nameIn, tokensSpan } from "./lint.ts";
import { ModuleUses } from "./module-uses.ts";
import { unusedParameters } from "./parameters.ts";

export interface PlacedFinding {
  /** Place of the field in the document. */
  readonly at: number;
  readonly finding: LintFinding;
}

export function moduleLints(document: WatDocument, module: BoundModule): PlacedFinding[] {
  const found: PlacedFinding[] = [];
  const uses = new ModuleUses(document, module);
  const counts: number[] = [];
  let deprecated: Map<string, string> | undefined;
  const exported = exportedEntries(document, module);
  for (let at = module.first; at < module.end; at++) {
    const source = document.fieldText(at);
    const { entries, exports } = definitionsOf(source);
    const why = deprecation(source);
    for (let place = 0; place < entries.length; place++) {
      const { space, name, token } = entries[place]!;
      const index = counts[space] ?? 0;
      counts[space] = index + 1;
      if (why !== undefined && place === 0) (deprecated ??= new Map<string, string>()).set(`${space} ${index}`, why);
      if ((place === 0 && exports.length > 0) || exported[space]?.has(index) === true) continue;
      const isUsed = uses.isUsed(space, index);
      const mayHaveUnused = place === 0 && space === Space.func && (source.field.hints & LintHint.parameters) !== 0;
      if (mayHaveUnused && uses.isOnlyCalled(index)) for (const finding of unusedParameters(source)) found.push({ at, finding });
      if (!isUsed && name?.startsWith("_") !== true && mayBeUnused(source, space, place))
        found.push({ at, finding: unused(source, space, token) });
      else if (isUsed && space === Space.global && !uses.isSet(index)) needlessMut(source, at, found);
    }
  }
  if (deprecated !== undefined) for (let at = module.first; at < module.end; at++) deprecatedUses(document, module, at, deprecated, found);
  if (module.opening === undefined && document.kind === "wat") implicitModule(document, module, found);
  return found;
}

/** By space, the indices of what fields of their own export. */
function exportedEntries(document: WatDocument, { first, end, names }: BoundModule): readonly (ReadonlySet<number> | undefined)[] {
  const found: (Set<number> | undefined)[] = [];
  for (let at = first; at < end; at++) {
    if (document.fields[at]!.kind !== Node.exportField) continue;
    for (const { target } of definitionsOf(document.fieldText(at)).exports) {
      if (target === undefined) continue;
      const { space, entry } = target;
      (found[space] ??= new Set<number>()).add(typeof entry === "number" ? entry : (names.indexOf(space, entry) ?? -1));
    }
  }
  return found;
}

/** Whether it says anything that nothing refers to an entry. */
function mayBeUnused({ field }: FieldText, space: Space, place: number): boolean {
  switch (space) {
    case Space.data:
      // An active segment does its work when the module is instantiated.
      return place === 0 && field.kind === Node.dataField && field.childOf(0, Node.offset) === undefined;
    case Space.elem:
      return false;
    case Space.type:
      // The other types of a group make a type what it is.
      return field.kind !== Node.recField;
    default:
      return true;
  }
}

function unused(source: FieldText, space: Space, token: number): LintFinding {
  const { tags } = source.field;
  const isNamed = tags[token] === Token.name || tags[token] === Token.quotedName;
  const [word] = spaceWords[space]!;
  const what = isNamed ? `The ${word} \`${nameIn(source, token)}\`` : `This ${word}`;
  return { code: "unused", message: `${what} is neither used nor exported.`, ...tokensSpan(source, token, token + 1) };
}

function needlessMut(source: FieldText, at: number, found: PlacedFinding[]): void {
  const { field } = source;
  if (field.kind !== Node.globalField || field.childOf(0, Node.inlineImport) !== undefined) return;
  const mutable = field.childOf(0, Node.mutable);
  if (mutable === undefined) return;
  const span = tokensSpan(source, field.firstToken(mutable), field.endToken(mutable));
  const inner = tokensSpan(source, field.firstToken(mutable) + 2, field.endToken(mutable) - 1);
  const text = source.field.text.slice(inner.start, inner.end);
  const fix = { title: "Remove `mut`", edits: [{ ...span, text }], isForAll: true };
  found.push({ at, finding: { code: "needless-mut", message: "Nothing sets this global: it need not be mutable.", ...span, fix } });
}

/** What `(@deprecated "why")` in front of a field says. */
function deprecation({ field }: FieldText): string | undefined {
  const first = field.spans[0] ?? 0;
  for (let at = 0; at < field.trivia.length && field.trivia[at + 1]! < first; at += 3) {
    if (field.trivia[at] !== Trivia.annotation) continue;
    const annotation = /^\(@deprecated(?:\s+"([^"]*)")?\s*\)$/u.exec(field.text.slice(field.trivia[at + 1], field.trivia[at + 2]));
    if (annotation !== null) return annotation[1] ?? "";
  }
  return undefined;
}

function deprecatedUses(
  document: WatDocument,
  module: BoundModule,
  at: number,
  deprecated: ReadonlyMap<string, string>,
  found: PlacedFinding[],
): void {
  const source = document.fieldText(at);
  const { references } = source.field;
  for (let reference = 0; reference < references.length; reference += 2) {
    const space = references[reference]!;
    const token = references[reference + 1]!;
    if (space >= Space.structField) continue;
    const why = deprecated.get(`${space} ${module.names.resolve(space as Space, source, token) ?? -1}`);
    if (why === undefined) continue;
    const message = `\`${nameIn(source, token)}\` is deprecated${why === "" ? "." : `: ${why}`}`;
    found.push({ at, finding: { code: "deprecated", message, ...tokensSpan(source, token, token + 1) } });
  }
}

function implicitModule(document: WatDocument, module: BoundModule, found: PlacedFinding[]): void {
  const source = document.fieldText(module.first);
  if (source.field.tokenCount < 2) return;
  const message = "The fields of this module stand without `(module ...)` around them.";
  found.push({ at: module.first, finding: { code: "implicit-module", message, ...tokensSpan(source, 1, 2) } });
}
