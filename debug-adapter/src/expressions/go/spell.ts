/** Parts of an expression as text, for errors: without their author's spaces, as Go's own printer writes them. */
import { encodeUtf8 } from "#core/bytes/utf8.ts";
import { goQuoted } from "../../values/go/quoted.ts";
import { numberOf } from "./rational.ts";
import { type GoLiteral, type GoNode, operandCount } from "./syntax.ts";

/** As Go's `%q` writes it. */
export const quoted = (text: string): string => goQuoted(encodeUtf8(text));

export function spell(nodes: readonly GoNode[], index: number): string {
  const stack: string[] = [];
  for (let at = nodes[index]!.start; at <= index; at++) {
    const node = nodes[at]!;
    const count = operandCount(node);
    const operands = count === 0 ? [] : stack.splice(-count);
    stack.push(spellNode(node, operands));
  }
  return stack[0] ?? "";
}

/** A whole number and a dot would be another number. */
const dotted = (text: string): string => (/^\d+$/.test(text) ? `${text} ` : text);

/** Characters that would be one operator without a space between them. */
const joins: ReadonlySet<string> = new Set(["++", "--", "&&", "&^"]);

function spellNode(node: GoNode, operands: readonly string[]): string {
  const [first = "", ...rest] = operands;
  switch (node.kind) {
    case "name":
      return node.name;
    case "literal":
      return spellLiteral(node.literal);
    case "type":
      return node.type;
    case "paren":
      return `(${first})`;
    case "select":
      return `${dotted(first)}.${node.name}`;
    case "assert":
      return `${dotted(first)}.(${node.type ?? "data"})`;
    case "index":
      return `${first}[${rest.join(", ")}]`;
    case "call":
      return `${first}(${rest.join(", ")})`;
    case "slice": {
      const bounds = [node.low, node.high, node.max];
      let at = 0;
      const texts = bounds.map((isThere) => (isThere ? rest[at++]! : ""));
      return `${first}[${(node.max ? texts : texts.slice(0, 2)).join(":")}]`;
    }
    case "unary":
      return `${node.operator}${joins.has(node.operator.slice(-1) + first.charAt(0)) ? " " : ""}${first}`;
    case "binary":
      return `${first} ${node.operator} ${rest[0] ?? ""}`;
    case "composite":
      return `${first}{${rest.map((text, at) => (node.keys[at] === undefined ? text : `${node.keys[at]}: ${text}`)).join(", ")}}`;
  }
}

function spellLiteral(literal: GoLiteral): string {
  switch (literal.kind) {
    case "int":
      return String(literal.value);
    case "rune":
      return `'${String.fromCodePoint(Number(literal.value))}'`;
    case "float":
      return String(numberOf(literal.value));
    case "imaginary":
      return `${numberOf(literal.value)}i`;
    case "string":
      return goQuoted(literal.value);
  }
}
