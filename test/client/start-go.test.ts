/** What the lenses start, and how the problems of a build reach the editor. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { BuiltEvent } from "#core/contract/debug-events.ts";
import type { GoStart } from "#core/contract/go-start.ts";
import { showBuildProblems } from "../../client/src/debug/build-problems.ts";
import { registerGoStarts } from "../../client/src/debug/start-go.ts";

const editor = vi.hoisted(() => ({
  trusted: true,
  target: undefined as string | undefined,
  typed: undefined as string | undefined,
  offered: [] as string[],
  started: [] as { configuration: Record<string, unknown>; noDebug: boolean }[],
  start: undefined as ((given: unknown) => Promise<void>) | undefined,
  event: undefined as ((event: unknown) => void) | undefined,
  problems: new Map<string, { message: string; range: unknown }[]>(),
  others: [] as { severity: number; message: string; range: { start: { line: number } } }[],
}));

const fileUri = vi.hoisted(() => (path: string): object => ({ scheme: "file", path, fsPath: path }));

vi.mock("vscode", () => {
  class Range {
    readonly text: string;
    constructor(...numbers: number[]) {
      this.text = numbers.join(":");
    }
  }
  class Diagnostic {
    readonly range: Range;
    readonly message: string;
    constructor(range: Range, message: string) {
      this.range = range;
      this.message = message;
    }
  }
  return {
    Range,
    Diagnostic,
    DiagnosticSeverity: { Error: 0, Warning: 1 },
    Disposable: { from: () => ({}) },
    Uri: { parse: (uri: string) => fileUri(uri.replace("file://", "")), file: fileUri },
    commands: { registerCommand: (_: string, handler: typeof editor.start) => ((editor.start = handler), {}) },
    languages: {
      createDiagnosticCollection: () => ({
        set: (file: { path: string }, list: Diagnostic[]) => editor.problems.set(file.path, list),
        delete: (file: { path: string }) => editor.problems.delete(file.path),
      }),
      getDiagnostics: () => editor.others,
    },
    debug: {
      onDidReceiveDebugSessionCustomEvent: (listener: typeof editor.event) => ((editor.event = listener), {}),
      startDebugging: (_: unknown, configuration: Record<string, unknown>, { noDebug }: { noDebug: boolean }) =>
        Promise.resolve(editor.started.push({ configuration, noDebug })),
    },
    window: {
      showErrorMessage: () => Promise.resolve(undefined),
      showInputBox: ({ value }: { value: string }) => {
        editor.offered.push(value);
        return Promise.resolve(editor.typed);
      },
    },
    workspace: {
      get isTrusted() {
        return editor.trusted;
      },
      getWorkspaceFolder: () => undefined,
      getConfiguration: () => ({ get: () => editor.target }),
      onDidChangeTextDocument: () => ({}),
    },
  };
});

const kept = new Map<string, unknown>();
const memory = {
  keys: () => [...kept.keys()],
  get: (key: string) => kept.get(key),
  update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)),
} as never;

beforeEach(() => {
  Object.assign(editor, { trusted: true, target: undefined, typed: undefined, offered: [], started: [], others: [] });
  editor.problems.clear();
  kept.clear();
  registerGoStarts("wasm", memory);
  showBuildProblems("wasm");
});

const start = (given: Omit<GoStart, "uri"> & { uri?: string }): Promise<void> => editor.start!({ uri: "file:///p/main.go", ...given });

describe("a lens", () => {
  test("runs main, for JavaScript where that is the target", async () => {
    await start({ noDebug: true, host: "js", what: { kind: "main" } });
    expect(editor.started).toMatchObject([{ noDebug: true, configuration: { type: "wasm", mode: "debug", program: "/p", host: "js" } }]);
  });

  test("of main in a package that is a reactor, or for JavaScript, starts that", async () => {
    editor.target = "wasip1-reactor";
    await start({ noDebug: false, what: { kind: "main" } });
    editor.target = "js";
    await start({ noDebug: false, what: { kind: "main" } });
    expect(editor.started).toMatchObject([{ configuration: { buildMode: "c-shared" } }, { configuration: { host: "js" } }]);
  });

  test("debugs one test", async () => {
    const args = ["-test.v", "-test.run=^TestOne$"];
    await start({ uri: "file:///p/p_test.go", noDebug: false, what: { kind: "test", name: "TestOne", args } });
    expect(editor.started).toMatchObject([{ noDebug: false, configuration: { mode: "test", program: "/p", args } }]);
  });

  test("asks for the arguments of an export and remembers them", async () => {
    const what: GoStart["what"] = { kind: "export", name: "add", parameters: [{ name: "a", type: "i32" }, { name: "b" }] };
    editor.typed = "3 0x10";
    await start({ noDebug: false, what });
    await start({ noDebug: true, what });
    expect(editor.offered).toEqual(["0 0", "3 0x10"]);
    expect(editor.started[0]).toMatchObject({ configuration: { invoke: { export: "add", args: [3, "0x10"] } } });
    editor.typed = undefined;
    await start({ noDebug: false, what });
    expect(editor.started).toHaveLength(2);
  });

  test("starts nothing in an untrusted workspace", async () => {
    editor.trusted = false;
    await start({ noDebug: true, what: { kind: "main" } });
    expect(editor.started).toEqual([]);
  });
});

const built = (event: BuiltEvent, type = "wasm"): void => editor.event!({ session: { type }, event: "goWasm.built", body: event });

describe("problems of a build", () => {
  const problem = { file: "/p/main.go", line: 4, column: 2, endColumn: 5, message: "undefined: x" };

  test("stand at their places until the next build of the package", () => {
    built({ folder: "/p", problems: [problem, { ...problem, file: "/p/inner/inner.go" }] });
    expect([...editor.problems.keys()]).toEqual(["/p/main.go", "/p/inner/inner.go"]);
    expect(editor.problems.get("/p/main.go")).toMatchObject([{ message: "undefined: x", range: { text: "3:1:3:4" } }]);
    built({ folder: "/other", problems: [] });
    expect(editor.problems.size).toBe(2);
    built({ folder: "/p", problems: [] });
    expect(editor.problems.size).toBe(0);
  });

  test("are not told twice, nor for the sessions of others", () => {
    editor.others = [{ severity: 0, message: "undefined: x\nmore", range: { start: { line: 3 } } }];
    built({ folder: "/p", problems: [problem] });
    expect(editor.problems.get("/p/main.go")).toEqual([]);
    built({ folder: "/p", problems: [{ ...problem, file: "/p/x.go" }] }, "go");
    expect(editor.problems.has("/p/x.go")).toBe(false);
  });
});
