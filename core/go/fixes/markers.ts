/** Gives structs the marker that fixes their layout, and keeps the literals of these structs valid. */
import type { MemoryProblem } from "../types/memory.ts";
import type { FieldNode, GoFile } from "../source/syntax.ts";
import { tokenKind as kind } from "../source/tokens.ts";
import type { GoPackage, PackageSource } from "../types/package.ts";
import type { StructType, TypeDeclaration } from "../types/types.ts";
import { lineBreakOf, lineEndOf } from "./lines.ts";
import { usesOf } from "./names.ts";
import { qualifier, type Writing } from "./spell.ts";

export interface MarkerWish extends Writing {
  readonly source: PackageSource;
  readonly isEditable: (file: GoFile) => boolean;
}

/** Changes every struct and every wrongly defined marker in `problems`; false, and no change, where one cannot be changed. */
export function markStructs(writing: MarkerWish, problems: readonly MemoryProblem[]): boolean {
  const changeable = problems.every((problem) => {
    if (problem.kind === "value") return false;
    if (problem.kind === "no-marker") return problem.struct.fields.length > 0 && writing.isEditable(problem.struct.file);
    return problem.type.declaration !== undefined && writing.isEditable(problem.type.declaration.file);
  });
  if (!changeable) return false;
  for (const problem of problems) {
    if (problem.kind === "no-marker")
      markStruct(writing, problem.struct, problem.type.kind === "named" ? problem.type.declaration : undefined);
    else if (problem.kind === "defined-marker" && problem.type.declaration !== undefined) makeAlias(writing, problem.type.declaration);
  }
  return true;
}

/** `type HL structs.HostLayout` becomes an alias. */
function makeAlias({ draft }: MarkerWish, { file, spec }: TypeDeclaration): void {
  draft.insert(file, spec.type.span.start, "= ");
}

function markStruct(writing: MarkerWish, struct: StructType, declaration: TypeDeclaration | undefined): void {
  const { file } = struct;
  const first = struct.fields[0]!.node;
  const marker = `_ ${qualifier({ ...writing, file }, "structs")}HostLayout`;
  const { text } = file;
  const line = text.lastIndexOf("\n", first.span.start - 1) + 1;
  const indentation = text.slice(line, first.span.start);
  const isOwnLine = indentation.trim() === "";
  // A comment above the first field stays with it.
  writing.draft.insert(
    file,
    isOwnLine ? behindBrace(file, first) : first.span.start,
    isOwnLine ? `${lineBreakOf(text)}${indentation}${paddedMarker(marker, file, first)}` : `${marker}; `,
  );
  if (declaration === undefined) return;
  const name = declaration.spec.name.text;
  const fields = struct.fields.map((field) => field.name);
  const own = writing.context.package.files;
  if (own.includes(file)) {
    for (const other of own) keyLiterals(writing, other, name, undefined, fields);
    return;
  }
  for (const other of own) {
    for (const spec of other.imports) {
      const imported: GoPackage | undefined = writing.source.packageAt(spec.path, other);
      if (imported?.files.includes(file) !== true) continue;
      for (const sibling of imported.files) keyLiterals(writing, sibling, name, undefined, fields);
      keyLiterals(writing, other, name, spec.name?.text ?? imported.identity.name, fields);
    }
  }
}

/** End of the line of the struct's brace, so that comments above the first field follow the marker. */
function behindBrace({ tokens, text }: GoFile, first: FieldNode): number {
  let at = 0;
  while (at + 1 < tokens.count && tokens.starts[at + 1]! < first.span.start) at++;
  return lineEndOf(text, tokens.ends[at]!);
}

/** The marker never makes a column wider, but it takes part in the one below it. */
function paddedMarker(marker: string, { text }: GoFile, first: FieldNode): string {
  if (first.embedded) return marker;
  const line = text.slice(first.span.start, first.type.span.start);
  return line.includes("\n") ? marker : `_${" ".repeat(Math.max(1, Array.from(line).length - 1))}${marker.slice(2)}`;
}

/** `P{1, 2}` lists every field: its values get the names of their fields. */
function keyLiterals({ draft }: MarkerWish, file: GoFile, name: string, packageName: string | undefined, fields: readonly string[]): void {
  const { kinds, matches } = file.tokens;
  const candidates = packageName === undefined ? usesOf(file, name) : usesOf(file, packageName).map((at) => at + 2);
  for (const at of candidates) {
    if (packageName !== undefined && !isName(file, at, name)) continue;
    if (kinds[at + 1] !== kind.openBrace || matches[at + 1]! < 0) continue;
    const prefix = packageName === undefined ? at - 1 : at - 3;
    if (isResult(file, prefix)) continue;
    const inner = elementsOf(file, at + 1);
    // `[]P{{1, 2}}` and `map[K]P{k: {1, 2}}` leave the name out.
    if (kinds[prefix] === kind.closeBracket || (kinds[prefix] === kind.star && kinds[prefix - 1] === kind.closeBracket)) {
      for (const element of inner) {
        const value = element.colon >= 0 ? element.colon + 1 : element.from;
        if (kinds[value] === kind.openBrace) keyElements(draft, file, value, fields);
      }
    } else keyElements(draft, file, at + 1, fields);
  }
}

function isName({ tokens }: GoFile, at: number, name: string): boolean {
  return tokens.kinds[at] === kind.name && tokens.text.slice(tokens.starts[at], tokens.ends[at]) === name;
}

/** In `func f() *P {` the type ends a signature, and the brace opens a body. `at` is the token before the name. */
function isResult({ tokens: { kinds, matches } }: GoFile, at: number): boolean {
  let before = at;
  while (kinds[before] === kind.star || kinds[before] === kind.closeBracket) {
    const close = before;
    if (kinds[close] === kind.closeBracket) while (before > 0 && matches[before] !== close) before--;
    before--;
    if (kinds[before] === kind.keywordMap) before--;
  }
  return kinds[before] === kind.closeParen;
}

function keyElements(draft: Writing["draft"], file: GoFile, open: number, fields: readonly string[]): void {
  const elements = elementsOf(file, open);
  if (elements.length !== fields.length || elements.some((element) => element.colon >= 0) || fields.includes("_")) return;
  for (const [index, element] of elements.entries()) draft.insert(file, file.tokens.starts[element.from]!, `${fields[index]}: `);
}

/** Elements of a composite literal, with the index of their colon or -1. */
function elementsOf({ tokens }: GoFile, open: number): { from: number; colon: number }[] {
  const { kinds, matches } = tokens;
  const close = matches[open]!;
  const found: { from: number; colon: number }[] = [];
  let starting = true;
  for (let at = open + 1; at < close; at++) {
    if (kinds[at] === kind.semicolon) continue;
    if (starting) found.push({ from: at, colon: -1 });
    starting = kinds[at] === kind.comma;
    const last = found[found.length - 1]!;
    if (kinds[at] === kind.colon && last.colon < 0) last.colon = at;
    const match = matches[at]!;
    if (match > at) at = match;
  }
  return found;
}
