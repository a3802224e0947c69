/** The launch configuration of a module for which there is no launch.json. */
import { Uri, window, workspace, type DebugConfiguration } from "vscode";
import type { LaunchArguments } from "#core/contract/launch-attributes.ts";
import type { ServerConnection } from "../language-client.ts";
import { parseInvokeArguments } from "./invoke-arguments.ts";
import { callableFunctions, type ExportedFunction } from "./exported-functions.ts";

/**
 * Debugs `file`, a `.wasm` or `.wat`. A module that does not run by itself is called through one of its exported functions: the only one, or
 * the one that the user picks, with arguments that the user types. `undefined` where the user gave up.
 */
export async function automaticConfiguration(file: Uri, server: ServerConnection): Promise<DebugConfiguration | undefined> {
  if (file.scheme !== "file") {
    void window.showErrorMessage("Save the file first: a module is run from disk.");
    return undefined;
  }
  const name = file.path.replace(/^.*\//, "");
  const configuration = { type: "wasm", request: "launch", name: `WebAssembly: ${name}`, program: file.fsPath };
  const functions = await functionsOf(file, server);
  // It runs by itself, or it cannot be read, and the adapter will say why.
  if (functions.length === 0) return configuration;
  const invoke = await askForCall(functions);
  return invoke && { ...configuration, invoke };
}

async function functionsOf(file: Uri, server: ServerConnection): Promise<readonly ExportedFunction[]> {
  if (file.path.toLowerCase().endsWith(".wasm")) return callableFunctions(await workspace.fs.readFile(file));
  const document = await workspace.openTextDocument(file);
  // The adapter reads the file, so it must be what the user sees.
  if (document.isDirty) await document.save();
  const { wasm } = await server.buildWat({ uri: file.toString(), text: document.getText() });
  return wasm === undefined ? [] : callableFunctions(Buffer.from(wasm, "base64"));
}

async function askForCall(functions: readonly ExportedFunction[]): Promise<LaunchArguments["invoke"] | undefined> {
  const called = functions.length === 1 ? functions[0] : await pickFunction(functions);
  if (!called) return undefined;
  if (called.parameters.length === 0) return { export: called.name };
  const signature = `${called.name}(${called.parameters.join(", ")})`;
  const typed = await window.showInputBox({
    title: `Arguments of ${signature}`,
    prompt: `${called.parameters.length === 1 ? "One number" : `${called.parameters.length} numbers`}, separated by spaces`,
    value: called.parameters.map(() => "0").join(" "),
    validateInput: (text) => parseInvokeArguments(text, called.parameters).problem,
  });
  if (typed === undefined) return undefined;
  return { export: called.name, args: parseInvokeArguments(typed, called.parameters).args };
}

async function pickFunction(functions: readonly ExportedFunction[]): Promise<ExportedFunction | undefined> {
  const items = functions.map((candidate) => ({ label: candidate.name, description: `(${candidate.parameters.join(", ")})`, candidate }));
  const picked = await window.showQuickPick(items, { placeHolder: "Which exported function is to be called?" });
  return picked?.candidate;
}
