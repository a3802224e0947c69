import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CodeActionTriggerKind, DiagnosticSeverity, type Diagnostic } from "vscode-languageserver-types";
import { goLints, goRules } from "#core/go/rules/index.ts";
import { goCodeActions } from "../../../server/src/go/code-action.ts";
import { goDiagnostics, type GoCheckOptions } from "#go-check/diagnostics.ts";
import { GoDocument } from "#go-check/go-document.ts";
import {
  beforeItStops,
  compilerDiagnostics,
  diagnosticKeys,
  documentsOf,
  expectedKeys,
  generatedCases,
  goldenCases,
  messageKey,
  optionsFor,
  type CorpusCase,
  type Knowledge,
} from "./corpus.ts";

function fromCompiler(document: GoDocument, more: GoCheckOptions): Diagnostic[] {
  return compilerDiagnostics(goDiagnostics(document, more));
}

function keysOf(corpusCase: CorpusCase, knowledge: Knowledge): string[] {
  const keys = new Set<string>();
  for (const document of documentsOf(corpusCase).values()) {
    if (!document.path.endsWith(".go")) continue;
    for (const key of diagnosticKeys(document.path, fromCompiler(document, optionsFor(corpusCase, document.path, knowledge))))
      keys.add(key);
  }
  return [...keys].sort();
}

const sorted = (keys: Iterable<string>): string[] => [...keys].sort();

describe("golden cases, with what the compiler knows", () => {
  test.each(goldenCases().map((corpusCase) => [corpusCase.id, corpusCase] as const))("%s", (_, corpusCase) => {
    expect(beforeItStops(corpusCase, keysOf(corpusCase, "module"))).toEqual(sorted(expectedKeys(corpusCase)));
  });

  test("messages of later phases are shown too", () => {
    const later = goldenCases().flatMap((corpusCase) => {
      const wanted = expectedKeys(corpusCase);
      return keysOf(corpusCase, "module")
        .filter((key) => !wanted.has(key))
        .map((key) => `${corpusCase.id} ${key}`);
    });
    // Each seen when the declarations with earlier errors are taken out and the rest is compiled again.
    expect(later).toEqual([
      "broken-import main.go:6:6: go:wasmexport: unsupported parameter type *geom.P",
      "two-directives main.go:5:6: go:wasmexport: unsupported parameter type int",
      "several-phases main.go:10:6: go:wasmexport: unsupported parameter type int",
      "write-hides-backend main.go:7:6: go:wasmexport: unsupported parameter type int",
      "method-hides-backend main.go:9:6: go:wasmexport: unsupported parameter type int",
    ]);
  });

  test("Go 1.24 and 1.27 say some things in other words", () => {
    for (const corpusCase of goldenCases()) {
      for (const [version, messages] of Object.entries(corpusCase.differs ?? {})) {
        const keys: string[] = [];
        for (const document of documentsOf(corpusCase).values()) {
          const options = { ...optionsFor(corpusCase, document.path, "module"), goVersion: version };
          if (document.path.endsWith(".go")) keys.push(...diagnosticKeys(document.path, fromCompiler(document, options)));
        }
        const wanted = messages.map(({ file, line, col, message }) => messageKey(file, line, col, message));
        expect(keys).toEqual(expect.arrayContaining(wanted));
      }
    }
  });
});

/** Besides `go.mod` there is more than one file, be it Go or assembly. */
function needsOtherFiles(corpusCase: CorpusCase): boolean {
  return Object.keys(corpusCase.files).filter((path) => path !== "go.mod").length > 1;
}

