/** Beside another Go language server the same error is shown once: by the other one, which has fixes for it. */
import { DiagnosticSeverity, languages, type Diagnostic, type DiagnosticChangeEvent, type Disposable, type Uri } from "vscode";

/** What the compiler said on save; everything else of ours nobody else says. */
const ownCode = "compiler-error";
const ownSources = new Set(["go-wasm", "go-link", "go-lint"]);

/** Remembers what it was given last for each document, and says when it would now leave out something else. */
export class ForeignDiagnostics implements Disposable {
  readonly #changed: (uri: Uri, items: Diagnostic[]) => void;
  /** By URI: all that was given, and how it was decided about each. */
  readonly #given = new Map<string, { readonly uri: Uri; readonly items: Diagnostic[]; readonly decision: string }>();
  readonly #listener: Disposable;

  /** `changed` gets all that was given before. */
  constructor(changed: (uri: Uri, items: Diagnostic[]) => void) {
    this.#changed = changed;
    this.#listener = languages.onDidChangeDiagnostics((event) => this.#look(event));
  }

  /** `items` without those that are shown already. */
  withoutDoubles(uri: Uri, items: Diagnostic[]): Diagnostic[] {
    const key = uri.toString();
    if (!items.some(isFromCompiler)) {
      this.#given.delete(key);
      return items;
    }
    const shown = isShownElsewhere(uri, items);
    this.#given.set(key, { uri, items, decision: shown.join() });
    return items.filter((_, index) => !shown[index]);
  }

  dispose(): void {
    this.#listener.dispose();
  }

  #look({ uris }: DiagnosticChangeEvent): void {
    for (const uri of uris) {
      const given = this.#given.get(uri.toString());
      if (given === undefined || isShownElsewhere(uri, given.items).join() === given.decision) continue;
      this.#changed(given.uri, given.items);
    }
  }
}

/** For each of `items`. */
function isShownElsewhere(uri: Uri, items: readonly Diagnostic[]): boolean[] {
  const foreign = languages
    .getDiagnostics(uri)
    .filter(({ source, severity }) => severity === DiagnosticSeverity.Error && !ownSources.has(source ?? ""));
  return items.map((item) => isFromCompiler(item) && foreign.some((other) => saysTheSame(other, item)));
}

function isFromCompiler({ code }: Diagnostic): boolean {
  return (typeof code === "object" ? code.value : code) === ownCode;
}

/** Both are made from the words of Go's type checker, but not at the same end of a name. */
function saysTheSame(a: Diagnostic, b: Diagnostic): boolean {
  if (a.range.start.line !== b.range.start.line) return false;
  return a.range.intersection(b.range) !== undefined || firstLine(a.message) === firstLine(b.message);
}

function firstLine(message: string): string {
  return message.split("\n", 1)[0]!;
}
