/** Reads what `go build` and `go test -c` print: one message a line, with tabs before the lines that go on (cmd/go/internal/work `showOutput`). */

export interface CompilerMessage {
  /** As printed: relative to the folder of the build, or absolute. Undefined where the message names no file. */
  readonly path: string | undefined;
  /** From 1; 0 where none is printed. */
  readonly line: number;
  /** In bytes from 1; 0 where none is printed. */
  readonly column: number;
  /** The first line, without its position. */
  readonly message: string;
  /** The lines that go on. */
  readonly details: readonly string[];
  /** Who says it: the compiler of a package, the linker, or the go command before either. */
  readonly from: "compiler" | "linker" | "command";
}

/** More than anybody reads. */
const maximalMessages = 1000;

/** `path:line:column: message`; the column may be missing. A drive letter has no digits behind its colon. */
const placed = /^(.+?):(\d+)(?::(\d+))?: (.*)$/u;
/** Beginnings of messages that have no place in a file. */
const unplaced = /^(?:package \S|found packages |go: |link: |go build |pattern |panic: |<unknown line number>: )/u;

/**
 * The messages of `output`, the standard error of a run that ended with `status`. A run that failed has one at least: where none of its
 * lines is understood, the first.
 */
export function readCompilerOutput(output: string, status: number): CompilerMessage[] {
  const found: (CompilerMessage & { details: string[] })[] = [];
  // A header names the package whose compiler speaks from here on; before the first one it is the go command.
  let from: CompilerMessage["from"] = "command";
  let first = "";
  for (const line of output.split(/\r?\n/u)) {
    if (line.startsWith("# ")) {
      from = "compiler";
      continue;
    }
    if (line.trim() === "") continue;
    if (first === "") first = line;
    const last = found[found.length - 1];
    if (line.startsWith("\t") && last !== undefined) {
      last.details.push(line.trim());
      continue;
    }
    const message = messageOf(line, from);
    if (message === undefined) continue;
    if (found.length === maximalMessages) break;
    found.push({ ...message, details: [] });
  }
  if (found.length === 0 && status !== 0) return [{ path: undefined, line: 0, column: 0, message: first, details: [], from }];
  return found;
}

function messageOf(line: string, from: CompilerMessage["from"]): Omit<CompilerMessage, "details"> | undefined {
  const place = placed.exec(line);
  if (place !== null) {
    const [, path, lineNumber, column, message] = place;
    // Told where a list of ten is cut short; -e asks for all.
    if (message === "too many errors") return undefined;
    return { path: path!, line: Number(lineNumber), column: Number(column ?? 0), message: message!, from };
  }
  if (!unplaced.test(line)) return undefined;
  return { path: undefined, line: 0, column: 0, message: line, from: line.startsWith("link: ") ? "linker" : from };
}
