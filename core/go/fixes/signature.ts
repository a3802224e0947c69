/** The values of a function's signature, with type parameters replaced where the function is generic. */
import type { RuleContext } from "../rules/rule.ts";
import { tokenKind as kind } from "../source/tokens.ts";
import { TypeParser } from "../source/type-parser.ts";
import type { FuncDeclaration, GoFile, ParameterNode, TypeNode } from "../source/syntax.ts";
import { predeclaredTypes } from "../types/universe.ts";
import type { GoType } from "../types/types.ts";
import type { FreeNames } from "./names.ts";
import { lowerFirst, usesOf } from "./names.ts";
import { spell, type Writing } from "./spell.ts";

export interface SignatureValue {
  readonly type: GoType;
  /** Go source of the type; `[]T` for `...T`. */
  readonly text: string;
  /** The name in the source, undefined for `_` and none. */
  readonly ownName: string | undefined;
  readonly variadic: boolean;
  readonly node: ParameterNode;
}

export interface Signature {
  readonly receiver: SignatureValue | undefined;
  readonly parameters: readonly SignatureValue[];
  readonly results: readonly SignatureValue[];
  /** `[int32]` behind the name of a generic function, else empty. */
  readonly typeArguments: string;
}

interface Binding {
  readonly text: string;
  readonly type: GoType;
}

/** Undefined where a type is not known, or where no type arguments can be found for a generic function. */
export function readSignature(writing: Writing, declaration: FuncDeclaration): Signature | undefined {
  const bindings = bindingsOf(writing, declaration);
  if (bindings === undefined || !declaration.signature.complete) return undefined;
  const value = (node: ParameterNode): SignatureValue => {
    const type = writing.context.types.typeIn(
      writing.file,
      node.type,
      new Map([...bindings].map(([name, { type: bound }]) => [name, bound])),
    );
    const text = substituted(writing.file, node.type, bindings);
    return {
      type: node.variadic ? { kind: "slice", element: type } : type,
      text: node.variadic ? `[]${text}` : text,
      ownName: node.name?.text === "_" ? undefined : node.name?.text,
      variadic: node.variadic,
      node,
    };
  };
  const signature = {
    receiver: declaration.receiver === undefined ? undefined : value(declaration.receiver),
    parameters: declaration.signature.parameters.map(value),
    results: declaration.signature.results.map(value),
    typeArguments: declaration.parameters.length === 0 ? "" : `[${[...bindings.values()].map(({ text }) => text).join(", ")}]`,
  };
  const all = [...signature.parameters, ...signature.results, ...(signature.receiver === undefined ? [] : [signature.receiver])];
  return all.some(({ type }) => type.kind === "unknown") ? undefined : signature;
}

/** The name of a method's receiver type, without pointer and arguments. */
export function receiverTypeName(declaration: FuncDeclaration): string | undefined {
  const base = receiverBase(declaration);
  return base?.kind === "name" || base?.kind === "instance" ? base.name : undefined;
}

/** The name that a value gets where the source gives none, or one that means something else already. */
export function nameFor(value: SignatureValue, fallback: string, names: FreeNames): string {
  return names.take(value.ownName ?? fallback);
}

export function receiverFallback(declaration: FuncDeclaration): string {
  return lowerFirst((receiverTypeName(declaration) ?? "value").slice(0, 1));
}

function receiverBase(declaration: FuncDeclaration): TypeNode | undefined {
  const type = declaration.receiver?.type;
  return type?.kind === "pointer" ? type.element : type;
}

/** Type arguments for one instance: one that the package has, else one that the constraints allow. */
function bindingsOf(writing: Writing, declaration: FuncDeclaration): ReadonlyMap<string, Binding> | undefined {
  const base = receiverBase(declaration);
  if (base?.kind === "instance") {
    const names = base.args.map((argument) => (argument.kind === "name" ? argument.name : ""));
    return bind(names, usedArguments(writing, base.name, names.length));
  }
  if (declaration.parameters.length === 0) return new Map();
  const names = declaration.parameters.map(({ name }) => name);
  return bind(names, usedArguments(writing, declaration.name.text, names.length) ?? constrainedArguments(writing.file, declaration));
}

function bind(names: readonly string[], found: readonly Binding[] | undefined): ReadonlyMap<string, Binding> | undefined {
  return found === undefined ? undefined : new Map(names.map((name, index) => [name, found[index]!]));
}

/** The arguments of `name[…]` somewhere in the package, where they mean something outside of generic code. */
function usedArguments(writing: Writing, name: string, count: number): Binding[] | undefined {
  for (const file of writing.context.package.files) {
    for (const at of usesOf(file, name)) {
      if (file.tokens.kinds[at + 1] !== kind.openBracket) continue;
      const parser = new TypeParser(file.tokens);
      parser.at = at;
      const node = parser.typeName();
      if (node.kind !== "instance" || node.args.length !== count) continue;
      const bindings = node.args.map((argument) => bindingFor(writing, writing.context.types.typeIn(file, argument)));
      if (bindings.every((binding) => binding !== undefined)) return bindings;
    }
  }
  return undefined;
}

function bindingFor(writing: Writing, type: GoType): Binding | undefined {
  const text = type.kind === "unknown" ? undefined : spell(writing, type);
  return text === undefined ? undefined : { text, type };
}

/** `any` and `comparable` allow int32, a union its first term. */
function constrainedArguments({ tokens }: GoFile, { name, parameters }: FuncDeclaration): Binding[] | undefined {
  const { kinds, starts, ends, matches, text } = tokens;
  let open = 0;
  while (starts[open]! < name.span.end) open++;
  const terms: string[][] = [[]];
  for (let at = open + 1; at < matches[open]!; at++) {
    if (kinds[at] === kind.comma) terms.push([]);
    else terms[terms.length - 1]!.push(text.slice(starts[at], ends[at]));
  }
  // `K, V any`: a name alone has the constraint of the next one.
  const found: (Binding | undefined)[] = parameters.map((_, index) => {
    const constraint = terms
      .slice(index)
      .find((words) => words.length > 1)
      ?.slice(1);
    const first = constraint?.find((word) => word !== "~" && word !== "interface" && word !== "{");
    const wanted = first === "any" || first === "comparable" ? "int32" : (first ?? "");
    const type = predeclaredTypes.get(wanted);
    return type?.kind === "basic" ? { text: wanted, type } : undefined;
  });
  return found.every((binding) => binding !== undefined) ? found : undefined;
}

function substituted({ tokens, text }: GoFile, { span }: TypeNode, bindings: ReadonlyMap<string, Binding>): string {
  if (bindings.size === 0) return text.slice(span.start, span.end);
  const { kinds, starts, ends, count } = tokens;
  let result = "";
  let from = span.start;
  for (let at = 0; at < count && starts[at]! < span.end; at++) {
    if (starts[at]! < span.start || kinds[at] !== kind.name || kinds[at - 1] === kind.dot) continue;
    const binding = bindings.get(text.slice(starts[at], ends[at]));
    if (binding === undefined) continue;
    result += text.slice(from, starts[at]) + binding.text;
    from = ends[at]!;
  }
  return result + text.slice(from, span.end);
}

/** Whether `context` knows the function as one that crosses the border. */
export function borderOf(context: RuleContext, declaration: FuncDeclaration | undefined): RuleContext["border"][number] | undefined {
  return context.borderInFile.find((border) => border.declaration === declaration);
}
