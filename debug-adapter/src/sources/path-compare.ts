import { normalize } from "node:path";

/** On Windows and macOS file names differ by more than case; a drive letter's case never matters. */
const ignoresCase = process.platform === "win32" || process.platform === "darwin";

export function samePath(a: string, b: string): boolean {
  return comparable(a) === comparable(b);
}

function comparable(path: string): string {
  const plain = normalize(path).replaceAll("\\", "/");
  return ignoresCase ? plain.toLowerCase() : plain.replace(/^([A-Z]):\//, (drive) => drive.toLowerCase());
}

/** The parts of a path of any system, without empty ones, dots, and the drive; `..` takes the part before it away where there is one. */
export function segments(path: string): string[] {
  const parts: string[] = [];
  for (const part of path.replaceAll("\\", "/").split("/")) {
    if (part === "" || part === "." || /^[A-Za-z]:$/.test(part)) continue;
    if (part === "..") parts.pop();
    else parts.push(part);
  }
  return parts;
}

/** How many parts two paths have in common from their ends; 0 where already the file names differ. */
export function commonSuffixLength(a: string, b: string): number {
  const left = segments(a).reverse();
  const right = segments(b).reverse();
  let length = 0;
  while (length < left.length && length < right.length && samePart(left[length]!, right[length]!)) length++;
  return length;
}

export function sameFileName(a: string, b: string): boolean {
  return samePart(segments(a).at(-1) ?? "", segments(b).at(-1) ?? "");
}

function samePart(a: string, b: string): boolean {
  return ignoresCase ? a.toLowerCase() === b.toLowerCase() : a === b;
}
