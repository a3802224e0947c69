/** The launch configuration of a module for which there is no launch.json. */
import { Uri, window, workspace, type DebugConfiguration } from "vscode";
import type { LaunchArguments } from "#core/contract/launch-attributes.ts";
import type { ServerConnection } from "../language-client.ts";
import { parseInvokeArguments } from "./invoke-arguments.ts";
import { runnableParts, type ExportedFunction, type Runnable } from "./runnable-parts.ts";

/**
 * Debugs `file`, a `.wasm` or `.wat`. A module that is no command is called through one of its exported functions: the only one, or
 * the one that the user picks, with arguments that the user types. `undefined` where the user gave up.
 */
export async function automaticConfiguration(file: Uri, server: ServerConnection): Promise<DebugConfiguration | undefined> {
  if (file.scheme !== "file") {
    void window.showErrorMessage("Save the file first: a module is run from disk.");
    return undefined;
  }
  const name = file.path.replace(/^.*\//, "");
  const configuration = { type: "wasm", request: "launch", name: `WebAssembly: ${name}`, program: file.fsPath };
  const runnable = await runnableOf(file, server);
  // A command needs no question; of what cannot be read, or called, the adapter speaks.
  if (!runnable || runnable.isCommand || runnable.functions.length === 0) return configuration;
  const call = await pickCall(runnable);
  if (call === "only the start function") return configuration;
  const invoke = call && (await withArguments(call));
  return invoke && { ...configuration, invoke };
}

async function runnableOf(file: Uri, server: ServerConnection): Promise<Runnable | undefined> {
  if (file.path.toLowerCase().endsWith(".wasm")) return runnableParts(await workspace.fs.readFile(file));
  const document = await workspace.openTextDocument(file);
  // The adapter reads the file, so it must be what the user sees.
  if (document.isDirty) await document.save();
  const { wasm } = await server.buildWat({ uri: file.toString(), text: document.getText() });
  return wasm === undefined ? undefined : runnableParts(Buffer.from(wasm, "base64"));
}

async function pickCall({ functions, hasStartFunction }: Runnable): Promise<ExportedFunction | "only the start function" | undefined> {
  if (functions.length === 1 && !hasStartFunction) return functions[0];
  const items = functions.map((called) => ({ label: called.name, description: `(${called.parameters.join(", ")})`, called }));
  const start = { label: "Only the start function", description: "It runs in any case.", called: "only the start function" as const };
  const picked = await window.showQuickPick(hasStartFunction ? [...items, start] : items, {
    placeHolder: "Which exported function is to be called?",
    ignoreFocusOut: true,
  });
  return picked?.called;
}

async function withArguments(called: ExportedFunction): Promise<LaunchArguments["invoke"] | undefined> {
  if (called.parameters.length === 0) return { export: called.name };
  const typed = await window.showInputBox({
    title: `Arguments of ${called.name}(${called.parameters.join(", ")})`,
    prompt: called.parameters.length === 1 ? "One number" : `${called.parameters.length} numbers, separated by spaces`,
    value: called.parameters.map(() => "0").join(" "),
    ignoreFocusOut: true,
    validateInput: (text) => parseInvokeArguments(text, called.parameters).problem,
  });
  if (typed === undefined) return undefined;
  return { export: called.name, args: parseInvokeArguments(typed, called.parameters).args };
}
