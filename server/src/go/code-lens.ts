/** Lenses that start what a Go file has to start. They are for clients that know the command, and only where Go means WebAssembly. */
import type { CodeLens } from "vscode-languageserver-types";
import { type GoStart, startGoCommand } from "#core/contract/go-start.ts";
import { belongsToTarget, isTestFile, type BuildTarget } from "#core/go/source/build-constraints.ts";
import { runnables, type Runnable } from "#core/go/source/runnable.ts";
import { compileTarget, type GoCheckOptions } from "#go-check/diagnostics.ts";
import type { GoDocument } from "#go-check/go-document.ts";

/** Whether `initializationOptions` say that the client starts what lenses name. */
export function startsGo(options: unknown): boolean {
  return typeof options === "object" && options !== null && "startsGo" in options && options.startsGo === true;
}

export function goCodeLenses(document: GoDocument, options: GoCheckOptions): CodeLens[] {
  const target = compileTarget(document, options);
  if (target?.goarch !== "wasm" || !document.uri.startsWith("file:") || !belongsToTarget(document.path, document.text, target)) return [];
  const file = document.file;
  const host = options.target === "js" ? { host: "js" as const } : {};
  const isForJavaScript = target.goos === "js" || importsJavaScript([document, ...options.siblings], target);
  return runnables(file).flatMap((runnable) => {
    const range = { start: document.lines.positionAt(runnable.span.start), end: document.lines.positionAt(runnable.span.end) };
    return starts(runnable, options, isForJavaScript).map(({ title, ...start }) => ({
      range,
      command: { title, command: startGoCommand, arguments: [{ uri: document.uri, ...host, ...start } satisfies GoStart] },
    }));
  });
}

type TitledStart = Pick<GoStart, "noDebug" | "what"> & { readonly title: string };

function starts(runnable: Runnable, options: GoCheckOptions, isForJavaScript: boolean): TitledStart[] {
  switch (runnable.kind) {
    case "main":
      // A reactor's `main` never runs.
      return options.target === "wasip1-reactor" ? [] : runAndDebug({ kind: "main" });
    case "export":
      // For JavaScript there are no reactors: exports are called by the page that runs the program.
      return isForJavaScript ? [] : runAndDebug(callOf(runnable));
    default:
      return [{ title: "debug wasm test", noDebug: false, what: { kind: "test", name: nameOf(runnable), args: testArguments(runnable) } }];
  }
}

/** The whole package then is for JavaScript, as far as its own files for the target say. */
function importsJavaScript(documents: readonly GoDocument[], target: BuildTarget): boolean {
  return documents.some(
    (document) =>
      document.path.endsWith(".go") &&
      !isTestFile(document.path) &&
      document.header.imports.includes("syscall/js") &&
      belongsToTarget(document.path, document.text, target),
  );
}

function runAndDebug(what: GoStart["what"]): TitledStart[] {
  return [
    { title: "run", noDebug: true, what },
    { title: "debug", noDebug: false, what },
  ];
}

function callOf({ name, parameters }: Extract<Runnable, { kind: "export" }>): GoStart["what"] {
  const known = parameters.map((parameter) => ({
    name: parameter.name,
    ...(parameter.type === undefined ? {} : { type: parameter.type }),
  }));
  return { kind: "export", name, parameters: known };
}

type Test = Exclude<Runnable, { kind: "main" | "export" }>;

function nameOf(test: Test): string {
  return test.kind === "subtest" ? test.path.join("/") : test.name;
}

function testArguments(test: Test): string[] {
  if (test.kind === "benchmark") return ["-test.v", "-test.run=^$", `-test.bench=^${test.name}$`];
  if (test.kind !== "subtest") return ["-test.v", `-test.run=^${test.name}$`];
  // A slash in a name makes one more level for the pattern.
  const levels = test.path.flatMap((name) => writtenName(name).split("/"));
  return ["-test.v", `-test.run=${levels.map((level) => `^${quoted(level)}$`).join("/")}`];
}

/** As `testing` writes the names of subtests (testing/match.go `rewrite`): without spaces. */
function writtenName(name: string): string {
  return name.replaceAll(/[\s\u00a0]/gu, "_");
}

/** For Go's regular expressions (regexp.QuoteMeta). */
function quoted(text: string): string {
  return text.replaceAll(/[\\.+*?()|[\]{}^$]/gu, "\\$&");
}
