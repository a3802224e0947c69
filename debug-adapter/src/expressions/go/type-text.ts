import type { GoNode, GoTypeText } from "./syntax.ts";

/** The type that a node spells, if it may be one: `main.Point`, `*T`, `Pair[int,string]`. */
export function typeTextOf(nodes: readonly GoNode[], index: number): GoTypeText | undefined {
  const stack: GoTypeText[] = [];
  for (let at = nodes[index]!.start; at <= index; at++) {
    const node = nodes[at]!;
    switch (node.kind) {
      case "name":
        stack.push(node.name);
        break;
      case "type":
        stack.push(node.type);
        break;
      case "paren":
        break;
      case "select": {
        const of = stack.pop()!;
        if (!/^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(of)) return undefined;
        stack.push(`${of}.${node.name}`);
        break;
      }
      case "unary":
        if (node.operator !== "*") return undefined;
        stack.push(`*${stack.pop()!}`);
        break;
      case "index": {
        const args = stack.splice(-node.count);
        stack.push(`${stack.pop()!}[${args.join(",")}]`);
        break;
      }
      default:
        return undefined;
    }
  }
  return stack[0];
}
