/** Collects what one fix changes in which files, and makes their new texts. */
import type { Span } from "#core/text/positions.ts";
import { parseGoFile } from "../source/parser.ts";
import type { GoFile, SignatureNode, TypeNode } from "../source/syntax.ts";
import { usualPackageName, type PackageSource } from "../types/package.ts";
import { importChange, importedName, usesPackage, withoutUnusedImports, type WantedImport } from "./imports.ts";
import { indentationOf, lineStartOf } from "./lines.ts";
import { layoutStruct } from "./struct-layout.ts";
import { applyChanges, movedOffset, type TextChange } from "./text-change.ts";

export interface CreatedFile {
  readonly path: string;
  readonly text: string;
}

interface FileDraft {
  readonly changes: TextChange[];
  readonly imports: WantedImport[];
}

export class Draft {
  readonly #files = new Map<GoFile, FileDraft>();
  readonly created: CreatedFile[] = [];
  readonly #source: PackageSource | undefined;

  /** `source` is needed where code goes that may have been the last to use an import: it knows what packages are called. */
  constructor(source?: PackageSource) {
    this.#source = source;
  }

  /** `span` holds UTF-16 offsets into the file's text as it is now; a change that is there already is not made twice. */
  replace(file: GoFile, span: Span, text: string): void {
    const { changes } = this.#of(file);
    const known = changes.some((change) => change.span.start === span.start && change.span.end === span.end && change.text === text);
    if (!known) changes.push({ span, text });
  }

  insert(file: GoFile, offset: number, text: string): void {
    this.replace(file, { start: offset, end: offset }, text);
  }

  create(path: string, text: string): void {
    this.created.push({ path, text });
  }

  /**
   * What stands before an exported name of the package at `path`: `unsafe.`, or nothing behind a dot import. Imports it if need be.
   * `packageName` is that in its clauses.
   */
  qualifier(file: GoFile, path: string, isTaken: (name: string) => boolean, packageName = usualPackageName(path)): string {
    const known = importedName(file, path, packageName);
    if (known !== undefined) return known === "." ? "" : `${known}.`;
    const { imports } = this.#of(file);
    const before = imports.find((wanted) => wanted.path === path);
    if (before !== undefined) return `${before.name ?? usualPackageName(path)}.`;
    const usual = usualPackageName(path);
    const name = isTaken(packageName) ? `go${packageName}` : packageName;
    imports.push({ path, name: name === usual ? undefined : name });
    return `${name}.`;
  }

  /** The new texts of the files that change. */
  finish(): Map<GoFile, string> {
    const texts = new Map<GoFile, string>();
    for (const [file, { changes, imports }] of this.#files) {
      let text = withLayout(file, applyChanges(file.text, changes), changes);
      if (changes.length > 0) text = withoutUnusedImports(file, text, (path) => this.#source?.nameOf(path, file) ?? usualPackageName(path));
      for (const wanted of imports) {
        const parsed = parseGoFile(file.path, text);
        // What was asked for on a way that was then not taken is not imported.
        if (usesPackage(parsed, wanted.name ?? usualPackageName(wanted.path))) text = applyChanges(text, [importChange(parsed, wanted)]);
      }
      if (text !== file.text) texts.set(file, text);
    }
    return texts;
  }

  #of(file: GoFile): FileDraft {
    let draft = this.#files.get(file);
    if (draft === undefined) {
      draft = { changes: [], imports: [] };
      this.#files.set(file, draft);
    }
    return draft;
  }
}

/** Structs that were laid out as gofmt does are so afterwards too; others are left as they are. */
function withLayout(file: GoFile, text: string, changes: readonly TextChange[]): string {
  const before = outermostStructs(file).filter((node) =>
    changes.some(({ span }) => node.span.start < span.start && span.end < node.span.end),
  );
  if (before.length === 0 || file.text.includes("\r")) return text;
  const tidy = before.filter((node) => layout(file, node) === file.text.slice(node.span.start, node.span.end));
  const starts = new Set(tidy.map((node) => movedOffset(node.span.start, changes)));
  const after = parseGoFile(file.path, text);
  const layouts: TextChange[] = [];
  for (const node of outermostStructs(after)) {
    const laid = starts.has(node.span.start) ? layout(after, node) : undefined;
    if (laid !== undefined) layouts.push({ span: node.span, text: laid });
  }
  return applyChanges(text, layouts);
}

type StructNode = TypeNode & { readonly kind: "struct" };

function layout({ text }: GoFile, node: StructNode): string | undefined {
  return layoutStruct(text, node, indentationOf(text, firstOfLine(text, node.span.start)));
}

function firstOfLine(text: string, offset: number): number {
  const start = lineStartOf(text, offset);
  return start + /^[ \t]*/u.exec(text.slice(start, offset))![0].length;
}

/** Struct types of declarations and signatures that are in no other struct. */
function outermostStructs(file: GoFile): StructNode[] {
  const found: StructNode[] = [];
  const queue: TypeNode[] = file.types.map((spec) => spec.type);
  const addSignature = ({ parameters, results }: SignatureNode): void => {
    for (const { type } of [...parameters, ...results]) queue.push(type);
  };
  for (const declaration of file.functions) addSignature(declaration.signature);
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    if (node.kind === "struct") found.push(node);
    else if (node.kind === "func") addSignature(node.signature);
    else if ("element" in node) queue.push(node.element);
  }
  const unique = new Map(found.map((node) => [node.span.start, node]));
  return [...unique.values()];
}
