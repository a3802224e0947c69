/** What the go command and its compiler say of a package that does not build, as places in files. */
import { readFile } from "node:fs/promises";
import { isAbsolute, resolve } from "node:path";
import { decodeUtf8 } from "#core/bytes/utf8.ts";
import type { BuildProblem } from "#core/contract/debug-events.ts";
import { LaunchError } from "./launch-plan.ts";

/** A package does not build. Its message has all that was said. */
export class BuildError extends LaunchError {
  /** Those of them that have a place. */
  readonly problems: readonly BuildProblem[];
  /** The package's folder. */
  readonly folder: string;

  constructor(message: string, folder: string, problems: readonly BuildProblem[]) {
    super(message);
    this.folder = folder;
    this.problems = problems;
  }
}

const mostProblems = 200;
const mostLines = 40;

/** `what` has failed; `messages`: what the go command has printed, in `folder`. */
export async function buildError(what: string, messages: string, folder: string): Promise<BuildError> {
  const lines = messages.split("\n").filter((line) => line.trim() !== "");
  const shown = lines.slice(0, mostLines).map((line) => withAbsoluteName(line, folder));
  const rest = lines.length - shown.length;
  const text = [`${what}:`, ...shown, ...(rest > 0 ? [`and ${rest} lines more`] : [])].join("\n");
  return new BuildError(text, folder, await readProblems(messages, folder));
}

/** Clients make links of absolute names. */
function withAbsoluteName(line: string, folder: string): string {
  const match = /^(\S[^:]*\.(?:go|s)):(\d+.*)$/.exec(line);
  return match && !isAbsolute(match[1]!) ? `${resolve(folder, match[1]!)}:${match[2]!}` : line;
}

interface Place {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in bytes of UTF-8; 0 where only the line is told. */
  readonly column: number;
}

async function readProblems(messages: string, folder: string): Promise<readonly BuildProblem[]> {
  const found: { place: Place; message: string }[] = [];
  for (const line of messages.split("\n")) {
    const match = /^(?:vet: )?([^\s:][^:]*\.\w+):(\d+)(?::(\d+))?: (.*)$/.exec(line) ?? windowsPlace(line);
    if (match) {
      if (found.length === mostProblems) break;
      const file = isAbsolute(match[1]!) ? match[1]! : resolve(folder, match[1]!);
      found.push({ place: { file, line: Number(match[2]), column: Number(match[3] ?? 0) }, message: match[4]! });
    } else if (line.startsWith("\t") && found.length > 0) {
      // The compiler continues a message on lines with a tab.
      found[found.length - 1]!.message += `\n${line.trim()}`;
    }
  }
  return withRanges(found);
}

/** A name with a drive has a colon of its own. */
function windowsPlace(line: string): RegExpExecArray | null {
  return /^([A-Za-z]:[\\/][^:]*\.\w+):(\d+)(?::(\d+))?: (.*)$/.exec(line);
}

async function withRanges(found: readonly { readonly place: Place; readonly message: string }[]): Promise<readonly BuildProblem[]> {
  const files = new Map<string, Promise<readonly Uint8Array[]>>();
  return Promise.all(
    found.map(async ({ place, message }) => {
      let lines = files.get(place.file);
      if (!lines) files.set(place.file, (lines = readLines(place.file)));
      return { file: place.file, line: place.line, ...columnsOf(place, (await lines)[place.line - 1]), message };
    }),
  );
}

async function readLines(file: string): Promise<readonly Uint8Array[]> {
  const bytes = await readFile(file).catch(() => Buffer.alloc(0));
  const lines: Uint8Array[] = [];
  for (let start = 0; start <= bytes.length;) {
    const end = bytes.indexOf(10, start);
    lines.push(bytes.subarray(start, end < 0 ? bytes.length : end));
    if (end < 0) break;
    start = end + 1;
  }
  return lines;
}

/** The word at the place, or the whole line: 1-based columns in UTF-16 units. */
function columnsOf({ column }: Place, line: Uint8Array | undefined): { readonly column: number; readonly endColumn: number } {
  if (!line) return { column: 1, endColumn: 1 };
  const text = decodeUtf8(line).replace(/\r$/, "");
  if (column === 0) return { column: text.length - text.trimStart().length + 1, endColumn: text.length + 1 };
  const start = decodeUtf8(line.subarray(0, column - 1)).length;
  const word = /^(?:[\p{L}\p{N}_]+|"[^"]*"|.)/u.exec(text.slice(start))?.[0] ?? "";
  return { column: start + 1, endColumn: start + word.length + 1 };
}
