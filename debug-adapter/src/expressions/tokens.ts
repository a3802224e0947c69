import type { Language } from "../symbols/module-symbols.ts";
import { ExpressionError } from "./expression-error.ts";
import { characterLiteral, numberLiteral, stringLiteral } from "./literals.ts";
import type { Literal } from "./steps.ts";

export type Token =
  | { readonly kind: "name"; readonly text: string }
  | { readonly kind: "literal"; readonly text: string; readonly literal: Literal }
  | { readonly kind: "operator"; readonly text: string };

/** Names of C, C++, Rust, Zig and AssemblyScript, with `::` and the `$` of WebAssembly text, whose names take more characters. */
const patterns = [
  { kind: "space", pattern: /\s+/y },
  { kind: "wasm-name", pattern: /\$[\w!#$%&'*+\-./:<=>?@\\^`|~]+/y },
  { kind: "string", pattern: /(?:u8|[LuUbc])?"(?:[^"\\]|\\.)*"/suy },
  { kind: "character", pattern: /(?:u8|[LuUb])?'(?:[^'\\]|\\(?:x[0-9a-f]+|u\{?[0-9a-f]+\}?|U[0-9a-f]{8}|[0-7]{1,3}|.))'/isuy },
  { kind: "name", pattern: /(?:::)?[\p{L}_][\p{L}\p{N}_]*(?:::(?:~?[\p{L}_][\p{L}\p{N}_]*|\(anonymous namespace\)))*/uy },
  {
    kind: "number",
    pattern:
      /0x[0-9a-f_']*\.?[0-9a-f_']*p[+-]?\d+[fl]?|0[xbo][0-9a-z_']+|(?:\d[\d_']*\.(?![.\p{L}_])[\d_']*|\.\d[\d_']*|\d[\d_']*(?=e[+-]?\d))(?:e[+-]?[\d_]+)?\w*|\d[\w']*/iuy,
  },
  { kind: "operator", pattern: /<<=|>>=|\.\.=|->|<<|>>|<=|>=|==|!=|&&|\|\||\+\+|--|[-+*/%&|^]=|\.\.|[-+*/%&|^!~<>()[\].?:=,@]/y },
] as const;

/** Throws {@link ExpressionError} at what is no token. */
export function tokenize(text: string, language: Language): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    const found = match(text, at);
    if (!found) throw new ExpressionError(`"${text.charAt(at)}" is not understood in "${text}"`);
    at += found.text.length;
    const token = toToken(found.kind, found.text, language);
    if (token) tokens.push(token);
  }
  return tokens;
}

type Kind = (typeof patterns)[number]["kind"];

function match(text: string, at: number): { kind: Kind; text: string } | undefined {
  for (const { kind, pattern } of patterns) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) return { kind, text: found[0] };
  }
  return undefined;
}

function toToken(kind: Kind, text: string, language: Language): Token | undefined {
  switch (kind) {
    case "space":
      return undefined;
    case "wasm-name":
    case "name":
      return { kind: "name", text };
    case "number":
      return { kind: "literal", text, literal: numberLiteral(text, language) };
    case "character":
      return { kind: "literal", text, literal: characterLiteral(text, language) };
    case "string":
      return { kind: "literal", text, literal: stringLiteral(text) };
    case "operator":
      return { kind: "operator", text };
  }
}
