/** Starts what a lens above a Go function names. */
import { commands, debug, Uri, window, workspace, type DebugConfiguration, type Disposable, type Memento } from "vscode";
import { type GoStart, type GoStartParameter, startGoCommand } from "#core/contract/go-start.ts";
import type { LaunchArguments } from "#core/contract/launch-attributes.ts";
import { trusted } from "../trust.ts";
import { goPackageConfiguration } from "./go-package.ts";
import { parseInvokeArguments } from "./invoke-arguments.ts";

/** `memory`: where the arguments are kept that the user has typed. */
export function registerGoStarts(debugType: string, memory: Memento): Disposable {
  return commands.registerCommand(startGoCommand, (start: GoStart) => startGo(start, debugType, memory));
}

async function startGo(start: GoStart, debugType: string, memory: Memento): Promise<void> {
  if (!trusted("Running a program")) return;
  const file = Uri.parse(start.uri);
  const configuration = await configurationOf(start, file, debugType, memory);
  if (!configuration) return;
  const shown = start.noDebug ? { internalConsoleOptions: "openOnSessionStart" } : {};
  await debug.startDebugging(workspace.getWorkspaceFolder(file), { ...configuration, ...shown }, { noDebug: start.noDebug });
}

/** `undefined` where the user gave up. */
async function configurationOf(
  { what, host }: GoStart,
  file: Uri,
  debugType: string,
  memory: Memento,
): Promise<DebugConfiguration | undefined> {
  const base = { ...goPackageConfiguration(file, debugType), ...(host === undefined ? {} : { host }) };
  if (what.kind === "main") return base;
  if (what.kind === "test") return { ...base, name: `WebAssembly: ${what.name}`, args: [...what.args] };
  const invoke = await invocation(what.name, what.parameters, memory, `arguments of ${what.name} in ${file.path}`);
  return invoke && { ...base, name: `WebAssembly: ${what.name}`, invoke };
}

async function invocation(
  name: string,
  parameters: readonly GoStartParameter[],
  memory: Memento,
  key: string,
): Promise<LaunchArguments["invoke"] | undefined> {
  if (parameters.length === 0) return { export: name };
  const types = parameters.map(({ type }) => type ?? "number");
  const typed = await window.showInputBox({
    title: `Arguments of ${name}(${parameters.map((parameter) => `${parameter.name} ${parameter.type ?? ""}`.trim()).join(", ")})`,
    prompt: parameters.length === 1 ? "One number" : `${parameters.length} numbers, separated by spaces`,
    value: memory.get<string>(key) ?? parameters.map(() => "0").join(" "),
    ignoreFocusOut: true,
    validateInput: (text) => parseInvokeArguments(text, types).problem,
  });
  if (typed === undefined) return undefined;
  await memory.update(key, typed);
  return { export: name, args: parseInvokeArguments(typed, types).args };
}
