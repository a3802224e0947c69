/** A WAT or WAST text with its tokens, trees and problems, and what of them an edit leaves as it is. */
import { LineIndex } from "#core/text/line-index.ts";
import type { Span } from "#core/text/positions.ts";
import { TextPieces } from "#core/text/text-pieces.ts";
import { bindModules, spaceWords } from "./bind.ts";
import type { BoundModule, ModuleNames, Place } from "./bind.ts";
import { ModuleCheck, problemsAt } from "./check/module-check.ts";
import type { CheckedModule } from "./check/module-check.ts";
import type { ModuleView } from "./check/module-view.ts";
import { unmetExpectation } from "./check/expectation.ts";
import type { TextFinding } from "./check/embedded.ts";
import type { ResolvedField } from "./field-notes.ts";
import { FieldText, Scope } from "./field.ts";
import type { Field, TextHolder } from "./field.ts";
import { typeCountOf } from "./implicit-types.ts";
import { Node } from "./node.ts";
import { parsePiece } from "./parse/parse-piece.ts";
import type { WatAdvice } from "./lints/finding.ts";
import type { PlacedProblem, WatCode } from "./problem.ts";
import { resolveField } from "./resolve.ts";
import { Role, Splitter } from "./split.ts";
import { exportsOf, unknownExports } from "./script/module-exports.ts";
import type { ExportLookup } from "./script/export-lookup.ts";
import { scriptProblems } from "./script/problems.ts";
import { Token, wordOf } from "./token.ts";
import type { Language } from "./split.ts";
import type { OldTokens } from "./lexer.ts";

/** Something wrong with a text, to be shown to its author. Offsets count UTF-16 units from the start of the text. */
export interface WatProblem {
  readonly code: WatCode;
  readonly message: string;
  readonly span: Span;
  /** Places that have to do with it. */
  readonly related?: readonly Related[];
  /** Whether the text means something all the same. */
  readonly isWarning?: true;
}

export interface Related {
  readonly message: string;
  readonly span: Span;
}

/** A change of a text: what stands at `span` is replaced. */
export interface WatEdit {
  readonly span: Span;
  readonly text: string;
}

/** Fewer are read again as fast as they are found. */
const tokensWorthKeeping = 50;

/** More problems than this in one text help nobody. */
const problemLimit = 1000;

/** UTF-16 units behind a change in which the fields are looked for that it has not reached, at first. */
const lookAhead = 2_000;

/** What changes cover together. Offsets in the old text; what is behind `oldEnd` has moved by `delta`. */
interface Change {
  readonly start: number;
  readonly oldEnd: number;
  readonly delta: number;
}

/** The fields of a text and where they start. */
interface Fields {
  readonly fields: readonly Field[];
  readonly starts: Uint32Array;
}

/** Immutable. An edit gives a new document that shares all fields which it did not touch. */
export class WatDocument implements TextHolder {
  readonly #pieces: TextPieces;
  readonly kind: Language;
  readonly lines: LineIndex;
  /** Pieces of the text in order, without gaps; the last one holds what follows the last token. */
  readonly fields: readonly Field[];
  /** Offset in the text at which each field starts, white space before it included. */
  readonly starts: Uint32Array;
  /** Modules of the text: one in a `.wat` file, any number in a `.wast` file. */
  readonly modules: readonly BoundModule[];
  /** What lints say of the text, once `lints/` has been asked. */
  advice: readonly WatAdvice[] | undefined;
  #problems: readonly WatProblem[] | undefined;
  /** Numbers of types of the modules for which that hangs on bodies. */
  #typeCounts: Map<ModuleNames, number> | undefined;
  /** Of each module what has been found in it; what the document before has found, until this one is checked. */
  #checked: readonly (CheckedModule | undefined)[];
  /** Of {@link advance}: what has been found by number of the module, and the checks that rest. */
  readonly #finished: (CheckedModule | undefined)[] = [];
  readonly #pending: (ModuleCheck | undefined)[] = [];

  private constructor(pieces: TextPieces, kind: Language, lines: LineIndex, { fields, starts }: Fields, before: WatDocument | undefined) {
    this.#pieces = pieces;
    this.kind = kind;
    this.lines = lines;
    this.fields = fields;
    this.starts = starts;
    this.modules = bindModules(this, fields, starts, before?.modules ?? []);
    this.#checked = before === undefined ? [] : before.#checked;
  }

