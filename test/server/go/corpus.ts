/** Reads the corpus of cases that the Go compiler has labelled (its README says what the fields mean). */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import type { Diagnostic } from "vscode-languageserver-types";
import { GoDocument } from "#go-check/go-document.ts";
import type { GoCheckOptions } from "#go-check/diagnostics.ts";

export interface CompilerMessage {
  readonly file: string;
  readonly line: number;
  readonly col: number;
  readonly message: string;
}

export interface CorpusCase {
  readonly id: string;
  readonly tags?: readonly string[];
  readonly goos: "wasip1" | "js" | "linux";
  readonly files: Readonly<Record<string, string>>;
  readonly expected: readonly CompilerMessage[];
  readonly hidden?: readonly CompilerMessage[];
  readonly differs?: Readonly<Record<string, readonly CompilerMessage[]>>;
}

const folder = new URL("../../corpus/wasmexport/", import.meta.url);

export function goldenCases(): CorpusCase[] {
  return parseLines(readFileSync(fileURLToPath(new URL("golden.jsonl", folder)), "utf8"));
}

export function generatedCases(): CorpusCase[] {
  return parseLines(gunzipSync(readFileSync(fileURLToPath(new URL("cases.jsonl.gz", folder)))).toString("utf8"));
}

function parseLines(text: string): CorpusCase[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as CorpusCase);
}

/** The position of a redeclared symbol is that of whatever was compiled last: not compared. */
export function messageKey(file: string, line: number, column: number, message: string): string {
  const first = message.split("\n", 1)[0]!;
  return first.endsWith(" redeclared") ? `${file}: ${first}` : `${file}:${line}:${column}: ${first}`;
}

export function expectedKeys({ expected, hidden }: CorpusCase): Set<string> {
  return new Set([...expected, ...(hidden ?? [])].map(({ file, line, col, message }) => messageKey(file, line, col, message)));
}

export function diagnosticKeys(path: string, diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map((diagnostic) => {
    const { compiler } = diagnostic.data as { compiler: { line: number; column: number; message: string } };
    return messageKey(path, compiler.line, compiler.column, compiler.message);
  });
}

const documents = new WeakMap<CorpusCase, Map<string, GoDocument>>();

/** The documents of a case by their path, the same objects at each call. */
export function documentsOf(corpusCase: CorpusCase): Map<string, GoDocument> {
  let known = documents.get(corpusCase);
  if (known === undefined) {
    known = new Map(Object.entries(corpusCase.files).map(([path, text]) => [path, new GoDocument(path, text, { uri: `file:///${path}` })]));
    documents.set(corpusCase, known);
  }
  return known;
}

export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

const moduleName = "example.com/m";

export function importPathOf(path: string): string {
  return `${moduleName}/${folderOf(path)}`.slice(0, -1);
}

export type Knowledge = "file" | "package" | "module";

/** What the checker is told besides the file: nothing, the other files of its folder, or all files of the module. */
export function optionsFor(corpusCase: CorpusCase, path: string, knowledge: Knowledge): GoCheckOptions {
  const all = [...documentsOf(corpusCase).values()];
  const inFolder = (folderName: string): GoDocument[] => all.filter((document) => folderOf(document.path) === folderName);
  return {
    target: corpusCase.goos === "linux" ? "host" : corpusCase.goos,
    goVersion: "1.26",
    siblings: knowledge === "file" ? [] : inFolder(folderOf(path)),
    importPath: importPathOf(path),
    ...(knowledge === "module"
      ? {
          imports: (importPath) =>
            importPath.startsWith(`${moduleName}/`) ? inFolder(`${importPath.slice(moduleName.length + 1)}/`) : undefined,
        }
      : {}),
  };
}

/** Those that repeat the compiler; the linker's and our own are not in the corpus. */
export function compilerDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.filter(({ source }) => source === "go-wasm");
}

/** The phase in which the compiler reports a message (the corpus' README, "Phases"). */
function phaseOf(key: string): number {
  if (/: (?:usage:|misplaced |generic function is missing|func init must)/u.test(key)) return 1;
  return /: (?:can only use|missing function body|cannot use)/u.test(key) ? 2 : 3;
}

/** Golden cases have no list of hidden messages: what is left is what the compiler prints before it stops. */
export function beforeItStops(corpusCase: CorpusCase, keys: readonly string[]): string[] {
  const folders = new Map<string, string[]>();
  for (const key of keys) {
    const folder = folderOf(key.slice(0, key.indexOf(":")));
    folders.set(folder, [...(folders.get(folder) ?? []), key]);
  }
  const broken = [...folders.keys()];
  const imports = (folder: string, other: string): boolean =>
    other !== "" &&
    Object.entries(corpusCase.files).some(
      ([path, text]) => folderOf(path) === folder && text.includes(`"example.com/m/${other.slice(0, -1)}"`),
    );
  return [...folders].flatMap(([folder, own]) => {
    if (broken.some((other) => imports(folder, other))) return [];
    const first = Math.min(...own.map(phaseOf));
    return own.filter((key) => phaseOf(key) === first);
  });
}
