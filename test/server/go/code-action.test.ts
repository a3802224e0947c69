import { describe, expect, test } from "vitest";
import type { CodeAction, CodeActionContext, WorkspaceEdit } from "vscode-languageserver-types";
import { LineIndex } from "#core/text/line-index.ts";
import { goCodeActions, type GoCodeActionRequest } from "../../../server/src/go/code-action.ts";
import { GoDocument } from "#go-check/go-document.ts";
import { goDiagnostics, type GoCheckOptions } from "#go-check/diagnostics.ts";

function documentOf(path: string, text: string): GoDocument {
  return new GoDocument(path, text, { uri: `file://${path}` });
}

const options: GoCheckOptions = { target: "wasip1", goVersion: "1.26", siblings: [], importPath: "example.com/m" };

interface Asked {
  readonly text: string;
  readonly path?: string;
  readonly more?: Partial<GoCodeActionRequest>;
  readonly options?: Partial<GoCheckOptions>;
  readonly context?: Partial<CodeActionContext>;
  /** Text whose first place is asked about; default: all of it. */
  readonly at?: string;
}

function ask({ text, path = "/m/main.go", more, options: extra, context, at }: Asked): CodeAction[] {
  const document = documentOf(path, text);
  const start = at === undefined ? 0 : text.indexOf(at);
  return goCodeActions({
    document,
    options: { ...options, ...extra },
    range: document.lines.rangeOf({ start, end: at === undefined ? text.length : start }),
    context: { diagnostics: [], ...context },
    isOwn: () => true,
    versionOf: () => null,
    canCreate: true,
    ...more,
  });
}

/** Texts by URI after an edit. */
function edited(edit: WorkspaceEdit | undefined, documents: readonly GoDocument[]): Record<string, string> {
  const texts: Record<string, string> = {};
  const texted = (uri: string): { text: string; lines: LineIndex } => {
    const text = texts[uri] ?? documents.find((document) => document.uri === uri)?.text ?? "";
    return { text, lines: new LineIndex(text) };
  };
  for (const change of edit?.documentChanges ?? []) {
    if (!("textDocument" in change)) continue;
    let { text, lines } = texted(change.textDocument.uri);
    for (const each of [...change.edits].reverse()) {
      if (!("newText" in each)) throw new Error("a snippet");
      text = text.slice(0, lines.offsetAt(each.range.start)) + each.newText + text.slice(lines.offsetAt(each.range.end));
    }
    texts[change.textDocument.uri] = text;
  }
  return texts;
}

const small = `package main

//go:wasmexport add
func add(a, b int, s []string) {}

func main() {}
`;

