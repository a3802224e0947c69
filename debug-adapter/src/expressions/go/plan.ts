/** What must be known of an expression before its operands are evaluated. */
import type { GoType } from "#core/go/layouts/go-type.ts";
import type { GoTypeTable } from "#core/go/layouts/go-type-table.ts";
import { decodeUtf8 } from "#core/bytes/utf8.ts";
import { type BuiltinName, isBuiltin } from "./builtins.ts";
import { type GoNode, operandsOf } from "./syntax.ts";
import { findType } from "./types.ts";
import { typeTextOf } from "./type-text.ts";

export type CallPlan =
  | { readonly kind: "builtin"; readonly name: BuiltinName }
  | { readonly kind: "conversion"; readonly type: GoType }
  | { readonly kind: "function" }
  /** A conversion to a type that the program does not have. */
  | { readonly kind: "unknown" };

export interface Plan {
  /** By index of the first node that is not evaluated: that of the one with which evaluation goes on. */
  readonly skips: ReadonlyMap<number, number>;
  /** By index of the left operand of `&&` and `||`: that of the operator. */
  readonly shortcuts: ReadonlyMap<number, number>;
  /** By index of a call. */
  readonly calls: ReadonlyMap<number, CallPlan>;
  /** By index of a composite literal. */
  readonly types: ReadonlyMap<number, GoType>;
}

export function planOf(types: GoTypeTable, nodes: readonly GoNode[]): Plan {
  const skips = new Map<number, number>();
  const shortcuts = new Map<number, number>();
  const calls = new Map<number, CallPlan>();
  const literalTypes = new Map<number, GoType>();
  // What encloses comes first: of two ranges that begin together the larger one counts.
  for (let at = nodes.length - 1; at >= 0; at--) {
    const node = nodes[at]!;
    if (node.kind === "binary" && (node.operator === "&&" || node.operator === "||")) {
      shortcuts.set(operandsOf(nodes, at)[0]!, at);
      continue;
    }
    if (node.kind === "select") {
      const of = nodes[at - 1]!;
      const mayBePackage = of.kind === "name" || (of.kind === "literal" && of.literal.kind === "string");
      if (mayBePackage && !skips.has(at - 1)) skips.set(at - 1, at);
      continue;
    }
    if (node.kind !== "call" && node.kind !== "composite") continue;
    const callee = operandsOf(nodes, at)[0]!;
    if (node.kind === "composite") {
      const type = typeOf(types, nodes, callee);
      if (type) literalTypes.set(at, type);
      skip(callee);
      continue;
    }
    const plan = callPlan(types, nodes, callee, node.count);
    calls.set(at, plan);
    if (plan.kind !== "function") skip(callee);
  }
  return { skips, shortcuts, calls, types: literalTypes };

  function skip(index: number): void {
    const { start } = nodes[index]!;
    if (!skips.has(start)) skips.set(start, index + 1);
  }
}

function callPlan(types: GoTypeTable, nodes: readonly GoNode[], callee: number, count: number): CallPlan {
  const node = nodes[callee]!;
  if (node.kind === "name" && isBuiltin(node.name)) return { kind: "builtin", name: node.name };
  const type = count === 1 ? typeOf(types, nodes, callee) : undefined;
  if (type) return { kind: "conversion", type };
  return { kind: count === 1 && typeTextOf(nodes, callee) !== undefined && holdsType(nodes, callee) ? "unknown" : "function" };
}

/** The type that an operand spells; it may be whole in quotes, also behind stars. */
function typeOf(types: GoTypeTable, nodes: readonly GoNode[], index: number): GoType | undefined {
  const name = typeTextOf(nodes, index) ?? quotedType(nodes, index);
  const id = name === undefined ? undefined : findType(types, name);
  return id === undefined ? undefined : types.get(id);
}

function quotedType(nodes: readonly GoNode[], index: number): string | undefined {
  let stars = "";
  for (let at = index; ; at--) {
    const node = nodes[at]!;
    if (node.kind === "unary" && node.operator === "*") stars += "*";
    else if (node.kind === "literal" && node.literal.kind === "string") return stars + decodeUtf8(node.literal.value);
    else if (node.kind !== "paren") return undefined;
  }
}

/** Whether it can be nothing but a type. */
function holdsType(nodes: readonly GoNode[], index: number): boolean {
  return nodes.slice(nodes[index]!.start, index + 1).some(({ kind }) => kind === "type");
}
