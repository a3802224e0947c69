/** Quick fixes for one Go document, and the action that marks all its structs. */
import {
  CodeActionKind,
  CodeActionTriggerKind,
  type CodeAction,
  type CodeActionContext,
  type Diagnostic,
  type Position,
  type Range,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver-types";
import { problemsOf } from "#core/go/check.ts";
import { markAllStructs } from "#core/go/fixes/fix-all.ts";
import type { FileChanges } from "#core/go/fixes/changes.ts";
import { fixFinder } from "#core/go/fixes/index.ts";
import type { Judge } from "#core/go/fixes/verify.ts";
import { lintProblemsOf } from "#core/go/lint.ts";
import type { GoFile } from "#core/go/source/syntax.ts";
import { goFileCheck, goFindings, lintContext, type GoCheckOptions, type GoFileCheck } from "#go-check/diagnostics.ts";
import type { GoDocument } from "#go-check/go-document.ts";

const fixAllKind = `${CodeActionKind.SourceFixAll}.goWasm`;

export const codeActionKinds: readonly string[] = [
  CodeActionKind.QuickFix,
  CodeActionKind.RefactorExtract,
  CodeActionKind.RefactorInline,
  CodeActionKind.RefactorRewrite,
  fixAllKind,
];

/** Milliseconds after which the fixes found so far are the answer: nobody chooses among hundreds. */
const patience = 2000;

export interface GoCodeActionRequest {
  readonly document: GoDocument;
  readonly options: GoCheckOptions;
  readonly range: Range;
  readonly context: CodeActionContext;
  /** Files that belong to the user, by path. */
  readonly isOwn: (path: string) => boolean;
  /** The version of an open document; null for a file on disk, undefined where the client knows no versions in edits. */
  readonly versionOf: ((uri: string) => number | null) | undefined;
  /** The client can make files. */
  readonly canCreate: boolean;
}

/** Where the document does not belong to the target, or nothing helps, there are none. */
export function goCodeActions(request: GoCodeActionRequest): CodeAction[] {
  const { document, options, range, context } = request;
  const check = goFileCheck(document, options);
  if (check === undefined) return [];
  const isEditable = (file: GoFile): boolean => check.documents.has(file) && request.isOwn(file.path);
  const actions: CodeAction[] = [];
  if (wants(context, CodeActionKind.QuickFix) || wants(context, CodeActionKind.RefactorRewrite)) {
    const end = performance.now() + patience;
    const fixesFor = fixFinder(check, { isEditable, judge: judgeFor(check, options) });
    for (const { problem, diagnostic } of goFindings(document, check, options)) {
      if (!overlaps(diagnostic.range, range)) continue;
      if (performance.now() > end) break;
      for (const fix of fixesFor(problem)) {
        if (!wants(context, fix.kind) || (fix.created.length > 0 && !(request.canCreate && request.versionOf !== undefined))) continue;
        const action = {
          title: fix.title,
          kind: fix.kind,
          diagnostics: [asShown(diagnostic, context)],
          edit: workspaceEdit(fix, check, request),
        };
        actions.push(fix.preferred ? { ...action, isPreferred: true } : action);
      }
    }
  }
  // The editor asks unasked at every move of the cursor.
  if (wants(context, fixAllKind) && (context.only !== undefined || context.triggerKind !== CodeActionTriggerKind.Automatic)) {
    const changes = markAllStructs(check, isEditable);
    if (changes.size > 0) {
      const edit = workspaceEdit({ changes, created: [] }, check, request);
      actions.push({ title: "Add structs.HostLayout to all structs that cross", kind: fixAllKind, edit });
    }
  }
  return merged(actions);
}

/** A kind names its parts too: `refactor` asks for `refactor.rewrite`. */
function wants({ only }: CodeActionContext, kind: string): boolean {
  return only === undefined || only.some((asked) => asked === "" || kind === asked || kind.startsWith(`${asked}.`));
}

function overlaps(a: Range, b: Range): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

/** The client's own copy, where it has sent one: that is how it knows what the action mends. */
function asShown(diagnostic: Diagnostic, { diagnostics }: CodeActionContext): Diagnostic {
  const { start, end } = diagnostic.range;
  const shown = diagnostics.find(
    ({ code, range }) =>
      code === diagnostic.code &&
      range.start.line === start.line &&
      range.start.character === start.character &&
      range.end.line === end.line &&
      range.end.character === end.character,
  );
  return shown ?? diagnostic;
}

function judgeFor({ documents }: GoFileCheck, options: GoCheckOptions): Judge {
  return (context, { source }) => [
    ...problemsOf(context).map((problem) => ({ problem, isGrave: true })),
    ...lintProblemsOf(lintContext(context, { source, documents }, options)).map((problem) => ({
      problem,
      isGrave: problem.severity === "error",
    })),
  ];
}

/** One action for the same edit, which then mends several diagnostics. */
function merged(actions: readonly CodeAction[]): CodeAction[] {
  const byEdit = new Map<string, CodeAction>();
  for (const action of actions) {
    const key = JSON.stringify([action.kind, action.edit]);
    const known = byEdit.get(key);
    if (known === undefined) byEdit.set(key, action);
    else {
      const diagnostics = [...(known.diagnostics ?? []), ...(action.diagnostics ?? [])];
      const isPreferred = known.isPreferred === true || action.isPreferred === true;
      byEdit.set(key, { ...known, diagnostics, ...(isPreferred ? { isPreferred } : {}) });
    }
  }
  return [...byEdit.values()];
}

function workspaceEdit(
  { changes, created }: FileChanges,
  { documents }: GoFileCheck,
  { versionOf, document }: GoCodeActionRequest,
): WorkspaceEdit {
  const edits: [string, TextEdit[]][] = [];
  for (const [file, changed] of changes) {
    const place = documents.get(file);
    if (place !== undefined)
      edits.push([place.uri, changed.map(({ span, text }) => ({ range: place.lines.rangeOf(span), newText: text }))]);
  }
  if (versionOf === undefined) return { changes: Object.fromEntries(edits) };
  const documentChanges: NonNullable<WorkspaceEdit["documentChanges"]> = [];
  const start = { line: 0, character: 0 };
  for (const { path, text } of created) {
    const uri = siblingUri(document.uri, path);
    documentChanges.push({ kind: "create", uri, options: { ignoreIfExists: false, overwrite: false } });
    documentChanges.push({ textDocument: { uri, version: null }, edits: [{ range: { start, end: start }, newText: text }] });
  }
  for (const [uri, own] of edits) {
    const edit: TextDocumentEdit = { textDocument: { uri, version: versionOf(uri) }, edits: own };
    documentChanges.push(edit);
  }
  return { documentChanges };
}

/** The URI of a file beside the document. */
function siblingUri(uri: string, path: string): string {
  return uri.slice(0, uri.lastIndexOf("/") + 1) + encodeURIComponent(path.slice(path.lastIndexOf("/") + 1));
}