describe("a file alone", () => {
  test("a golden case of one file needs nothing else", () => {
    const alone = goldenCases().filter((corpusCase) => !needsOtherFiles(corpusCase));
    expect(alone.length).toBe(76);
    for (const corpusCase of alone) {
      expect([corpusCase.id, ...beforeItStops(corpusCase, keysOf(corpusCase, "file"))]).toEqual([
        corpusCase.id,
        ...sorted(expectedKeys(corpusCase)),
      ]);
    }
  });

  test("whatever is in the other files, nothing wrong is said", () => {
    const wrong: string[] = [];
    let exact = 0;
    const cases = generatedCases();
    for (const corpusCase of cases) {
      const wanted = expectedKeys(corpusCase);
      const keys = keysOf(corpusCase, "file");
      // Without the list of the folder's files it is not known that assembly defines the function.
      const hasAssembly = Object.keys(corpusCase.files).some((path) => path.endsWith(".s"));
      wrong.push(
        ...keys
          .filter((key) => !wanted.has(key) && !(hasAssembly && key.endsWith("missing function body")))
          .map((key) => `${corpusCase.id} ${key}`),
      );
      if (keys.length === wanted.size) exact++;
    }
    expect(wrong).toEqual([]);
    expect(exact).toBeGreaterThanOrEqual(1837);
  });
});

describe("generated cases", () => {
  const cases = generatedCases();

  test("with the files of the package only what another package declares is missed", () => {
    const wrong: string[] = [];
    const missed: string[] = [];
    for (const corpusCase of cases) {
      const wanted = expectedKeys(corpusCase);
      const keys = keysOf(corpusCase, "package");
      wrong.push(...keys.filter((key) => !wanted.has(key)).map((key) => `${corpusCase.id} ${key}`));
      missed.push(
        ...[...wanted]
          .filter((key) => !keys.includes(key) && !corpusCase.tags!.includes("cross-package"))
          .map((key) => `${corpusCase.id} ${key}`),
      );
    }
    expect(wrong).toEqual([]);
    expect(missed).toEqual([]);
  });

  test("with the files of the module all 2000 are exact", () => {
    expect(cases.length).toBe(2000);
    for (const corpusCase of cases)
      expect([corpusCase.id, ...keysOf(corpusCase, "module")]).toEqual([corpusCase.id, ...sorted(expectedKeys(corpusCase))]);
  });
});

function open(text: string, path = "/project/main.go"): GoDocument {
  return new GoDocument(path, text, { uri: `file://${path}` });
}

function options(more: Partial<GoCheckOptions> = {}): GoCheckOptions {
  return { target: "auto", goVersion: "", siblings: [], ...more };
}

function lines(diagnostic: Diagnostic | undefined): string[] {
  return typeof diagnostic?.message === "string" ? diagnostic.message.split("\n") : [];
}

describe("what a diagnostic carries", () => {
  const text = `package main

type Point struct{ X, Y float64 }

//go:wasmexport length
func length(p *Point, n int) float64 { return p.X }

func main() {}
`;

  test("the compiler's text first, then the field or type to blame and what to do", () => {
    const [pointer, integer] = fromCompiler(open(text), options());
    expect(pointer).toEqual({
      range: { start: { line: 5, character: 14 }, end: { line: 5, character: 20 } },
      severity: DiagnosticSeverity.Error,
      code: "unsupported-parameter",
      codeDescription: { href: "https://github.com/go-wasm/vscode-go-wasm/blob/main/docs/diagnostics/unsupported-parameter.md" },
      source: "go-wasm",
      message:
        "go:wasmexport: unsupported parameter type *Point\nAdd _ structs.HostLayout as the first field of Point: the host must know where its fields are.",
      data: { compiler: { line: 6, column: 6, message: "go:wasmexport: unsupported parameter type *Point" } },
      relatedInformation: [
        {
          location: { uri: "file:///project/main.go", range: { start: { line: 2, character: 5 }, end: { line: 2, character: 10 } } },
          message: "Point has no structs.HostLayout",
        },
      ],
    });
    expect(lines(integer)[1]).toBe("WebAssembly has integers of 32 and 64 bits: use int32 or int64 as the parameter.");
  });

  test("related information leads to a field in another file", () => {
    const types = open(
      'package main\n\nimport "structs"\n\ntype In struct {\n\t_ structs.HostLayout\n\tname string\n}\n',
      "/project/types.go",
    );
    const main = open(
      'package main\n\nimport "structs"\n\n//go:wasmexport f\nfunc f(o *struct {\n\t_ structs.HostLayout\n\tin In\n}) {}\n\nfunc main() {}\n',
    );
    const [diagnostic] = fromCompiler(main, options({ siblings: [types] }));
    expect(lines(diagnostic)[1]).toBe(
      "Field in.name has type string, which has no place in the host's memory: use an address and a length, both uint32.",
    );
    expect(diagnostic!.relatedInformation).toEqual([
      {
        location: { uri: types.uri, range: { start: { line: 6, character: 1 }, end: { line: 6, character: 12 } } },
        message: "string cannot cross",
      },
    ]);
    expect(fromCompiler(main, options())).toEqual([]);
  });
});

