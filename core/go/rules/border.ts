/** Which functions a file's directives reach, and what crosses the border there. */
import type { Span } from "#core/text/positions.ts";
import type { FuncDeclaration, GoFile, ParameterNode, TypeNode, WasmDirective } from "../source/syntax.ts";
import { unknownType, type GoType } from "../types/types.ts";
import type { BorderFunction, Crossing, Crossings, RuleContext } from "./rule.ts";

/** The function that a directive belongs to or stands in. */
export function functionAround(directive: WasmDirective): FuncDeclaration | undefined {
  return typeof directive.target === "string" ? directive.inside : directive.target;
}

/** Functions with a directive that counts. `func _` is never compiled, so its directives mean nothing. */
export function borderFunctions(file: GoFile): BorderFunction[] {
  const found = new Map<FuncDeclaration, BorderFunction>();
  for (const directive of file.directives) {
    const declaration = directive.target;
    if (typeof declaration === "string" || !directive.wellFormed || declaration.name.text === "_") continue;
    const before = found.get(declaration);
    found.set(declaration, {
      file,
      declaration,
      importing: directive.kind === "wasmimport" ? directive : before?.importing,
      exporting: directive.kind === "wasmexport" ? directive : before?.exporting,
    });
  }
  return [...found.values()];
}

/** The directive whose rules the compiler applies to the types, with the word its messages start with. */
export function activeDirective({ declaration, importing, exporting }: BorderFunction): WasmDirective | undefined {
  if (importing !== undefined) {
    // Functions of module gojs get the stack pointer alone: their types are not looked at.
    return declaration.body === undefined && importing.words[0]?.text !== "gojs" ? importing : undefined;
  }
  return declaration.body === undefined || declaration.receiver !== undefined ? undefined : exporting;
}

/** The generic type of a method's receiver, or the generic function itself; undefined for all others. */
export function genericName(declaration: FuncDeclaration): string | undefined {
  if (declaration.parameters.length > 0) return declaration.name.text;
  const receiver = receiverBase(declaration);
  return receiver?.kind === "instance" ? receiver.name : undefined;
}

/** Whether the compiler ever sees this function with concrete types. */
export function isCompiled(context: RuleContext, declaration: FuncDeclaration): boolean {
  const name = genericName(declaration);
  return name === undefined || context.instances().all.has(name);
}

function receiverBase(declaration: FuncDeclaration): TypeNode | undefined {
  const type = declaration.receiver?.type;
  return type?.kind === "pointer" ? type.element : type;
}

/** What the host passes: the receiver first, then the parameters. Those that name type parameters are unknown. */
export function parametersOf(context: RuleContext, border: BorderFunction): readonly Crossing[] {
  return crossingsOf(context, border).parameters;
}

export function resultsOf(context: RuleContext, border: BorderFunction): readonly Crossing[] {
  return crossingsOf(context, border).results;
}

/** Several rules ask for the same. */
function crossingsOf(context: RuleContext, { file, declaration }: BorderFunction): Crossings {
  let found = context.crossings.get(declaration);
  if (found === undefined) {
    const { receiver, signature } = declaration;
    const parameters = receiver === undefined ? signature.parameters : [receiver, ...signature.parameters];
    found = {
      parameters: crossings(context, file, declaration, parameters),
      results: crossings(context, file, declaration, signature.results),
    };
    context.crossings.set(declaration, found);
  }
  return found;
}

function crossings(context: RuleContext, file: GoFile, declaration: FuncDeclaration, nodes: readonly ParameterNode[]): Crossing[] {
  const parameters = typeParameters(declaration);
  return nodes.map((node) => {
    const type = context.types.typeIn(file, node.type, parameters);
    return { type: node.variadic ? { kind: "slice", element: type } : type, span: crossingSpan(node) };
  });
}

/** For `...T` the dots are part of what is wrong. */
function crossingSpan(node: ParameterNode): Span {
  if (!node.variadic) return node.type.span;
  return { start: node.name?.span.end ?? node.type.span.start - 3, end: node.type.span.end };
}

const none: ReadonlyMap<string, GoType> = new Map();

function typeParameters(declaration: FuncDeclaration): ReadonlyMap<string, GoType> {
  const names = declaration.parameters.map((parameter) => parameter.name);
  const receiver = receiverBase(declaration);
  if (receiver?.kind === "instance") for (const argument of receiver.args) if (argument.kind === "name") names.push(argument.name);
  return names.length === 0 ? none : new Map(names.map((name) => [name, unknownType]));
}
