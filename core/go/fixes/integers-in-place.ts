/** Changes the integers of a signature themselves, where neither the body nor anything else depends on their size. */
import type { BorderFunction, RuleContext } from "../rules/rule.ts";
import { tokenKind as kind } from "../source/tokens.ts";
import type { FuncDeclaration, GoFile, ParameterNode } from "../source/syntax.ts";
import { isExported } from "../types/types.ts";
import { Draft } from "./draft.ts";
import { ownerOf, type Offer, type Recipe } from "./fix.ts";
import { usesOf } from "./names.ts";
import { borderOf } from "./signature.ts";

/** gofmt breaks a function of one line that is longer (go/printer `funcBody`). */
const maximalLine = 100;

export const integersInPlace: Recipe = {
  codes: ["unsupported-parameter", "unsupported-result"],
  offer(request) {
    const { context } = request;
    const border = borderOf(context, ownerOf(request));
    if (border === undefined || isUsedElsewhere(context, border.declaration)) return [];
    const offers = [change(context, border, 32), change(context, border, 64)].filter((offer) => offer !== undefined);
    // Without an int the second is the first.
    return offers[1]?.title === offers[0]?.title ? offers.slice(0, 1) : offers;
  },
};

/** Callers would pass and expect the old types. */
function isUsedElsewhere({ package: own }: RuleContext, { name, receiver, parameters }: FuncDeclaration): boolean {
  if (receiver !== undefined || parameters.length > 0 || (own.identity.name !== "main" && isExported(name.text))) return true;
  const uses = own.files.reduce((sum, file) => sum + usesOf(file, name.text).length, 0);
  return uses > 1;
}

function change({ file, package: own }: RuleContext, { declaration }: BorderFunction, bits: 32 | 64): Offer | undefined {
  const { parameters, results, resultSpan } = declaration.signature;
  const wanted = new Map<ParameterNode, string>();
  for (const node of [...parameters, ...results]) {
    const type =
      node.type.kind === "name" && node.type.package === undefined && !node.variadic ? replacements(bits).get(node.type.name) : undefined;
    if (type !== undefined && node.type.kind === "name" && !own.members.has(node.type.name)) wanted.set(node, type);
  }
  if (wanted.size === 0 || !bodyAllows(file, declaration, wanted)) return undefined;
  const growth = [...wanted].reduce((sum, [{ type }, text]) => sum + text.length - (type.span.end - type.span.start), 0);
  const isOneLine = !file.text.slice(declaration.span.start, declaration.span.end).includes("\n");
  if (isOneLine && declaration.span.end - declaration.span.start + growth > maximalLine && resultSpan.end < declaration.span.end)
    return undefined;
  const draft = new Draft();
  for (const [{ type }, text] of wanted) draft.replace(file, type.span, text);
  const types = [...new Set(wanted.values())].join(" and ");
  return {
    title: `Use ${types} in the signature of ${declaration.name.text}`,
    kind: bits === 32 ? "quickfix" : "refactor.rewrite",
    preferred: bits === 32,
    draft,
  };
}

function replacements(bits: 32 | 64): ReadonlyMap<string, string> {
  return new Map([
    ["int", `int${bits}`],
    ["uint", `uint${bits}`],
    ["int8", "int32"],
    ["int16", "int32"],
    ["uint8", "uint32"],
    ["byte", "uint32"],
    ["uint16", "uint32"],
  ]);
}

/**
 * Either the changed values are not used at all, or the body is one `return` of an expression in which every value
 * changes to the type of the result.
 */
function bodyAllows(file: GoFile, { body, signature }: FuncDeclaration, wanted: ReadonlyMap<ParameterNode, string>): boolean {
  if (body === undefined) return true;
  const isUsed = (node: ParameterNode): boolean => node.name !== undefined && usesOf(file, node.name.text, body).length > 0;
  const returns = returnsIn(file, body.from, body.to);
  const changesResult = signature.results.some((node) => wanted.has(node));
  if (![...wanted.keys()].some(isUsed) && (!changesResult || returns.every((at) => !hasValue(file, at)))) return true;
  const [result] = signature.results;
  const type = result === undefined ? undefined : wanted.get(result);
  if (type === undefined || signature.results.length > 1 || returns.length !== 1 || returns[0] !== body.from + 1) return false;
  return isPlainExpression(file, body.from + 2, body.to - 1, (name) => {
    const parameter = signature.parameters.find((node) => node.name?.text === name);
    return parameter !== undefined && (wanted.get(parameter) ?? "") === type;
  });
}

function returnsIn({ tokens }: GoFile, from: number, to: number): number[] {
  const found: number[] = [];
  for (let at = from; at < to; at++) {
    if (tokens.kinds[at] === kind.keyword && tokens.text.startsWith("return", tokens.starts[at])) found.push(at);
  }
  return found;
}

function hasValue({ tokens: { kinds } }: GoFile, at: number): boolean {
  return kinds[at + 1] !== kind.semicolon && kinds[at + 1] !== kind.closeBrace;
}

/** Sums, differences and products of small literals and of names that `fits`. */
function isPlainExpression({ tokens }: GoFile, from: number, to: number, fits: (name: string) => boolean): boolean {
  for (let at = from; at < to; at++) {
    const text = tokens.text.slice(tokens.starts[at], tokens.ends[at]);
    switch (tokens.kinds[at]) {
      case kind.name:
        if (!fits(text)) return false;
        break;
      case kind.int:
        if (!/^[0-9]{1,7}$/u.test(text)) return false;
        break;
      case kind.operator:
        if (!["+", "-", "/", "%", "&", "|", "^"].includes(text) || isUnary(tokens.kinds, at)) return false;
        break;
      case kind.star:
      case kind.openParen:
      case kind.closeParen:
        break;
      case kind.semicolon:
        if (at + 1 < to) return false;
        break;
      default:
        return false;
    }
  }
  return true;
}

function isUnary(kinds: Uint8Array, at: number): boolean {
  const before = kinds[at - 1];
  return before !== kind.name && before !== kind.int && before !== kind.closeParen;
}