  /** Reads a whole text. */
  static open(text: string, kind: Language): WatDocument {
    return new WatDocument(TextPieces.of(text), kind, new LineIndex(text), readAll(text, kind), undefined);
  }

  get text(): string {
    return this.#pieces.toString();
  }

  /** The same, for who looks at parts of it only: see {@link TextHolder}. */
  get pieces(): TextPieces {
    return this.#pieces;
  }

  /**
   * The document after some changes, as if its new text had been opened, but reading only the fields that the changes reach. The changes
   * apply one after another: the span of each counts in the text that the one before has left.
   */
  edit(changes: readonly WatEdit[]): WatDocument {
    if (changes.length === 0) return this;
    let pieces = this.#pieces;
    let { lines } = this;
    // What the changes cover together: from `start`, up to `end` behind which the old text goes on unchanged, shifted.
    let start = Number.POSITIVE_INFINITY;
    let tail = Number.POSITIVE_INFINITY;
    for (const { span, text: inserted } of changes) {
      start = Math.min(start, span.start);
      tail = Math.min(tail, pieces.length - span.end);
      pieces = pieces.edited(span.start, span.end, inserted);
      lines = lines.edited(span, inserted, pieces);
    }
    const { length } = this.#pieces;
    const touched = { start, oldEnd: Math.max(start, length - tail), delta: pieces.length - length };
    return new WatDocument(pieces, this.kind, lines, this.#reread(pieces, touched), this);
  }

  /** Access to the text of a field's tokens. `index` is its place in {@link fields}. */
  fieldText(index: number): FieldText {
    return new FieldText(this.fields[index]!, this, this.starts[index]!);
  }

  /** Place in {@link fields} of the field that has the UTF-16 offset; an offset between two fields belongs to the second. */
  fieldAt(offset: number): number {
    let low = 0;
    let high = this.fields.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** What is wrong with the text, in its order; at most 1 000 findings. */
  problems(): readonly WatProblem[] {
    this.#problems ??= this.#findProblems(true);
    return this.#problems;
  }

  /**
   * Does a part of the work of {@link problems}: checks about `limit` instructions. Returns whether nothing is left that would take long, so
   * that work can rest, and need not be finished for a text that has changed.
   */
  advance(limit: number): boolean {
    if (this.#problems !== undefined) return true;
    for (let number = 0; number < this.modules.length; number++) {
      const module = this.modules[number]!;
      if (!module.isWhole || this.#finished[number] !== undefined) continue;
      this.#finished[number] = this.#check(number).run(limit);
      if (this.#finished[number] === undefined) return false;
      this.#pending[number] = undefined;
    }
    return true;
  }

  /** A module as its bodies see it; bodies need not have been checked for it. */
  viewOf(module: BoundModule): ModuleView {
    const number = this.modules.indexOf(module);
    // What is known of each module is that of this text once its problems have been found.
    const checked = this.#finished[number] ?? (this.#problems === undefined ? undefined : this.#checked[number]);
    return checked !== undefined && module.isWhole ? checked.view : this.#check(number).view;
  }

  /** The check of a module that is not finished yet. */
  #check(number: number): ModuleCheck {
    return (this.#pending[number] ??= new ModuleCheck(this.#moduleSource(this.modules[number]!), this.#checked[number]));
  }

  /** What the first module exports; nothing is known of it where something is wrong. */
  exports(): ExportLookup {
    return this.problems().length > 0 || this.modules.length === 0 ? unknownExports : this.#exports(0);
  }

  /** As {@link problems}, but only syntax errors and unknown names: whether the modules are valid is not looked at. */
  syntaxProblems(): readonly WatProblem[] {
    return this.#findProblems(false);
  }

  #findProblems(validates: boolean): readonly WatProblem[] {
    const found: WatProblem[] = [];
    this.fields.forEach((field, at) => {
      if (field.problems.length > 0 && field.scope !== Scope.rejectedModule) this.#place(field.problems, at, found);
    });
    this.#structureProblems(found);
    if (validates) this.#validate(found);
    else for (const module of this.modules) if (!module.isRejected) this.#nameProblems(module, found);
    return withoutSwallowed(found)
      .sort((left, right) => left.span.start - right.span.start || left.span.end - right.span.end)
      .slice(0, problemLimit);
  }

  /** Adds what is wrong with the modules. */
  #validate(found: WatProblem[]): void {
    const checked: (CheckedModule | undefined)[] = [];
    this.modules.forEach((module, number) => {
      const own = module.isRejected ? [] : found;
      checked[number] = this.#moduleProblems(module, number, own);
      if (module.isRejected) this.#expectation(module, own, found);
    });
    this.#checked = checked;
    if (this.kind === "wast") this.#scriptProblems(found);
  }

  /** What the names and indices of a field of a module mean; `undefined` where it has none. */
  resolved(module: BoundModule, at: number): ResolvedField | undefined {
    const field = this.fields[at]!;
    if (field.references.length === 0 && field.checkedTypeUses.length === 0) return undefined;
    const { notes } = field;
    const known = notes.resolved;
    const isKnown = known?.names === module.names && (known.typeCount === undefined || known.typeCount === this.#typeCount(module));
    if (isKnown) return known;
    notes.resolved = resolveField(this.fieldText(at), module.names, () => this.#typeCount(module));
    return notes.resolved;
  }

  /** Number of types of a module. Those that uses imply come from bodies, which the names do not know of. */
  #typeCount(module: BoundModule): number {
    this.#typeCounts ??= new Map<ModuleNames, number>();
    const count = this.#typeCounts.get(module.names) ?? typeCountOf(this.#fieldTexts(module), module.names);
    this.#typeCounts.set(module.names, count);
    return count;
  }

  #moduleSource({ first, end, names }: BoundModule): ConstructorParameters<typeof ModuleCheck>[0] {
    return { fields: this.fields.slice(first, end), names, textAt: (place) => this.fieldText(first + place) };
  }

  *#fieldTexts(module: BoundModule): Iterable<FieldText> {
    for (let at = module.first; at < module.end; at++) yield this.fieldText(at);
  }

  /** Adds what is wrong with a module beside the syntax of its fields. Returns what is known of it, if it could be checked. */
  #moduleProblems(module: BoundModule, number: number, found: WatProblem[]): CheckedModule | undefined {
    const before = this.#checked[number];
    this.#nameProblems(module, found);
    // What has been found is kept for when the module can be read again.
    if (!module.isWhole) return before;
    const checked = this.#finished[number] ?? this.#check(number).run(Number.POSITIVE_INFINITY)!;
    this.#pending[number] = undefined;
    for (let at = module.first; at < module.end; at++) this.#place(problemsAt(checked, at - module.first), at, found, module);
    return checked;
  }

  /** Adds problems whose offsets count from the start of the field at `at`. `module`: what they are about is looked up in it. */
  #place(problems: readonly PlacedProblem[], at: number, found: WatProblem[], module?: BoundModule): void {
    for (const problem of problems) {
      if (found.length >= problemLimit) return;
      const definition = module === undefined ? undefined : this.#definition(problem, module);
      found.push(placed(problem, this.starts[at]!, definition));
    }
  }