test("one export name in two files is reported in the second", () => {
  const text = "package main\n\n//go:wasmexport same\nfunc a() {}\n";
  const [a, b] = [open(text, "/project/a.go"), open(text.replace("func a", "func b"), "/project/b.go")];
  expect(fromCompiler(a, options({ siblings: [b] }))).toEqual([]);
  const [diagnostic] = fromCompiler(b, options({ siblings: [a] }));
  expect(lines(diagnostic)[0]).toBe("<autogenerated>:1: symbol same redeclared");
  expect(diagnostic!.relatedInformation![0]!.location.uri).toBe(a.uri);
});

test("a type defined from the marker is named as what to change", () => {
  const text =
    'package main\n\nimport "structs"\n\ntype HL structs.HostLayout\n\ntype A struct {\n\t_ HL\n\tx int32\n}\n\n//go:wasmexport f\nfunc f(a *A) {}\n\nfunc main() {}\n';
  const [diagnostic] = fromCompiler(open(text), options());
  expect(lines(diagnostic)).toEqual([
    "go:wasmexport: unsupported parameter type *A",
    "Write type HL = structs.HostLayout: a type defined from the marker (A._) does not count as it, an alias does.",
  ]);
  expect(fromCompiler(open(text.replace("type HL structs", "type HL = structs")), options())).toEqual([]);
});

describe("target", () => {
  const body = "package main\n\n//go:wasmexport f\nfunc f(p int) {}\n\nfunc main() {}\n";

  test.each([
    ["auto", "/project/main.go", "", 1],
    ["auto", "/project/main_js.go", "", 1],
    ["wasip1", "/project/main_js.go", "", 0],
    ["wasip1-reactor", "/project/main_wasip1.go", "", 1],
    ["js", "/project/main.go", "//go:build wasip1\n\n", 0],
    ["js", "/project/main.go", "//go:build wasm && !(wasip1 || linux) && go1.20\n\n", 1],
    ["js", "/project/main.go", "// +build wasip1 js\n\n", 1],
    ["host", "/project/main.go", "", 0],
    ["auto", "/project/main_windows.go", "", 0],
    ["wasip1", "/project/main_linux_test.go", "", 0],
    ["wasip1", "/project/main_test.go", "", 1],
  ] as const)("%s, %s, %j", (target, path, header, count) => {
    expect(fromCompiler(open(header + body, path), options({ target })).length).toBe(count);
  });

  test("a file that needs cgo is not built for wasm", () => {
    expect(fromCompiler(open(body.replace("\n\n", '\n\nimport "C"\n\n')), options({ target: "js" }))).toEqual([]);
  });

  test("a package that needs syscall/js is for js, one that needs it for js alone is for both", () => {
    const reserved = "package main\n\n//go:wasmexport mem\nfunc f() {}\n\nfunc main() { select {} }\n";
    const codes = (text: string, siblings: GoDocument[] = []): unknown[] =>
      goDiagnostics(open(text), options({ siblings }))
        .map(({ code }) => code)
        .filter((code) => code === "reserved-export-name");
    const importing = 'package main\n\nimport _ "syscall/js"\n';
    expect(codes(reserved)).toEqual([]);
    expect(codes(reserved.replace("main\n", 'main\n\nimport _ "syscall/js"\n'))).toEqual(["reserved-export-name"]);
    expect(codes(reserved, [open(importing, "/project/more.go")])).toEqual(["reserved-export-name"]);
    expect(codes(reserved, [open(importing, "/project/more_js.go")])).toEqual([]);
  });

  test("a package without any wasm directive is left alone where no target is set", () => {
    const text = "package main\n\nfunc f(p int)\n";
    expect(fromCompiler(open(text), options())).toEqual([]);
    expect(fromCompiler(open(text), options({ target: "js" })).map(({ code }) => code)).toEqual(["missing-body"]);
  });
});

