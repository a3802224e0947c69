import type { DiagnosticCollection } from "vscode";
import type { ServerConnection } from "../language-client.ts";
import type { WasmTexts } from "../wasm-texts.ts";

/** What commands work with. */
export interface Services {
  readonly server: ServerConnection;
  readonly wasmTexts: WasmTexts;
  /** The errors of the last build of each `.wat`. */
  readonly buildProblems: DiagnosticCollection;
}

/** `given` is what the menu handed over: the URI of a file in the explorer or editor title, nothing in the palette. */
export type Command<Needed = Services> = (services: Needed, given: unknown) => Promise<void>;