  /** Where that is defined which a problem is about. */
  #definition({ about }: PlacedProblem, module: BoundModule): Related | undefined {
    const place = about === undefined ? undefined : module.names.placeOf(about.space, about.index);
    if (about === undefined || place === undefined) return undefined;
    const field = this.fields[module.first + place.field]!;
    const isNamed = field.tags[place.token] === Token.name || field.tags[place.token] === Token.quotedName;
    const what = isNamed
      ? `\`${this.fieldText(module.first + place.field).tokenText(place.token)}\``
      : capitalized(`${spaceWords[about.space]![0]} ${about.index}`);
    return { message: `${what} is defined here.`, span: this.#spanIn(module, place) };
  }

  #spanIn(module: BoundModule, { field, token }: Place): Span {
    return this.fieldText(module.first + field).tokenSpan(token);
  }

  /** Adds a problem where a module that a script says is wrong is right, or wrong for another reason. */
  #expectation(module: BoundModule, own: WatProblem[], found: WatProblem[]): void {
    const closing = this.fields[module.end + 1];
    const opening = module.opening === undefined ? undefined : this.fields[module.opening - 1];
    const isComplete = closing?.kind === Node.closing && closing.tags[0] === Token.string && opening?.kind === Node.opening;
    if (!isComplete) return;
    for (let at = module.opening!; at < module.end; at++) this.#place(this.fields[at]!.problems, at, own);
    const message = this.fieldText(module.end + 1);
    const unmet = unmetExpectation(wordOf(opening.tags[1]!)!, message.stringOf(0) ?? "", own);
    if (unmet !== undefined) found.push({ code: "unmet-expectation", message: unmet, span: message.tokenSpan(0), isWarning: true });
  }

  /** Adds what is wrong with the commands of a script. */
  #scriptProblems(found: WatProblem[]): void {
    const { fields, modules } = this;
    const fieldText = (at: number): FieldText => this.fieldText(at);
    const exportsOfNumber = (number: number): ExportLookup => this.#exports(number);
    scriptProblems({ fields, modules, fieldText, exportsOf: exportsOfNumber, read: readModuleText }, (problems, at) =>
      this.#place(problems, at, found),
    );
  }

  /** Exports of the module with a number. */
  #exports(number: number): ExportLookup {
    const module = this.modules[number]!;
    const checked = this.#checked[number];
    if (!module.isWhole || checked === undefined) return unknownExports;
    const isRead = this.fields.slice(module.first, module.end).every(({ problems }) => problems.length === 0);
    return isRead ? exportsOf(module.names, checked.view) : unknownExports;
  }

  /** Adds what is defined twice and what is not defined. */
  #nameProblems(module: BoundModule, found: WatProblem[]): void {
    for (const { code, message, place, related } of module.names.problems) {
      const span = this.#spanIn(module, place);
      if (related === undefined) found.push({ code, message, span });
      else found.push({ code, message, span, related: [{ message: firstOne(code), span: this.#spanIn(module, related) }] });
    }
    if (!module.isWhole) return;
    for (let at = module.first; at < module.end && found.length < problemLimit; at++)
      this.#place(this.resolved(module, at)?.problems ?? none, at, found, module);
  }

  /** Modules that have no `)`, and modules that a text has too many. */
  #structureProblems(found: WatProblem[]): void {
    const open: number[] = [];
    this.fields.forEach((field, at) => {
      if (field.kind === Node.opening) open.push(at);
      else if (field.kind === Node.closing) {
        const opening = open.pop();
        if (field.tokenCount === 0 && opening !== undefined) found.push(this.#unclosed(opening));
      }
    });
    for (const opening of open) found.push(this.#unclosed(opening));
    const extra = this.kind === "wat" ? this.modules[1] : undefined;
    if (extra === undefined) return;
    const at = extra.opening ?? extra.first;
    const span = this.fieldText(at).nodeSpan(0);
    const message =
      "A `.wat` file holds one module. Put this into the first module, or into a file of its own; a `.wast` script may hold several.";
    found.push({ code: "multiple-modules", message, span: { start: span.start, end: Math.min(span.end, this.#wordEnd(at)) } });
  }

  #wordEnd(at: number): number {
    return this.fieldText(at).endOf(1);
  }

  #unclosed(opening: number): WatProblem {
    const source = this.fieldText(opening);
    const span = { start: source.startOf(0), end: source.endOf(1) };
    return { code: "unclosed-paren", message: `\`(${source.tokenText(1)}\` has no matching \`)\`.`, span };
  }

  /** Tokens of a large field that holds a whole change: reading all of them again would take long. The field's start is their base. */
  #tokensToKeep(at: number, { start, oldEnd, delta }: Change): OldTokens | undefined {
    const { tags, spans, trivia, tokenCount, length, hasLexicalProblems } = this.fields[at]!;
    const base = this.starts[at]!;
    if (hasLexicalProblems || tokenCount < tokensWorthKeeping || oldEnd > base + length) return undefined;
    return { tags, spans, trivia, count: tokenCount, base: 0, start: start - base, end: oldEnd - base, delta };
  }

  /** Fields of the new text: the old ones up to the change, new ones until a boundary of old ones is met, then the old ones. */
  #reread(pieces: TextPieces, change: Change): Fields {
    let first = this.fieldAt(change.start);
    while (first > 0 && this.starts[first - 1]! + this.fields[first - 1]!.reach >= change.start) first--;
    const base = this.starts[first]!;
    for (let ahead = lookAhead; ; ahead *= 8) {
      const behind = this.fieldAt(change.oldEnd) + 1;
      const end = Math.min(pieces.length, (this.starts[behind] ?? pieces.length) + change.delta + ahead);
      const read = this.#readPart(pieces.slice(base, end), first, change, end === pieces.length);
      if (read) return read;
    }
  }

  /**
   * As {@link #reread}, from `part` of the new text, which begins with the field `first`. `undefined` where it does not have all that is to
   * be looked at.
   */
  #readPart(part: string, first: number, change: Change, hasEnd: boolean): Fields | undefined {
    const { oldEnd, delta } = change;
    const base = this.starts[first]!;
    const tokens = this.#tokensToKeep(first, change);
    const splitter = new Splitter(part, this.kind, 0, this.fields[first]!.scope, tokens);
    const fresh: Field[] = [];
    const freshStarts: number[] = [];
    let old = first;
    for (;;) {
      const start = splitter.position;
      const piece = splitter.next();
      if (!hasEnd && start + piece.reach > part.length) return undefined;
      fresh.push(parsePiece(piece, part, start));
      freshStarts.push(base + start);
      if (piece.role === Role.end) {
        old = this.fields.length;
        break;
      }
      const position = base + splitter.position;
      while (old < this.fields.length && (this.starts[old]! < oldEnd || this.starts[old]! + delta < position)) old++;
      const meets = old < this.fields.length && this.starts[old]! + delta === position && this.fields[old]!.scope === splitter.scope;
      if (meets && this.starts[old]! >= oldEnd) break;
    }
    const kept = this.fields.length - old;
    const starts = new Uint32Array(first + fresh.length + kept);
    starts.set(this.starts.subarray(0, first));
    starts.set(freshStarts, first);
    for (let at = 0; at < kept; at++) starts[first + fresh.length + at] = this.starts[old + at]! + delta;
    return { fields: [...this.fields.slice(0, first), ...fresh, ...this.fields.slice(old)], starts };
  }
}

const none: readonly PlacedProblem[] = [];

/** What is wrong with the text of one module, and what the module exports. */
function readModuleText(text: string): { readonly problems: readonly TextFinding[]; readonly exports: ExportLookup } {
  const document = WatDocument.open(text, "wat");
  const problems = document.problems().map(({ code, message, span }) => ({ code, message, offset: span.start }));
  return { problems, exports: document.exports() };
}

function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function firstOne(code: WatCode): string {
  return code === "import-after-definition" ? "This is defined before the import." : "The first one is here.";
}

function placed({ code, message, start, end, related }: PlacedProblem, base: number, definition: Related | undefined): WatProblem {
  const span = { start: base + start, end: base + end };
  const problem = code === "unmet-expectation" ? { code, message, span, isWarning: true as const } : { code, message, span };
  const places: Related[] = [];
  if (related !== undefined) places.push({ message: related.message, span: { start: base + related.start, end: base + related.end } });
  if (definition !== undefined) places.push(definition);
  return places.length === 0 ? problem : { ...problem, related: places };
}

const swallowing: ReadonlySet<WatCode> = new Set<WatCode>(["unclosed-comment", "unclosed-annotation", "unclosed-string"]);

/** A comment, annotation or string without end takes the parentheses behind it, which are then not worth a message of their own. */
function withoutSwallowed(problems: WatProblem[]): WatProblem[] {
  const hasSwallowed = problems.some(({ code }) => swallowing.has(code));
  return hasSwallowed ? problems.filter(({ code }) => code !== "unclosed-paren") : problems;
}

function readAll(text: string, kind: Language): Fields {
  const splitter = new Splitter(text, kind, 0, Scope.top);
  const fields: Field[] = [];
  const starts: number[] = [];
  for (;;) {
    const base = splitter.position;
    const piece = splitter.next();
    fields.push(parsePiece(piece, text, base));
    starts.push(base);
    if (piece.role === Role.end) return { fields, starts: Uint32Array.from(starts) };
  }
}
