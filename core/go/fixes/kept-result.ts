/** What an export returns the address of is kept in a variable of the package, until the host gives it back. */
import { tokenKind as kind } from "../source/tokens.ts";
import type { FuncDeclaration, GoFile } from "../source/syntax.ts";
import { Draft } from "./draft.ts";
import { ownerOf, quickFix, type Offer, type Recipe } from "./fix.ts";
import { indentationOf, lineBreakOf, lineEndOf, lineStartOf } from "./lines.ts";
import { FreeNames, upperFirst } from "./names.ts";

export const keptResult: Recipe = {
  codes: ["unkept-result"],
  offer(request) {
    const { context } = request;
    const declaration = ownerOf(request);
    const made = declaration === undefined ? undefined : madeIn(context.file, declaration);
    if (declaration === undefined || made === undefined) return [];
    const names = new FreeNames(context.package, context.file);
    return [keeping(context.file, declaration, made, names)];
  },
};

interface Made {
  /** The local variable that holds it, and its type. */
  readonly variable: string;
  readonly type: string;
  /** The index of the only `return`. */
  readonly returnAt: number;
}

/** `x := make(T, …)` or `x := new(T)` once, and one `return` on a line of its own, neither in an inner block. */
function madeIn({ tokens }: GoFile, { body }: FuncDeclaration): Made | undefined {
  if (body === undefined) return undefined;
  const { kinds, starts, ends, matches, text } = tokens;
  const textAt = (index: number): string => text.slice(starts[index], ends[index]);
  const found: { variable: string; type: string }[] = [];
  const returns: number[] = [];
  for (let at = body.from + 1; at < body.to - 1; at++) {
    if (kinds[at] === kind.keyword && textAt(at) === "return") returns.push(at);
    if (kinds[at] === kind.name && kinds[at + 1] === kind.define && kinds[at + 3] === kind.openParen) {
      const maker = textAt(at + 2);
      const close = matches[at + 3]!;
      let end = at + 4;
      while (end < close && kinds[end] !== kind.comma) end = Math.max(end, matches[end]!) + 1;
      const type = text.slice(starts[at + 4], ends[end - 1]);
      if (maker === "make" || maker === "new") found.push({ variable: textAt(at), type: maker === "new" ? `*${type}` : type });
    }
    // What an inner block makes or returns is not the whole story.
    if (kinds[at] === kind.openBrace && matches[at]! > at) {
      for (let inner = at; inner < matches[at]!; inner++) if (kinds[inner] === kind.keyword && textAt(inner) === "return") return undefined;
      at = matches[at]!;
    }
  }
  const [only] = found;
  const [returnAt] = returns;
  if (only === undefined || returnAt === undefined || found.length > 1 || returns.length > 1) return undefined;
  const start = starts[returnAt]!;
  return text.slice(lineStartOf(text, start), start).trim() === "" ? { ...only, returnAt } : undefined;
}

function keeping(file: GoFile, declaration: FuncDeclaration, { variable, type, returnAt }: Made, names: FreeNames): Offer {
  const { text, tokens } = file;
  const draft = new Draft();
  const newline = lineBreakOf(text);
  const name = declaration.name.text;
  const node = declaration.signature.results[0]!.type;
  const key = text.slice(node.span.start, node.span.end);
  for (const { name: parameter } of declaration.signature.parameters) if (parameter !== undefined) names.reserve(parameter.text);
  names.reserve(variable);
  const kept = names.take(`${name}Kept`);
  const address = names.take("address");
  const free = names.take(name === "alloc" ? "free" : `free${upperFirst(name)}`);
  const start = tokens.starts[returnAt]!;
  const indentation = indentationOf(text, start);
  const end = text.slice(start, tokens.starts[declaration.body!.to - 1]).trimEnd().length + start;
  const expression = text.slice(tokens.ends[returnAt], end).trim();
  const lines = [`${address} := ${expression}`, `${kept}[${address}] = ${variable}`, `return ${address}`];
  draft.replace(file, { start, end }, lines.join(newline + indentation));
  const added = [
    `// ${kept} holds what the host has the address of.`,
    `var ${kept} = map[${key}]${type}{}`,
    "",
    `//go:wasmexport ${free}`,
    `func ${free}(${address} ${key}) {`,
    `\tdelete(${kept}, ${address})`,
    "}",
  ];
  draft.insert(file, lineEndOf(text, declaration.span.end), `${newline}${newline}${added.join(newline)}`);
  return quickFix(`Keep what ${name} makes until the host calls ${free}`, draft);
}
