import { ExpressionError } from "./expression-error.ts";

export type Token =
  | { readonly kind: "name"; readonly text: string }
  | { readonly kind: "number"; readonly value: number | bigint }
  | { readonly kind: "operator"; readonly text: string };

/** Names of C, Rust, Zig and AssemblyScript, with `::` and the `$` of WebAssembly text, whose names take more characters. */
const patterns = [
  { kind: "space", pattern: /\s+/y },
  { kind: "wasm-name", pattern: /\$[\w!#$%&'*+\-./:<=>?@\\^`|~]+/y },
  { kind: "name", pattern: /[A-Za-z_][\w]*(?:::[A-Za-z_]\w*)*/y },
  { kind: "float", pattern: /(?:\d+\.\d*|\.\d+|\d+(?=e))(?:e[+-]?\d+)?f?/iy },
  { kind: "integer", pattern: /(?:0x[0-9a-f]+|\d+)[ul]*/iy },
  { kind: "character", pattern: /'(?:[^'\\]|\\.)'/y },
  { kind: "operator", pattern: /->|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^!~<>()[\].]/y },
] as const;

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "0": "\0" };

/** Throws {@link ExpressionError} at what is no token. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    const found = match(text, at);
    if (!found) throw new ExpressionError(`"${text.charAt(at)}" is not understood in "${text}"`);
    at += found.text.length;
    const token = toToken(found.kind, found.text);
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

function toToken(kind: Kind, text: string): Token | undefined {
  switch (kind) {
    case "space":
      return undefined;
    case "wasm-name":
    case "name":
      return { kind: "name", text };
    case "float":
      return { kind: "number", value: Number(text.replace(/f$/i, "")) };
    case "integer":
      return { kind: "number", value: BigInt(text.replace(/[ul]+$/i, "")) };
    case "character":
      return { kind: "number", value: BigInt((text[1] === "\\" ? (escapes[text[2]!] ?? text[2]!) : text.slice(1, -1)).codePointAt(0)!) };
    case "operator":
      return { kind: "operator", text };
  }
}
