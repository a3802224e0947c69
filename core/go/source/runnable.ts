/** What of a Go file can be run by itself: `main`, exported functions, and tests as the go command finds them (cmd/go/internal/load `isTestFunc`). */
import type { Span } from "#core/text/positions.ts";
import { stringValue } from "../types/literals.ts";
import { isTestFile } from "./build-constraints.ts";
import type { FuncDeclaration, GoFile, TypeNode } from "./syntax.ts";
import { tokenKind as kind, type Tokens } from "./tokens.ts";

export type Runnable =
  | { readonly kind: "main"; readonly span: Span }
  /** `name`: as the module exports it. */
  | { readonly kind: "export"; readonly span: Span; readonly name: string; readonly parameters: readonly ExportParameter[] }
  | { readonly kind: "test" | "example" | "benchmark"; readonly span: Span; readonly name: string }
  /** `path`: the test and the subtests that lead to it, the last one included. */
  | { readonly kind: "subtest"; readonly span: Span; readonly path: readonly string[] };

export interface ExportParameter {
  readonly name: string;
  /** Its type on the border; `undefined` where it needs other declarations to be known. */
  readonly type: "i32" | "i64" | "f32" | "f64" | undefined;
}

/** Spans are those of the names; of a subtest, that of its name in the call of `Run`. */
export function runnables(file: GoFile): Runnable[] {
  const plain = file.functions.filter((func) => func.receiver === undefined && func.parameters.length === 0 && func.body !== undefined);
  if (isTestFile(file.path)) return plain.flatMap((func) => testsOf(file, func));
  return [
    ...plain.filter((func) => isMain(file, func)).map(({ name }) => ({ kind: "main" as const, span: name.span })),
    ...exportsOf(file),
  ];
}

function isMain({ packageName }: GoFile, { name, signature }: FuncDeclaration): boolean {
  return packageName === "main" && name.text === "main" && signature.parameters.length === 0 && signature.results.length === 0;
}

/** Of several directives on a function the last one counts. */
function exportsOf(file: GoFile): Runnable[] {
  const found = new Map<FuncDeclaration, Runnable>();
  for (const { kind: directive, wellFormed, target, words } of file.directives) {
    if (directive !== "wasmexport" || !wellFormed || typeof target === "string" || target.receiver || !target.body) continue;
    const parameters = parametersOf(target);
    if (parameters) found.set(target, { kind: "export", span: target.name.span, name: words[0]!.text, parameters });
  }
  return [...found.values()];
}

const basicTypes: Readonly<Record<string, ExportParameter["type"]>> = {
  int32: "i32",
  uint32: "i32",
  rune: "i32",
  bool: "i32",
  uintptr: "i32",
  int64: "i64",
  uint64: "i64",
  float32: "f32",
  float64: "f64",
};

/** `undefined` for functions that take text, which nobody can type as a number. */
function parametersOf({ signature }: FuncDeclaration): ExportParameter[] | undefined {
  const parameters: ExportParameter[] = [];
  for (const { name, type } of signature.parameters) {
    if (isNamed(type, "string")) return undefined;
    parameters.push({ name: name?.text ?? "_", type: borderType(type) });
  }
  return parameters;
}

function borderType(type: TypeNode): ExportParameter["type"] {
  if (type.kind === "pointer" || isNamed(type, "Pointer", "unsafe")) return "i32";
  if (type.kind !== "name" || type.package !== undefined || !Object.hasOwn(basicTypes, type.name)) return undefined;
  return basicTypes[type.name];
}

function isNamed(type: TypeNode, name: string, packageName?: string): boolean {
  return type.kind === "name" && type.package === packageName && type.name === name;
}

const testKinds = [
  { prefix: "Test", parameter: "T", kind: "test" },
  { prefix: "Fuzz", parameter: "F", kind: "test" },
  { prefix: "Benchmark", parameter: "B", kind: "benchmark" },
  { prefix: "Example", parameter: undefined, kind: "example" },
] as const;

function testsOf(file: GoFile, func: FuncDeclaration): Runnable[] {
  const { name, signature } = func;
  if (signature.results.length > 0) return [];
  for (const { prefix, parameter, kind: ofTest } of testKinds) {
    if (!isTestName(name.text, prefix)) continue;
    const [first, ...others] = signature.parameters;
    const fits = parameter === undefined ? first === undefined : first && others.length === 0 && isPointerTo(first.type, parameter);
    if (!fits) return [];
    const test: Runnable = { kind: ofTest, span: name.span, name: name.text };
    return ofTest === "test" ? [test, ...subtests(file.tokens, func)] : [test];
  }
  return [];
}

/** `Testing` is none: behind the prefix comes no lower case letter. */
function isTestName(name: string, prefix: string): boolean {
  if (!name.startsWith(prefix)) return false;
  const rest = name.slice(prefix.length);
  return rest === "" || !/^\p{Ll}/u.test(rest);
}

/** By the name only, as the go command looks at it: `testing` may be imported under any name. */
function isPointerTo(type: TypeNode, name: string): boolean {
  return type.kind === "pointer" && type.element.kind === "name" && type.element.name === name;
}

/** Of subtests in each other; nobody starts what lies deeper by a lens. */
const mostLevels = 8;

/** Calls `x.Run("name", ...)` in the body, each inside of those whose function holds it. */
function subtests({ text, kinds, starts, ends, matches }: Tokens, { name, body }: FuncDeclaration): Runnable[] {
  const found: Runnable[] = [];
  const around: { readonly name: string; readonly end: number }[] = [];
  const word = (at: number): string => text.slice(starts[at], ends[at]);
  for (let at = body!.from; at < body!.to; at++) {
    while (around.length > 0 && around[around.length - 1]!.end < at) around.pop();
    if (around.length === mostLevels) continue;
    const isCall = kinds[at] === kind.dot && kinds[at + 1] === kind.name && kinds[at + 2] === kind.openParen && word(at + 1) === "Run";
    if (!isCall || kinds[at + 3] !== kind.string || kinds[at + 4] !== kind.comma) continue;
    const called = stringValue(word(at + 3));
    const end = matches[at + 2]!;
    if (called === undefined || called === "" || end < 0) continue;
    const path = [name.text, ...around.map((outer) => outer.name), called];
    found.push({ kind: "subtest", span: { start: starts[at + 3]!, end: ends[at + 3]! }, path });
    around.push({ name: called, end });
  }
  return found;
}
