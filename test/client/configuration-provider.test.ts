import { beforeEach, describe, expect, test, vi } from "vitest";
import { configurationProvider } from "../../client/src/debug/configuration-provider.ts";
import type { ServerConnection } from "../../client/src/language-client.ts";

/** The little of VS Code's API that the provider uses; that it works in the real one is for test/e2e to show. */
const editor = vi.hoisted(() => ({
  shown: [] as string[],
  answer: undefined as string | undefined,
  executed: [] as string[],
  runtimeExecutable: "",
}));
vi.mock("vscode", () => ({
  Uri: URL,
  window: {
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
const launch = { type: "wasm", request: "launch", name: "Main", program: "/work/main.wasm" };
const check = (configuration: typeof launch & Record<string, unknown>): unknown =>
  provider.resolveDebugConfigurationWithSubstitutedVariables!(undefined, configuration);

beforeEach(() => {
  Object.assign(editor, { shown: [], answer: undefined, executed: [], runtimeExecutable: "" });
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
