import { window, workspace } from "vscode";
import { moduleFile } from "../module-file.ts";
import type { Command } from "./command.ts";

/** Opens a read-only document with the text of a binary module. */
export const showWasmAsText: Command = async ({ wasmTexts }, given) => {
  const file = await moduleFile(given, [".wasm"]);
  if (!file) return;
  try {
    await wasmTexts.prepare(file);
  } catch (error) {
    void window.showErrorMessage(error instanceof Error ? error.message : String(error));
    return;
  }
  const document = await workspace.openTextDocument(wasmTexts.uriFor(file));
  await window.showTextDocument(document, { preview: true });
};
