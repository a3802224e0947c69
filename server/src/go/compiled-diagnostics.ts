/** Puts together what we say about a Go document and what the compiler said when it was saved: nothing twice, and the compiler wins. */
import { DiagnosticSeverity, type Diagnostic } from "vscode-languageserver-types";
import { isKnownMessage, misplacedMessage } from "#core/go/compiler/known-messages.ts";
import { movedSpan } from "#core/go/compiler/moved-span.ts";
import { changedRegion } from "#core/go/source/changed-region.ts";
import { parentFolder } from "#core/go/packages/paths.ts";
import { isTestFile } from "#core/go/source/build-constraints.ts";
import type { CompiledPackage, PlacedMessage } from "../compiled-package.ts";
import { pageOf, type GoFinding } from "#go-check/diagnostics.ts";
import type { GoDocument } from "#go-check/go-document.ts";

/** The document as it is now. */
export interface Compiled {
  readonly document: GoDocument;
  /** Other files of its folder, as they are now. */
  readonly siblings: readonly GoDocument[];
  /** The documents of the editor. */
  readonly open: readonly GoDocument[];
  /** What we say about it. */
  readonly findings: readonly GoFinding[];
  /** Builds that touch its folder. */
  readonly packages: readonly CompiledPackage[];
}

/** All that is to be shown. */
export function mergedDiagnostics(compiled: Compiled): Diagnostic[] {
  const { findings, packages } = compiled;
  if (packages.length === 0) return findings.map(({ diagnostic }) => diagnostic);
  const { said, shown } = verdict(compiled);
  return [...findings.filter((finding) => said(finding) !== "refuted").map(({ diagnostic }) => diagnostic), ...shown];
}

/** What the compiler said, in our words where we have them: for a file that nobody looks at. */
export function compilersDiagnostics(compiled: Compiled): Diagnostic[] {
  const { said, shown } = verdict(compiled);
  return [...compiled.findings.filter((finding) => said(finding) === "confirmed").map(({ diagnostic }) => diagnostic), ...shown];
}

interface Verdict {
  /** What the compiler thinks of a finding of ours. */
  readonly said: (finding: GoFinding) => "confirmed" | "refuted" | undefined;
  /** What it says besides. */
  readonly shown: readonly Diagnostic[];
}

function verdict({ document, siblings, open, findings, packages }: Compiled): Verdict {
  const ours = new Set(findings.map(({ diagnostic }) => keyOfDiagnostic(diagnostic)));
  const current = packages.filter((compiled) => compiled.saw([document, ...siblings], open));
  const shown = new Map<string, Diagnostic>();
  for (const compiled of packages) {
    const messages = compiled.messagesIn(document.path);
    if (messages.length === 0) continue;
    const before = compiled.textOf(document.path) ?? document.text;
    const region = changedRegion(before, document.text);
    for (const message of messages) {
      const isKnown = isKnownMessage(message.message);
      // What our rules know they know of the text as it is now.
      if (isKnown && (!current.includes(compiled) || ours.has(keyOf(message)) || isToldElsewhere(message, [document, ...siblings])))
        continue;
      const span = movedSpan(before, document.text, message.span, region);
      if (span !== undefined) shown.set(`${span.start} ${message.message}`, diagnosticOf(message, document, span));
    }
  }
  return {
    said: (finding) => {
      if (finding.diagnostic.source !== "go-wasm") return undefined;
      const verdicts = current.map((compiled) => opinion(finding, document, compiled, ours));
      return verdicts.find((each) => each === "refuted") ?? verdicts.find((each) => each === "confirmed");
    },
    shown: [...shown.values()],
  };
}

function opinion(
  { diagnostic }: GoFinding,
  { path }: GoDocument,
  compiled: CompiledPackage,
  ours: ReadonlySet<string>,
): "confirmed" | "refuted" | undefined {
  const { line, column, message } = compilerData(diagnostic);
  const misplaced = misplacedMessage(message);
  const isSame = (other: PlacedMessage): boolean => {
    if (misplaced === undefined) return keyOf(other) === keyOfDiagnostic(diagnostic);
    const its = misplacedMessage(other.message);
    return its !== undefined && "name" in its && "name" in misplaced && its.kind === misplaced.kind && its.name === misplaced.name;
  };
  const candidates = misplaced === undefined ? compiled.messagesIn(path) : compiled.allMessages();
  if (candidates.some(isSame)) return "confirmed";
  if (compiled.folder !== parentFolder(path)) return undefined;
  // Tests come after the package itself, so nothing may be wrong with that.
  const wasReached = compiled.isComplete && (!isTestFile(path) || (compiled.withTests && compiled.paths.length === 0));
  const hasOtherWords = compiled
    .messagesIn(path)
    .some((other) => other.line === line && other.column === column && isKnownMessage(other.message) && !ours.has(keyOf(other)));
  return wasReached || hasOtherWords ? "refuted" : undefined;
}

/** A message that stands where nobody would look for it: we say the same where it belongs. */
function isToldElsewhere({ message }: PlacedMessage, documents: readonly GoDocument[]): boolean {
  const misplaced = misplacedMessage(message);
  if (misplaced === undefined || misplaced.kind === "crash") return misplaced !== undefined;
  const directive = `//go:wasmexport ${misplaced.name}`;
  const needed = misplaced.kind === "redeclared" ? 2 : 1;
  let found = 0;
  for (const { path, text } of documents) {
    if (!path.endsWith(".go")) continue;
    for (let at = text.indexOf(directive); at >= 0; at = text.indexOf(directive, at + directive.length)) {
      if (/^\s|^$/u.test(text.slice(at + directive.length, at + directive.length + 1))) found++;
    }
  }
  return found >= needed;
}

function diagnosticOf(message: PlacedMessage, document: GoDocument, span: PlacedMessage["span"]): Diagnostic {
  const base = {
    range: document.lines.rangeOf(span),
    severity: DiagnosticSeverity.Error,
    message: [message.message, ...message.details].join("\n"),
  };
  if (message.from === "linker") return { ...base, ...pageOf("linker-error"), source: "go-link" };
  const { line, column } = message;
  return { ...base, ...pageOf("compiler-error"), source: "go-wasm", data: { compiler: { line, column, message: message.message } } };
}

interface CompilerData {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What `data` of a diagnostic of source `go-wasm` holds. */
function compilerData({ data }: Diagnostic): CompilerData {
  return (data as { compiler: CompilerData }).compiler;
}

function keyOf({ line, column, message }: CompilerData): string {
  return `${line}:${column} ${message}`;
}

function keyOfDiagnostic(diagnostic: Diagnostic): string {
  return diagnostic.source === "go-wasm" ? keyOf(compilerData(diagnostic)) : "";
}