describe("code actions", () => {
  test("say what they mend, and which is the one right answer", () => {
    const [first] = ask({ text: small, at: "int" });
    expect(first).toMatchObject({ kind: "quickfix", isPreferred: true });
    expect(first!.diagnostics?.map(({ code }) => code)).toEqual(["unsupported-parameter"]);
  });

  test("take the client's copy of a diagnostic", () => {
    const shown = goDiagnostics(documentOf("/m/main.go", small), options).map((diagnostic) => ({ ...diagnostic, data: "client's" }));
    const [first] = ask({ text: small, at: "int", context: { diagnostics: shown } });
    expect(first!.diagnostics?.map(({ data }) => data as unknown)).toEqual(["client's"]);
  });

  test("are those of the range", () => {
    expect(ask({ text: small, at: "package" })).toEqual([]);
    expect(ask({ text: small, at: "func main" })).toEqual([]);
  });

  test.each([
    [["quickfix"], ["quickfix"]],
    [["refactor"], ["refactor.rewrite"]],
    [["refactor.rewrite"], ["refactor.rewrite"]],
    [["source"], []],
    [["refactor.extract"], []],
    [["quick"], []],
    [[""], ["quickfix", "refactor.rewrite"]],
  ])("of the kinds %j", (only, kinds) => {
    const actions = ask({ text: small, context: { only } });
    expect(new Set(actions.map(({ kind }) => kind))).toEqual(new Set(kinds));
  });

  const structs = documentOf("/m/types.go", "package main\n\ntype P struct {\n\tin   In\n\tname [4]byte\n}\n\ntype In struct{ x int32 }\n");
  const user = "package main\n\n//go:wasmexport f\nfunc f(p *P) {}\n\n//go:wasmexport g\nfunc g(p *In) {}\n\nfunc main() {}\n";

  test("change the file that declares the struct, at the version that is open", () => {
    const more = { versionOf: (uri: string) => (uri.endsWith("types.go") ? 7 : null) };
    const [action] = ask({ text: user, at: "*P", options: { siblings: [structs] }, more });
    expect(action!.title).toBe("Add structs.HostLayout to P, In");
    expect(action!.edit?.documentChanges).toMatchObject([{ textDocument: { uri: structs.uri, version: 7 } }]);
    expect(edited(action!.edit, [structs])).toEqual({
      [structs.uri]: `package main

import "structs"

type P struct {
	_    structs.HostLayout
	in   In
	name [4]byte
}

type In struct {
	_ structs.HostLayout
	x int32
}
`,
    });
  });

  test("are plain edits for a client without versions", () => {
    const [action] = ask({ text: user, at: "*In", options: { siblings: [structs] }, more: { versionOf: undefined } });
    expect(Object.keys(action!.edit?.changes ?? {})).toEqual([structs.uri]);
  });

  test("leave alone what is not the user's", () => {
    const actions = ask({ text: user, at: "*P", options: { siblings: [structs] }, more: { isOwn: (path) => path !== "/m/types.go" } });
    expect(actions.flatMap(({ edit }) => Object.keys(edited(edit, [])))).not.toContain(structs.uri);
  });

  test("source.fixAll.goWasm marks all structs at once", () => {
    const asked = { text: user, options: { siblings: [structs] }, context: { only: ["source.fixAll"] } };
    const [action, ...others] = ask(asked);
    expect(others).toEqual([]);
    expect(action!.kind).toBe("source.fixAll.goWasm");
    const after = documentOf("/m/types.go", edited(action!.edit, [structs])[structs.uri]!);
    expect(
      goDiagnostics(documentOf("/m/main.go", user), { ...options, siblings: [after] }).filter(({ source }) => source === "go-wasm"),
    ).toEqual([]);
    expect(ask({ ...asked, options: { siblings: [after] } })).toEqual([]);
  });

  test("put a constraint on a program that is for wasm alone", () => {
    const [action] = ask({
      text: "package main\n\n//go:wasmexport f\nfunc f() {}\n\nfunc main() { select {} }\n",
      options: { target: "wasip1-reactor" },
      at: "//go",
    });
    expect(Object.values(edited(action!.edit, []))).toEqual(["//go:build wasm\n\n"]);
  });

  const shared = "package main\n\n//go:wasmimport env now\nfunc now() int64\n\nfunc main() { println(now()) }\n";

  test("make files where the client can", () => {
    const [action] = ask({ text: shared, at: "now() int64", options: { target: "host" } });
    expect(action!.edit?.documentChanges?.filter((change) => "kind" in change)).toMatchObject([
      { kind: "create", uri: "file:///m/now_wasm.go" },
      { kind: "create", uri: "file:///m/now_other.go" },
    ]);
    expect(ask({ text: shared, at: "now() int64", options: { target: "host" }, more: { canCreate: false } })).toEqual([]);
  });
});

/** The file after its preferred fix, and what is then still said about it. */
function mended(text: string, code: string, target: GoCheckOptions["target"]): { text: string; codes: unknown[] } {
  const own = documentOf("/m/main.go", text);
  const [action] = ask({ text, options: { target } }).filter(
    ({ isPreferred, diagnostics }) => isPreferred === true && diagnostics?.some((diagnostic) => diagnostic.code === code) === true,
  );
  const after = edited(action?.edit, [own])[own.uri] ?? text;
  return {
    text: after,
    codes: goDiagnostics(documentOf("/m/main.go", after), { ...options, target }).map((diagnostic) => diagnostic.code),
  };
}

