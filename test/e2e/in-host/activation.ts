import assert from "node:assert/strict";
import { commands as registry, workspace } from "vscode";
import { commands } from "../../../core/contract/commands.ts";
import { defaultSettings } from "../../../core/contract/settings.ts";
import { eventually, extension, type HostTest, inWorkspace } from "./host-test.ts";

export const activation: readonly HostTest[] = [
  {
    title: "opening a .wat file activates the installed extension",
    async run() {
      await workspace.openTextDocument(inWorkspace("wat/factorial.wat"));
      await eventually("the extension was not activated", () => extension().isActive || undefined);
      assert.match(extension().extensionPath, /extensions[/\\]go-wasm\.go-wasm-/);
    },
  },
  {
    title: "every command of the contract is registered",
    async run() {
      await extension().activate();
      const registered = new Set(await registry.getCommands(true));
      assert.deepEqual(
        Object.keys(commands).filter((name) => !registered.has(name)),
        [],
      );
    },
  },
  {
    title: "every setting has the contract's default",
    async run() {
      for (const [name, value] of Object.entries(defaultSettings()))
        assert.deepEqual(workspace.getConfiguration("goWasm").get(name), value, name);
    },
  },
  {
    title: "the settings that name executables are restricted in an untrusted workspace",
    async run() {
      const { untrustedWorkspaces } = (extension().packageJSON as Manifest).capabilities;
      assert.equal(untrustedWorkspaces.supported, "limited");
      assert.ok(untrustedWorkspaces.restrictedConfigurations.includes("goWasm.debug.runtimeExecutable"));
    },
  },
];

interface Manifest {
  readonly capabilities: { readonly untrustedWorkspaces: { readonly supported: unknown; readonly restrictedConfigurations: string[] } };
}
