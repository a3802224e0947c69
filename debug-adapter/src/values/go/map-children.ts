/** The entries of a map as children: one where the key or the value is plain, else one for each of the two. */
import { isIntegerKind } from "#core/go/layouts/go-type.ts";
import type { GoNode } from "./node.ts";
import { goQuoted } from "./quoted.ts";
import type { GoShownValue, ShowNode } from "./shown-value.ts";

/** Characters of a name. */
const longestName = 64;

/** `start`: number of the first entry. */
export async function mapChildren(show: ShowNode, node: GoNode, expression: string, start: number): Promise<readonly GoShownValue[]> {
  const pairs = Array.from({ length: Math.floor(node.children.length / 2) }, (_, at) => at);
  const shown = await Promise.all(pairs.map((at) => showEntry(show, node, at, expression, start + at)));
  return shown.flat();
}

async function showEntry(show: ShowNode, node: GoNode, at: number, expression: string, number: number): Promise<readonly GoShownValue[]> {
  const keyNode = node.children[2 * at]!;
  const keyExpression = `(*(*"${keyNode.type.name}")(0x${keyNode.address.toString(16)}))`;
  const valueExpression = `${expression}[${scalarKey(keyNode) ?? keyExpression}]`;
  const key = await show(keyNode, `[key ${number}]`, keyExpression);
  const value = await show(node.children[2 * at + 1]!, `[val ${number}]`, valueExpression);
  if (key.inside && value.inside) {
    return [
      { ...key, memoryReference: undefined },
      { ...value, memoryReference: undefined },
    ];
  }
  const isLong = key.inside !== undefined && key.value.length > longestName;
  return [
    {
      ...value,
      name: isLong ? `${key.value.slice(0, longestName)}... @ 0x${keyNode.address.toString(16)}` : key.value,
      type: `${key.type}: ${value.type}`,
      memoryReference: undefined,
      inside: key.inside ?? value.inside,
    },
  ];
}

/** The key as it stands in an expression; `undefined` where it cannot be written. */
function scalarKey(key: GoNode): string | undefined {
  if (key.unreadable !== undefined) return undefined;
  const { kind } = key.type;
  if (kind === "string") return key.bytes?.length === key.length ? goQuoted(key.bytes) : undefined;
  if (kind === "complex64" || kind === "complex128") return `(${key.children[0]?.text} + ${key.children[1]?.text}i)`;
  return isIntegerKind(kind) || kind === "bool" || kind === "float32" || kind === "float64" ? key.text : undefined;
}