describe("lints and what the linker refuses", () => {
  const start = "//go:build wasm\n\npackage main\n\nfunc main() {}\n\n";

  test.each([
    ["reserved-export-name", "//go:wasmexport memory\nfunc grow() {}\n", "//go:wasmexport grow\n"],
    ["reserved-export-name", "//go:wasmexport memory\nfunc memory() {}\n", "//go:wasmexport memoryExport\n"],
    ["linker-symbol-name", "//go:wasmexport main.main\nfunc grow() {}\n", "//go:wasmexport grow\n"],
    ["ignored-directive", "//go:wasmexport\tgrow\nfunc grow() {}\n", "//go:wasmexport grow\n"],
    ["ignored-directive", "// go:wasmexport grow\nfunc grow() {}\n", "//go:wasmexport grow\n"],
    ["ignored-directive", "//go:wasmexport\nfunc grow() {}\n", "//go:wasmexport grow\n"],
    ["ignored-directive", "//go:wasmimport\tenv\tgrow\nfunc grow()\n", "//go:wasmimport env grow\n"],
    ["ignored-directive", "//go:wasmexport grow\ntype T int\n\nfunc grow() {}\n", "type T int\n\n//go:wasmexport grow\nfunc grow() {}\n"],
    ["ignored-directive", "//go:wasmexport a\n//go:wasmexport b\nfunc grow() {}\n", "\n\n//go:wasmexport b\n"],
    [
      "too-many-wasm-parameters",
      "//go:wasmexport f\nfunc f(a, b, c, d, e, g, h, i, j, k, l, m, n, o, p, q, r int32) {}\n",
      "//go:wasmexport f\nfunc fExport(args *fArgs) {\n",
    ],
    [
      "unkept-result",
      "//go:wasmexport f\nfunc f() *int32 {\n\tx := new(int32)\n\treturn x\n}\n",
      "\tfKept[address] = x\n\treturn address\n",
    ],
  ])("%s", (code, text, expected) => {
    const result = mended(start + text, code, "wasip1-reactor");
    expect(result.text).toContain(expected);
    expect(result.codes).toEqual([]);
  });

  test("a program for wasm_exec.js waits", () => {
    const result = mended(`${start}//go:wasmexport f\nfunc f() {}\n`, "uncallable-export", "js");
    expect(result).toEqual({ text: `${start.replace("{}", "{\n\tselect {}\n}")}//go:wasmexport f\nfunc f() {}\n`, codes: [] });
  });

  describe("what the main of a reactor does", () => {
    const head = "//go:build wasm\n\npackage main\n\n//go:wasmexport f\nfunc f() {}\n\n";
    const after = (main: string): string => mended(head + main, "main-never-runs", "wasip1-reactor").text.slice(head.length);

    test("moves to init", () => {
      expect(after('func main() {\n\tprintln("ready")\n}\n')).toBe('func init() {\n\tprintln("ready")\n}\n\nfunc main() {}\n');
    });

    test("goes where it only waits", () => {
      expect(after("func main() {\n\tselect {}\n}\n")).toBe("func main() {}\n");
    });

    test("moves to init without waiting for ever at the end", () => {
      expect(after("func main() {\n\tprintln()\n\tselect {}\n}\n")).toBe("func init() {\n\tprintln()\n}\n\nfunc main() {}\n");
    });

    test.each([
      "func main() {\n\tif true {\n\t\tselect {}\n\t}\n}\n",
      "func main() { println() }\n\nvar again = main\n",
      "func main() { println(); select {} }\n",
    ])("stays where that is not all there is to say: %j", (main) => {
      expect(after(main)).toBe(main);
    });
  });
});
