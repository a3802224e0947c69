import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { ProgressLocation, window, workspace, type CancellationToken, type Uri } from "vscode";
import { dwarfArguments } from "../dwarf-arguments.ts";
import { serverSettings } from "../go-settings.ts";
import { moduleFile } from "../module-file.ts";
import { trusted } from "../trust.ts";
import type { Command } from "./command.ts";

/** Writes what can be found out about Go code into a module, for debuggers that know DWARF: builds the package of a Go file, or takes a module. */
export const writeDwarf: Command = async (_services, given) => {
  if (!trusted("Building a module")) return;
  const file = await moduleFile(given, [".go", ".wasm"]);
  if (!file) return;
  if (file.scheme !== "file") {
    void window.showErrorMessage("Only packages and modules on this machine's disk can be given debug information.");
    return;
  }
  await workspace.saveAll(false);
  const outcome = await window.withProgress(
    { location: ProgressLocation.Notification, title: "Writing DWARF", cancellable: true },
    (_progress, token) => run(file, token),
  );
  if (outcome.cancelled) return;
  if (outcome.code === 0) void window.showInformationMessage(outcome.said);
  else void window.showErrorMessage(outcome.said === "" ? `go-wasm dwarf ended with ${outcome.code}.` : outcome.said, { modal: false });
};

interface Outcome {
  readonly code: number | null;
  readonly cancelled: boolean;
  /** What the program has printed, shortened. */
  readonly said: string;
}

/** Longer messages are no notifications any more. */
const longestMessage = 1500;

/** Runs the command line program on the runtime that the extension itself runs on; see `adapterFactory`. */
function run(file: Uri, token: CancellationToken): Promise<Outcome> {
  const args = [join(__dirname, "cli.cjs"), ...dwarfArguments(file.fsPath, serverSettings(file))];
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: "1" };
  const child = spawn(process.execPath, args, { cwd: dirname(file.fsPath), env, stdio: ["ignore", "pipe", "pipe"], windowsHide: true });
  const cancelling = token.onCancellationRequested(() => child.kill("SIGINT"));
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (said += text));
  return new Promise<Outcome>((resolve) => {
    const settle = (code: number | null, text: string): void =>
      resolve({ code, cancelled: token.isCancellationRequested, said: text.trim().slice(0, longestMessage) });
    child.once("error", (error) => settle(1, error.message));
    child.once("close", (code) => settle(code, said));
  }).finally(() => cancelling.dispose());
}
