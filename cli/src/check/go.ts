/** Go packages, checked as the language server checks them: no toolchain is run. */
import { fileURLToPath } from "node:url";
import { relative, resolve } from "node:path";
import { DiagnosticSeverity, type Diagnostic } from "vscode-languageserver-types";
import { goDiagnostics } from "#go-check/diagnostics.ts";
import { goInstallation } from "#go-check/environment.ts";
import { DiskFiles } from "#go-check/files.ts";
import { goHost } from "#go-check/host.ts";
import { slashed } from "#platform";
import { GoWorkspace, type GoCheckSettings } from "#go-check/workspace.ts";
import { CommandError } from "../command.ts";
import type { Finding, Severity } from "./finding.ts";

/** How old what was read from disk may be, in milliseconds: a check is over before anything changes. */
const maximalAge = 60_000;

const severities: Readonly<Record<DiagnosticSeverity, Severity>> = {
  [DiagnosticSeverity.Error]: "error",
  [DiagnosticSeverity.Warning]: "warning",
  [DiagnosticSeverity.Information]: "information",
  [DiagnosticSeverity.Hint]: "hint",
};

/** Checks Go files one after the other, and keeps what it has read of their packages. */
export class GoChecker {
  readonly #disk = new DiskFiles();
  readonly #workspace: GoWorkspace;
  readonly #settings: GoCheckSettings;
  readonly #folder: string;

  /** `folder`: the current one, which names of files count from. */
  constructor(folder: string, settings: GoCheckSettings) {
    const installation = goInstallation(process.env, process.platform);
    this.#workspace = new GoWorkspace(this.#disk, installation, goHost(process.platform, process.arch), () => undefined);
    this.#settings = settings;
    this.#folder = folder;
  }

  /** What is wrong with a file, named as the user has named it. */
  findings(file: string): Finding[] {
    const path = slashed(resolve(this.#folder, file));
    const document = this.#disk.document(path, maximalAge);
    if (!document) throw new CommandError(`cannot read ${file}, or it is too large to be a Go file`);
    const options = this.#workspace.optionsFor(document, [], this.#settings);
    const found = goDiagnostics(document, options).map((diagnostic) => this.#findingOf(file, diagnostic));
    this.#workspace.forget(document.uri);
    return found;
  }

  #findingOf(file: string, { range, severity, source, code, message, relatedInformation }: Diagnostic): Finding {
    const related = (relatedInformation ?? []).map(({ location, message: text }) => ({
      file: this.#nameOf(location.uri),
      range: location.range,
      message: text,
    }));
    return {
      file,
      range,
      severity: severities[severity ?? DiagnosticSeverity.Error],
      source: source ?? "go-wasm",
      code: String(code),
      message: typeof message === "string" ? message : message.value,
      related,
    };
  }

  /** Below the current folder as from there, elsewhere in full. */
  #nameOf(uri: string): string {
    const path = fileURLToPath(uri);
    const from = relative(this.#folder, path);
    return from.startsWith("..") ? path : from;
  }
}
