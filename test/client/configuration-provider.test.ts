import { beforeEach, describe, expect, test, vi } from "vitest";
import { configurationProvider } from "../../client/src/debug/configuration-provider.ts";
import { goConfigurationProvider } from "../../client/src/debug/go-package.ts";
import type { ServerConnection } from "../../client/src/language-client.ts";

/** The little of VS Code's API that the provider uses; that it works in the real one is for test/e2e to show. */
const editor = vi.hoisted(() => ({
  shown: [] as string[],
  answer: undefined as string | undefined,
  executed: [] as string[],
  runtimeExecutable: "",
  active: undefined as { scheme: string; path: string; fsPath: string } | undefined,
}));
vi.mock("vscode", () => ({
  Uri: URL,
  window: {
    tabGroups: { activeTabGroup: {} },
    get activeTextEditor() {
      return editor.active && { document: { uri: editor.active } };
    },
    showErrorMessage: (message: string) => {
      editor.shown.push(message);
      return Promise.resolve(editor.answer);
    },
  },
  commands: { executeCommand: (name: string) => Promise.resolve(editor.executed.push(name)) },
  workspace: {
    getConfiguration: () => ({ get: () => editor.runtimeExecutable }),
    workspaceFolders: [{ uri: { scheme: "file", fsPath: "/work" } }, { uri: { scheme: "memfs", fsPath: "/virtual" } }],
  },
}));

const provider = configurationProvider({} as ServerConnection);
const launch = { type: "wasm", request: "launch", name: "Main", program: "/project/main.wasm" };
const check = (configuration: typeof launch & Record<string, unknown>): unknown =>
  provider.resolveDebugConfigurationWithSubstitutedVariables!(undefined, configuration);

beforeEach(() => {
  Object.assign(editor, { shown: [], answer: undefined, executed: [], runtimeExecutable: "", active: undefined });
});

describe("a configuration of launch.json", () => {
  test("is left as it is before variables are replaced", async () => {
    expect(await provider.resolveDebugConfiguration!(undefined, launch)).toBe(launch);
  });

  test("gets the workspace's folders on disk, and no runtime where none is set", async () => {
    expect(await check(launch)).toEqual({ ...launch, workspaceFolders: ["/work"] });
    expect(editor.shown).toEqual([]);
  });

  test("gets the runtime of the settings, unless it names one", async () => {
    editor.runtimeExecutable = "/opt/node";
    expect(await check(launch)).toMatchObject({ runtimeExecutable: "/opt/node" });
    expect(await check({ ...launch, runtimeExecutable: "/usr/bin/node" })).toMatchObject({ runtimeExecutable: "/usr/bin/node" });
  });

  test("is refused with every mistake in one message, before an adapter is started", async () => {
    expect(await check({ ...launch, args: "a b", invoke: {} })).toBeUndefined();
    expect(editor.shown).toEqual([
      'Cannot debug "Main": launch attribute "args" must be an array; launch attribute "invoke" needs "export".',
    ]);
    expect(editor.executed).toEqual([]);
  });

  test("is opened where the user wants to mend it", async () => {
    editor.answer = "Open launch.json";
    expect(await check({ ...launch, request: "attach" })).toBeUndefined();
    expect(editor.shown[0]).toContain('attribute "request" must be "launch"');
    expect(editor.executed).toEqual(["workbench.action.debug.configure"]);
  });
});

const resolve = (type: string, path: string): unknown => {
  editor.active = { scheme: "file", path, fsPath: path };
  return goConfigurationProvider("wasm").resolveDebugConfiguration!(undefined, { type } as never);
};

describe("F5 with a Go file in the editor", () => {
  test("debugs its package, or the package's tests", () => {
    expect(resolve("wasm-go", "/project/tool/main.go")).toEqual({
      type: "wasm",
      request: "launch",
      name: "WebAssembly: Go package tool",
      mode: "debug",
      program: "/project/tool",
    });
    expect(resolve("wasm-go", "/project/tool/main_test.go")).toMatchObject({ mode: "test", program: "/project/tool" });
  });

  test("of our own type, where the user has picked it", async () => {
    editor.active = { scheme: "file", path: "/project/tool/main.go", fsPath: "/project/tool/main.go" };
    const configuration = await provider.resolveDebugConfiguration!(undefined, { type: "wasm" } as never);
    expect(configuration).toMatchObject({ type: "wasm", mode: "debug", program: "/project/tool" });
  });

  test("without one says what to do", () => {
    editor.active = undefined;
    expect(goConfigurationProvider("wasm").resolveDebugConfiguration!(undefined, { type: "wasm-go" } as never)).toBeUndefined();
    expect(editor.shown).toEqual(["Open a Go file of the package that is to be debugged, and save it on disk."]);
  });
});