/** The titles of the quick fixes that a page tells of. */
function titlesIn(page: string): string[] {
  return [...page.matchAll(/^- \*\*(.+?)\*\*$/gmu)].map(([, title]) => title!);
}

/** What is offered for the diagnostics with a code. */
function fixTitles(document: GoDocument, checkOptions: GoCheckOptions, code: string): string[] {
  const request = { document, options: checkOptions, isOwn: () => true, versionOf: () => null, canCreate: true };
  const diagnostics = goDiagnostics(document, checkOptions).filter((diagnostic) => diagnostic.code === code);
  const actions = diagnostics.flatMap(({ range }) =>
    goCodeActions({ ...request, range, context: { diagnostics, triggerKind: CodeActionTriggerKind.Automatic } }),
  );
  return actions.filter(({ diagnostics: mended }) => mended?.some((diagnostic) => diagnostic.code === code)).map(({ title }) => title);
}

describe("pages", () => {
  const folder = new URL("../../../docs/diagnostics/", import.meta.url);
  const fence = /^```go( [^\n]*)?\n([\s\S]*?)^```$/gmu;
  const codes = [...goRules, ...goLints].map(({ code }) => code);
  /** Most examples have no build constraint, to be short. */
  const leftOut = "no-wasm-constraint";

  test("every rule and lint has a page", () => {
    const pages = readdirSync(folder);
    expect(codes.filter((code) => !pages.includes(`${code}.md`))).toEqual([]);
  });

  test.each(codes)("the examples of %s give what they promise", (code) => {
    const page = readFileSync(new URL(`${code}.md`, folder), "utf8");
    const fences = [...page.matchAll(fence)].map(([, words, text]) => {
      const { error, file, target, version } = Object.fromEntries(
        (words ?? "")
          .trim()
          .split(" ")
          .map((word) => word.split("=")),
      ) as Record<string, string>;
      return { error, document: open(text!, `/project/${file ?? "main.go"}`), isPart: file !== undefined, target, version };
    });
    expect(fences.some(({ error }) => error === code)).toBe(true);
    expect(fences.some(({ error }) => error === undefined)).toBe(true);
    const program = fences.filter(({ isPart }) => isPart).map(({ document }) => document);
    const offered = new Set<string>();
    for (const { error, document, isPart, target, version } of fences) {
      const others = isPart ? program.filter((other) => other !== document) : [];
      const checkOptions: GoCheckOptions = {
        ...options({ goVersion: version ?? "1.26", program: () => [{ importPath: undefined, documents: others }] }),
        target: (target ?? "auto") as GoCheckOptions["target"],
      };
      const diagnostics = goDiagnostics(document, checkOptions);
      if (error !== undefined) for (const title of fixTitles(document, checkOptions, error)) offered.add(title);
      const found = diagnostics.map((diagnostic) => String(diagnostic.code)).filter((other) => other === code || other !== leftOut);
      expect(found).toEqual(error === undefined ? [] : [error]);
    }
    expect(titlesIn(page)).toEqual([...offered]);
  });
});
