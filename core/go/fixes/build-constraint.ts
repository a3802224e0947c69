/** A function that only wasm has is kept out of the builds for other platforms. */
import { tokenKind as kind } from "../source/tokens.ts";
import type { FuncDeclaration, GoFile } from "../source/syntax.ts";
import { usualPackageName } from "../types/package.ts";
import { Draft } from "./draft.ts";
import { ownerOf, quickFix, type FixRequest, type Offer, type Recipe } from "./fix.ts";
import { lineBreakOf, lineEndOf, lineStartOf, nextLineOf } from "./lines.ts";
import { usesOf } from "./names.ts";
import { receiverTypeName } from "./signature.ts";

export const buildConstraint: Recipe = {
  codes: ["missing-body", "no-wasm-constraint"],
  offer(request) {
    const { context, problem } = request;
    const declaration = ownerOf(request);
    if (declaration === undefined) return [];
    const imports = context.file.directives.some((directive) => directive.kind === "wasmimport" && directive.target === declaration);
    if (problem.code === "missing-body" && (context.isWasm || !imports)) return [];
    const constraint = onlyForWasm(request);
    const split = imports && declaration.body === undefined ? splitOff(request, declaration) : undefined;
    return [constraint, split].filter((offer) => offer !== undefined);
  },
};

/** Not offered where the other files need something of this one. */
function onlyForWasm({ context, problem }: FixRequest): Offer | undefined {
  const { file } = context;
  const declared = [...file.functions, ...file.types].map(({ name }) => name.text);
  for (const spec of [...file.constants, ...file.variables]) declared.push(...spec.names.map(({ text }) => text));
  const names = new Set(declared.filter((name) => name !== "_" && name !== "init"));
  const needed = context.package.files.some((other) => other !== file && mentions(other, names));
  // A program of one file is then one for wasm, which mends nothing for who builds it for another platform.
  const isProgram = context.package.identity.name === "main" && names.has("main");
  const isWhole = problem.code === "no-wasm-constraint" && context.package.files.length === 1;
  if (needed || (isProgram && !isWhole)) return undefined;
  const draft = new Draft();
  constrain(draft, file);
  return quickFix("Build this file for wasm alone", draft);
}

function mentions({ tokens }: GoFile, names: ReadonlySet<string>): boolean {
  for (let at = 0; at < tokens.count; at++) {
    if (tokens.kinds[at] === kind.name && names.has(tokens.text.slice(tokens.starts[at], tokens.ends[at]))) return true;
  }
  return false;
}

/** A constraint that is there already is kept as one part of the new one. */
function constrain(draft: Draft, file: GoFile): void {
  const { text, tokens } = file;
  const newline = lineBreakOf(text);
  const packageStart = tokens.starts[0] ?? 0;
  const known = /^\/\/go:build[ \t]+([^\r\n]*)/mu.exec(text.slice(0, packageStart));
  if (known !== null) {
    const expression = known[1]!.trim();
    draft.replace(
      file,
      { start: known.index, end: known.index + known[0].length },
      `//go:build ${expression.includes("||") ? `(${expression})` : expression} && wasm`,
    );
    return;
  }
  draft.insert(file, text.charCodeAt(0) === 0xfeff ? 1 : 0, `//go:build wasm${newline}${newline}`);
}

/** The import goes to a file for wasm, and a function that panics to one for the others. */
function splitOff({ context }: FixRequest, declaration: FuncDeclaration): Offer | undefined {
  const { file, package: own } = context;
  const { text } = file;
  const newline = lineBreakOf(text);
  const name = declaration.name.text;
  const folder = file.path.slice(0, Math.max(file.path.lastIndexOf("/"), file.path.lastIndexOf("\\")) + 1);
  const stem = `${receiverTypeName(declaration) ?? ""}${name}`.toLowerCase();
  const [wasmPath, otherPath] = [`${folder}${stem}_wasm.go`, `${folder}${stem}_other.go`];
  if (own.files.some(({ path }) => path === wasmPath || path === otherPath)) return undefined;
  const start = startOfComments(text, declaration.span.start);
  const end = lineEndOf(text, declaration.span.end);
  if (
    text.slice(declaration.span.end, end).trim() !== "" ||
    !/^\s*(?:\/\*.*\*\/\s*)*$/u.test(text.slice(lineStartOf(text, declaration.span.start), declaration.span.start))
  )
    return undefined;
  const header = `package ${own.identity.name}${newline}${newline}${importsOf(file, declaration, newline)}`;
  const signature = text.slice(declaration.span.start, declaration.span.end);
  const draft = new Draft();
  draft.create(wasmPath, `${header}${text.slice(start, declaration.span.end)}${newline}`);
  draft.create(
    otherPath,
    `//go:build !wasm${newline}${newline}${header}${signature} {${newline}\tpanic("${name} is only there on wasm")${newline}}${newline}`,
  );
  let after = nextLineOf(text, end);
  if (text.slice(after, lineEndOf(text, after)).trim() === "") after = nextLineOf(text, after);
  // What ends the file ends with one line break.
  const isLast = text.slice(after).trim() === "";
  draft.replace(
    file,
    isLast ? { start: text.slice(0, start).trimEnd().length, end: text.length } : { start, end: after },
    isLast ? newline : "",
  );
  return quickFix(`Move ${name} to a file for wasm, with a stand-in for other platforms`, draft);
}

/** Start of the comment lines directly above a declaration. */
function startOfComments(text: string, declaration: number): number {
  let start = lineStartOf(text, declaration);
  while (start > 0) {
    const previous = lineStartOf(text, start - 1);
    if (!text.slice(previous, start).trim().startsWith("//")) break;
    start = previous;
  }
  return start;
}

/** The imports that a signature uses. */
function importsOf(file: GoFile, { tokens }: FuncDeclaration, newline: string): string {
  const used = file.imports.filter((spec) =>
    usesOf(file, spec.name?.text ?? usualPackageName(spec.path), tokens).some((at) => file.tokens.kinds[at + 1] === kind.dot),
  );
  return used.map(({ span }) => `import ${file.text.slice(span.start, span.end)}${newline}${newline}`).join("");
}
