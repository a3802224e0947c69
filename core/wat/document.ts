/** A WAT or WAST text with its tokens, trees and problems, and what of them an edit leaves as it is. */
import { LineIndex } from "#core/text/line-index.ts";
import type { Span } from "#core/text/positions.ts";
import { bindModules } from "./bind.ts";
import type { BoundModule } from "./bind.ts";
import { FieldText, Scope } from "./field.ts";
import type { Field } from "./field.ts";
import { typeCountOf } from "./implicit-types.ts";
import { Node } from "./node.ts";
import { parsePiece } from "./parse/parse-piece.ts";
import type { PlacedProblem, WatCode } from "./problem.ts";
import { resolveField } from "./resolve.ts";
import { Role, Splitter } from "./split.ts";
import type { Language } from "./split.ts";

/** Something wrong with a text, to be shown to its author. Offsets count UTF-16 units from the start of the text. */
export interface WatProblem {
  readonly code: WatCode;
  readonly message: string;
  readonly span: Span;
  readonly related?: { readonly message: string; readonly span: Span };
}

/** A change of a text: what stands at `span` is replaced. */
export interface WatEdit {
  readonly span: Span;
  readonly text: string;
}

/** More problems than this in one text help nobody. */
const problemLimit = 1000;

/** The fields of a text and where they start. */
interface Fields {
  readonly fields: readonly Field[];
  readonly starts: Uint32Array;
}

/** Immutable. An edit gives a new document that shares all fields which it did not touch. */
export class WatDocument {
  readonly text: string;
  readonly kind: Language;
  readonly lines: LineIndex;
  /** Pieces of the text in order, without gaps; the last one holds what follows the last token. */
  readonly fields: readonly Field[];
  /** Offset in the text at which each field starts, white space before it included. */
  readonly starts: Uint32Array;
  /** Modules of the text: one in a `.wat` file, any number in a `.wast` file. */
  readonly modules: readonly BoundModule[];
  #problems: readonly WatProblem[] | undefined;

  private constructor(text: string, kind: Language, lines: LineIndex, { fields, starts }: Fields, before: readonly BoundModule[]) {
    this.text = text;
    this.kind = kind;
    this.lines = lines;
    this.fields = fields;
    this.starts = starts;
    this.modules = bindModules(text, fields, starts, before);
  }

  /** Reads a whole text. */
  static open(text: string, kind: Language): WatDocument {
    return new WatDocument(text, kind, new LineIndex(text), readAll(text, kind), []);
  }

  /**
   * The document after some changes, as if its new text had been opened, but reading only the fields that the changes reach. The changes
   * apply one after another: the span of each counts in the text that the one before has left.
   */
  edit(changes: readonly WatEdit[]): WatDocument {
    if (changes.length === 0) return this;
    let { text, lines } = this;
    // What the changes cover together: from `start`, up to `end` behind which the old text goes on unchanged, shifted.
    let start = Number.POSITIVE_INFINITY;
    let tail = Number.POSITIVE_INFINITY;
    for (const { span, text: inserted } of changes) {
      start = Math.min(start, span.start);
      tail = Math.min(tail, text.length - span.end);
      text = text.slice(0, span.start) + inserted + text.slice(span.end);
      lines = lines.edited(span, inserted, text);
    }
    const touched = { start, oldEnd: Math.max(start, this.text.length - tail), delta: text.length - this.text.length };
    return new WatDocument(text, this.kind, lines, this.#reread(text, touched), this.modules);
  }

  /** Access to the text of a field's tokens. `index` is its place in {@link fields}. */
  fieldText(index: number): FieldText {
    return new FieldText(this.fields[index]!, this.text, this.starts[index]!);
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
    this.#problems ??= this.#findProblems();
    return this.#problems;
  }

  #findProblems(): readonly WatProblem[] {
    const found: WatProblem[] = [];
    const place = (problems: readonly PlacedProblem[], base: number): void => {
      for (const problem of problems) if (found.length < problemLimit) found.push(placed(problem, base));
    };
    this.fields.forEach((field, at) => {
      if (field.problems.length > 0 && field.scope !== Scope.rejectedModule) place(field.problems, this.starts[at]!);
    });
    this.#structureProblems(found);
    for (const module of this.modules) {
      if (module.isRejected) continue;
      this.#moduleProblems(module, found);
      if (!module.isWhole) continue;
      for (let at = module.first; at < module.end && found.length < problemLimit; at++) place(this.#resolved(module, at), this.starts[at]!);
    }
    return withoutSwallowed(found)
      .sort((left, right) => left.span.start - right.span.start || left.span.end - right.span.end)
      .slice(0, problemLimit);
  }

  #resolved(module: BoundModule, at: number): readonly PlacedProblem[] {
    const field = this.fields[at]!;
    if (field.references.length === 0 && field.checkedTypeUses.length === 0) return none;
    const known = module.names.fieldProblems.get(field);
    if (known !== undefined) return known;
    let dependsOnBodies = false;
    const problems = resolveField(this.fieldText(at), module.names, () => {
      dependsOnBodies = true;
      return typeCountOf(this.#fieldTexts(module), module.names);
    });
    // Types that uses imply come from bodies, which the names do not know of.
    if (!dependsOnBodies) module.names.fieldProblems.set(field, problems);
    return problems;
  }

  *#fieldTexts(module: BoundModule): Iterable<FieldText> {
    for (let at = module.first; at < module.end; at++) yield this.fieldText(at);
  }

  #moduleProblems(module: BoundModule, found: WatProblem[]): void {
    for (const { code, message, place, related } of module.names.problems) {
      const span = this.fieldText(module.first + place.field).tokenSpan(place.token);
      if (related === undefined) found.push({ code, message, span });
      else {
        const relatedSpan = this.fieldText(module.first + related.field).tokenSpan(related.token);
        found.push({ code, message, span, related: { message: "The first one is here.", span: relatedSpan } });
      }
    }
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

  /** Fields of the new text: the old ones up to the change, new ones until a boundary of old ones is met, then the old ones. */
  #reread(text: string, { start, oldEnd, delta }: { start: number; oldEnd: number; delta: number }): Fields {
    let first = this.fieldAt(start);
    while (first > 0 && this.starts[first - 1]! + this.fields[first - 1]!.reach >= start) first--;
    const splitter = new Splitter(text, this.kind, this.starts[first]!, this.fields[first]!.scope);
    const fresh: Field[] = [];
    const freshStarts: number[] = [];
    let old = first;
    for (;;) {
      const base = splitter.position;
      const piece = splitter.next();
      fresh.push(parsePiece(piece, text, base));
      freshStarts.push(base);
      if (piece.role === Role.end) {
        old = this.fields.length;
        break;
      }
      while (old < this.fields.length && (this.starts[old]! < oldEnd || this.starts[old]! + delta < splitter.position)) old++;
      const meets =
        old < this.fields.length && this.starts[old]! + delta === splitter.position && this.fields[old]!.scope === splitter.scope;
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

function placed({ code, message, start, end, related }: PlacedProblem, base: number): WatProblem {
  const span = { start: base + start, end: base + end };
  if (related === undefined) return { code, message, span };
  return { code, message, span, related: { message: related.message, span: { start: base + related.start, end: base + related.end } } };
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
