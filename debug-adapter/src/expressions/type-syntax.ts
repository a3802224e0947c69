/** Types as expressions write them: `unsigned long`, `struct point *`, `geo::Box *`, `*const u8`. */
import type { Token } from "./tokens.ts";
import type { TypeSyntax } from "./steps.ts";

const qualifiers: ReadonlySet<string> = new Set(["const", "volatile", "restrict"]);
const aggregates: ReadonlySet<string> = new Set(["struct", "union", "enum", "class"]);
const wordsOfC: ReadonlySet<string> = new Set(["void", "char", "short", "int", "long", "float", "double", "signed", "unsigned", "_Bool"]);
/** One word that is a type whatever stands around it. */
const plainTypes = /^(?:bool|[iu](?:8|16|32|64|128|size)|f(?:16|32|64)|isize|usize|\w+_t)$/;

/** What is read of the tokens from `start` on. */
export interface ReadType {
  readonly type: TypeSyntax;
  /** Index behind it. */
  readonly end: number;
  /** Nothing but a type can be meant. */
  readonly isCertain: boolean;
}

const isOperator = (token: Token | undefined, text: string): boolean => token?.kind === "operator" && token.text === text;

/** The type in C's spelling that begins at `start`; `undefined` where none does. */
export function readTypeOfC(tokens: readonly Token[], start: number): ReadType | undefined {
  const words: string[] = [];
  let isCertain = false;
  let hasName = false;
  let at = start;
  for (; at < tokens.length; at++) {
    const token = tokens[at]!;
    if (token.kind !== "name") break;
    if (qualifiers.has(token.text)) {
      isCertain = true;
      continue;
    }
    if (aggregates.has(token.text) && words.length === 0) isCertain = true;
    else if (wordsOfC.has(token.text) && !hasName) isCertain = true;
    else if (hasName || (words.length > 0 && words.every((word) => wordsOfC.has(word)))) return undefined;
    else hasName = true;
    words.push(token.text);
    isCertain ||= plainTypes.test(token.text);
  }
  const name = words.filter((word) => !aggregates.has(word)).join(" ");
  if (name === "") return undefined;
  const generic = hasName ? readArguments(tokens, at) : undefined;
  let pointers = 0;
  for (at = generic?.end ?? at; at < tokens.length; at++) {
    const token = tokens[at]!;
    if (isOperator(token, "*")) pointers++;
    else if (token.kind !== "name" || !qualifiers.has(token.text)) break;
  }
  return { type: { name: name + (generic?.text ?? ""), pointers }, end: at, isCertain: isCertain || pointers > 0 || generic !== undefined };
}

/** The type in the spelling of Rust, Zig and AssemblyScript that begins at `start`. */
export function readTypeOfRust(tokens: readonly Token[], start: number): ReadType | undefined {
  let pointers = 0;
  let at = start;
  for (; at < tokens.length; at++) {
    const token = tokens[at]!;
    if (isOperator(token, "*") || isOperator(token, "&")) pointers++;
    else if (token.kind !== "name" || !/^(?:const|mut|dyn)$/.test(token.text)) break;
  }
  const name = tokens[at];
  if (name?.kind !== "name") return undefined;
  at++;
  const generic = plainTypes.test(name.text) ? undefined : readArguments(tokens, at);
  return { type: { name: name.text + (generic?.text ?? ""), pointers }, end: generic?.end ?? at, isCertain: true };
}

/** `<int, double>` behind a template's name, in the compiler's spacing. */
function readArguments(tokens: readonly Token[], start: number): { readonly text: string; readonly end: number } | undefined {
  if (!isOperator(tokens[start], "<")) return undefined;
  let depth = 0;
  let text = "";
  for (let at = start; at < tokens.length; at++) {
    const token = tokens[at]!;
    const previous = tokens[at - 1];
    if (token.kind === "operator" && !/^(?:[<>*&,]|>>)$/.test(token.text)) return undefined;
    if (token.kind === "operator" && token.text === "<") depth++;
    if (token.kind === "operator" && /^>+$/.test(token.text)) depth -= token.text.length;
    const isSpaced = previous?.kind !== "operator" || previous.text === ",";
    text += `${at > start && isSpaced && (token.kind !== "operator" || token.text === "*") ? " " : ""}${token.text}`;
    if (depth <= 0) return depth < 0 ? undefined : { text, end: at + 1 };
  }
  return undefined;
}

/** Whether the words of C alone make up the name: nothing else can be called so. */
export const isCertainType = (name: string): boolean => name.split(" ").every((word) => wordsOfC.has(word));
