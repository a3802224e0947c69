import {
  Diagnostic,
  DiagnosticSeverity,
  Range,
  Uri,
  languages,
  window,
  workspace,
  type DiagnosticCollection,
  type Disposable,
} from "vscode";
import type { BuildError } from "#core/contract/messages.ts";
import { moduleFile } from "../module-file.ts";
import { trusted } from "../trust.ts";
import type { Command } from "./command.ts";

/** Encodes a `.wat` into a `.wasm` beside it; what is wrong with it goes to the Problems panel. */
export const buildWat: Command = async ({ server, buildProblems }, given) => {
  if (!trusted("Building a module")) return;
  const file = await moduleFile(given, [".wat"]);
  if (!file) return;
  if (file.scheme === "untitled") {
    void window.showErrorMessage("Save the file first: the module is written beside it.");
    return;
  }
  const document = await workspace.openTextDocument(file);
  if (document.isDirty) await document.save();
  const { wasm, errors } = await server.buildWat({ uri: file.toString(), text: document.getText() });
  if (wasm === undefined) {
    buildProblems.set(file, unreported(file, errors));
    const count = errors.length === 1 ? "1 error" : `${errors.length} errors`;
    void window.showErrorMessage(`${workspace.asRelativePath(file)} was not built: ${count}. ${errors[0]?.message ?? ""}`);
    return;
  }
  buildProblems.delete(file);
  const target = file.with({ path: file.path.replace(/\.wat$/i, "") + ".wasm" });
  const bytes = Buffer.from(wasm, "base64");
  await workspace.fs.writeFile(target, bytes);
  void window.showInformationMessage(`Built ${workspace.asRelativePath(target)} (${bytes.length} bytes).`);
};

/** An edited file's build errors stand in the wrong places. */
export function forgetProblemsOnEdit(problems: DiagnosticCollection): Disposable {
  return workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (contentChanges.length > 0) problems.delete(document.uri);
  });
}

/** The errors on lines where the language server has not already found one. */
function unreported(file: Uri, errors: readonly BuildError[]): Diagnostic[] {
  const known = new Set<number>();
  for (const { source, severity, range } of languages.getDiagnostics(file)) {
    if (source === "wat" && severity === DiagnosticSeverity.Error) known.add(range.start.line);
  }
  return errors
    .filter((error) => !known.has(error.line))
    .map((error) => {
      const range = new Range(error.line, error.startCharacter, error.line, error.endCharacter);
      const diagnostic = new Diagnostic(range, error.message, DiagnosticSeverity.Error);
      diagnostic.source = "wabt";
      return diagnostic;
    });
}
