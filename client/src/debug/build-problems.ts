/** Shows in the Problems panel why a Go package could not be built for debugging. */
import {
  debug,
  Diagnostic,
  DiagnosticSeverity,
  Disposable,
  languages,
  Range,
  Uri,
  type DebugSessionCustomEvent,
  type DiagnosticCollection,
} from "vscode";
import { debugEvents, type BuildProblem, type BuiltEvent } from "#core/contract/debug-events.ts";
import { forgetProblemsOnEdit } from "../commands/build-wat.ts";

/** Hears of the builds of sessions of `debugType`. */
export function showBuildProblems(debugType: string): Disposable {
  const problems = languages.createDiagnosticCollection("go build");
  const filesOf = new Map<string, readonly Uri[]>();
  const listener = debug.onDidReceiveDebugSessionCustomEvent(({ session, event, body }: DebugSessionCustomEvent) => {
    if (session.type === debugType && event === debugEvents.built) show(problems, filesOf, body as BuiltEvent);
  });
  return Disposable.from(problems, listener, forgetProblemsOnEdit(problems));
}

/** `filesOf`: where the last build of each folder had problems. */
function show(problems: DiagnosticCollection, filesOf: Map<string, readonly Uri[]>, built: BuiltEvent): void {
  for (const file of filesOf.get(built.folder) ?? []) problems.delete(file);
  const paths = [...new Set(built.problems.map(({ file }) => file))];
  const files = paths.map((path) => {
    const file = Uri.file(path);
    const found = built.problems.filter((problem) => problem.file === path);
    problems.set(file, unreported(file, found));
    return file;
  });
  filesOf.set(built.folder, files);
}

/** Other extensions, and our language server, may have said the same while the user was typing. */
function unreported(file: Uri, found: readonly BuildProblem[]): Diagnostic[] {
  const known = new Set<string>();
  for (const { severity, range, message } of languages.getDiagnostics(file)) {
    if (severity === DiagnosticSeverity.Error) known.add(`${range.start.line} ${message.split("\n")[0]!}`);
  }
  return found
    .filter(({ line, message }) => !known.has(`${line - 1} ${message.split("\n")[0]!}`))
    .map(({ line, column, endColumn, message }) => {
      const diagnostic = new Diagnostic(new Range(line - 1, column - 1, line - 1, endColumn - 1), message, DiagnosticSeverity.Error);
      diagnostic.source = "go build";
      return diagnostic;
    });
}
