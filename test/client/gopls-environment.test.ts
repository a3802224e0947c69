import { beforeEach, expect, test, vi } from "vitest";
import { differsFromGopls, setGoplsPlatform } from "../../client/src/gopls-environment.ts";

/** Stands for the setting `gopls` of the workspace. */
const editor = vi.hoisted(() => ({ gopls: undefined as unknown, writes: [] as unknown[] }));

vi.mock("vscode", () => ({
  ConfigurationTarget: { Global: 1, Workspace: 2, WorkspaceFolder: 3 },
  workspace: {
    workspaceFolders: [{}],
    getConfiguration: () => ({
      get: () => editor.gopls,
      inspect: () => ({ globalValue: { "ui.semanticTokens": true }, workspaceValue: editor.gopls }),
      update: (...write: unknown[]) => {
        editor.writes.push(write);
        editor.gopls = write[1];
      },
    }),
  },
}));

beforeEach(() => {
  editor.gopls = undefined;
  editor.writes = [];
});

test("the platform is put beside what is set already, and taken away again", async () => {
  editor.gopls = { "build.env": { GOFLAGS: "-mod=mod", GOOS: "plan9" }, "build.buildFlags": ["-v"] };
  expect(differsFromGopls(undefined, "wasip1-reactor")).toBe(true);
  await setGoplsPlatform(undefined, "wasip1-reactor");
  const wasip1 = { GOFLAGS: "-mod=mod", GOOS: "wasip1", GOARCH: "wasm" };
  expect(editor.writes).toEqual([["gopls", { "build.env": wasip1, "build.buildFlags": ["-v"] }, 2]]);
  expect(differsFromGopls(undefined, "wasip1")).toBe(false);
  expect(differsFromGopls(undefined, "js")).toBe(true);
  await setGoplsPlatform(undefined, "host");
  expect(editor.gopls).toEqual({ "build.env": { GOFLAGS: "-mod=mod" }, "build.buildFlags": ["-v"] });
});

test("where nothing is set nothing is left behind, and the user's own settings are not copied", async () => {
  expect(differsFromGopls(undefined, "auto")).toBe(false);
  await setGoplsPlatform(undefined, "js");
  expect(editor.gopls).toEqual({ "build.env": { GOOS: "js", GOARCH: "wasm" } });
  await setGoplsPlatform(undefined, "auto");
  expect(editor.gopls).toBe(undefined);
});
