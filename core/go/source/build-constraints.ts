/** Whether a file belongs to a package for a target, by its name and its constraint lines (go/build `matchFile`). */

export interface BuildTarget {
  readonly goos: string;
  readonly goarch: string;
  /** Minor version of Go 1, for `go1.N` tags and rules that changed. */
  readonly minor: number;
  /** What `-tags` names; none where it is left out. */
  readonly tags?: readonly string[];
}

/** The same text for the same target: a key to what was made for it. */
export function targetKey({ goos, goarch, minor, tags = [] }: BuildTarget): string {
  return [goos, goarch, minor, ...tags].join(" ");
}

const knownSystems = new Set(
  "aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos".split(" "),
);
const unixSystems = new Set("aix android darwin dragonfly freebsd hurd illumos ios linux netbsd openbsd solaris".split(" "));
const knownArchitectures = new Set(
  "386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm".split(
    " ",
  ),
);

/** The tags that a value of `-tags` names: separated by commas, in older use by spaces (cmd/go/internal/work `tagsFlag`). */
export function tagsOf(list: string): string[] {
  return list.split(/[\s,]+/u).filter((tag) => tag !== "");
}

/** `path` may have folders, of either kind of slash; a test file counts as one of its package. */
export function belongsToTarget(path: string, text: string, target: BuildTarget): boolean {
  return nameBelongsToTarget(path, target) && constraintsMatch(text, target);
}

/** What the name alone says, which spares reading many files of large packages. */
export function nameBelongsToTarget(path: string, target: BuildTarget): boolean {
  const fileName = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  return !fileName.startsWith("_") && !fileName.startsWith(".") && nameMatches(fileName, target);
}

export function isTestFile(path: string): boolean {
  return path.endsWith("_test.go");
}

/** go/build `goodOSArchFile`: `x_GOOS.go`, `x_GOARCH.go`, `x_GOOS_GOARCH.go`, each also with `_test`. */
function nameMatches(fileName: string, target: BuildTarget): boolean {
  const stem = fileName.split(".", 1)[0]!;
  const first = stem.indexOf("_");
  if (first < 0) return true;
  const parts = stem.slice(first).split("_");
  if (parts[parts.length - 1] === "test") parts.pop();
  const last = parts[parts.length - 1] ?? "";
  const before = parts[parts.length - 2] ?? "";
  if (knownSystems.has(before) && knownArchitectures.has(last)) return tagHolds(before, target) && tagHolds(last, target);
  return knownSystems.has(last) || knownArchitectures.has(last) ? tagHolds(last, target) : true;
}

function tagHolds(tag: string, target: BuildTarget): boolean {
  if (tag === target.goos || tag === target.goarch || tag === "gc" || target.tags?.includes(tag) === true) return true;
  if (tag === "unix") return unixSystems.has(target.goos);
  if (tag === "linux") return target.goos === "android";
  if (tag === "solaris") return target.goos === "illumos";
  if (tag === "darwin") return target.goos === "ios";
  if (tag === "cgo") return target.goarch !== "wasm";
  const release = /^go1\.([0-9]+)$/u.exec(tag);
  return release !== null && Number(release[1]) <= target.minor;
}

function constraintsMatch(text: string, target: BuildTarget): boolean {
  const header = readHeader(text);
  if (header.goBuild !== undefined) return evaluateExpression(header.goBuild, target);
  return header.plusBuild.every((line) => plusBuildHolds(line, target));
}

/**
 * The comments before the package clause: a `//go:build` line counts anywhere in them, `// +build` lines only above
 * the last blank line (go/build `parseFileHeader`).
 */
function readHeader(text: string): { goBuild: string | undefined; plusBuild: string[] } {
  let goBuild: string | undefined;
  let candidates: string[] = [];
  let plusBuild: string[] = [];
  let inBlock = false;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const lineEnd = text.indexOf("\n", at);
    const end = lineEnd < 0 ? text.length : lineEnd;
    let line = text.slice(at, end).trim();
    at = end + 1;
    if (line === "" && !inBlock) {
      plusBuild = [...plusBuild, ...candidates];
      candidates = [];
      continue;
    }
    if (!inBlock && line.startsWith("//")) {
      if (goBuild === undefined && /^\/\/go:build(?:\s|$)/u.test(line)) goBuild = line.slice("//go:build".length);
      const plus = /^\/\/\s*\+build(?:\s+(.*))?$/u.exec(line);
      if (plus !== null) candidates.push(plus[1] ?? "");
      continue;
    }
    while (line !== "") {
      if (inBlock) {
        const close = line.indexOf("*/");
        if (close < 0) break;
        inBlock = false;
        line = line.slice(close + 2).trim();
      } else if (line.startsWith("/*")) {
        inBlock = true;
        line = line.slice(2);
      } else return { goBuild, plusBuild };
    }
  }
  return { goBuild, plusBuild };
}

/** `// +build a,b !c`: a comma is "and", a space is "or". */
function plusBuildHolds(line: string, target: BuildTarget): boolean {
  return line
    .split(/\s+/u)
    .filter((option) => option !== "")
    .some((option) =>
      option.split(",").every((term) => (term.startsWith("!") ? !tagHolds(term.slice(1), target) : tagHolds(term, target))),
    );
}

/**
 * Evaluates `a && (b || !c)` with two stacks, so that no depth of parentheses hurts. A line that cannot be read
 * excludes nothing: the go command would stop with an error of its own.
 */
function evaluateExpression(expression: string, target: BuildTarget): boolean {
  const tokens = expression.match(/&&|\|\||[!()]|[\p{L}\p{Nd}_.]+|\S/gu) ?? [];
  const values: boolean[] = [];
  const operators: string[] = [];
  const apply = (): boolean => {
    const operator = operators.pop();
    const right = values.pop();
    if (operator === "!" && right !== undefined) values.push(!right);
    else {
      const left = values.pop();
      if (left === undefined || right === undefined) return false;
      values.push(operator === "&&" ? left && right : left || right);
    }
    return true;
  };
  for (const token of tokens) {
    if (token === "(" || token === "!") operators.push(token);
    else if (token === "&&" || token === "||") {
      while (strength(operators[operators.length - 1]) >= strength(token)) if (!apply()) return true;
      operators.push(token);
    } else if (token === ")") {
      while (operators.length > 0 && operators[operators.length - 1] !== "(") if (!apply()) return true;
      operators.pop();
    } else values.push(tagHolds(token, target));
  }
  while (operators.length > 0) if (!apply()) return true;
  return values.pop() ?? true;
}

function strength(operator: string | undefined): number {
  if (operator === "!") return 3;
  if (operator === "&&") return 2;
  return operator === "||" ? 1 : 0;
}
