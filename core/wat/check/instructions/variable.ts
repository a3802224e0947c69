/** Locals, globals, `drop` and `select`. Source: WebAssembly 3.0, 3.4.1 "Parametric Instructions" and 3.4.5 "Variable Instructions". */
import { entryFlag, entryType } from "#core/wasm/validate/environment.ts";
import { i32, isReference } from "#core/wasm/validate/value-type.ts";
import { Space } from "../../field.ts";
import { Node } from "../../node.ts";
import { Token } from "../../token.ts";
import { typeUse } from "../body-context.ts";
import type { BodyContext, Handler } from "../body-context.ts";

/** Index of the local at the next token; -1 where there is none, which is told here or has been told. */
function local(context: BodyContext): number {
  const index = localIndex(context);
  if (index < 0) context.stack.doubt();
  return index;
}

function localIndex(context: BodyContext): number {
  if (context.tag !== Token.natural) return context.localNamed(context.source.nameOf(context.token++));
  const index = context.natural();
  if (index < context.localCount) return index;
  // Where the parameters are written down the parser has told of it.
  if (context.hasHiddenParameters) {
    const last = context.localCount - 1;
    const have = last < 0 ? "no locals and parameters" : last === 0 ? "only local 0" : `locals and parameters 0 to ${last}`;
    context.reportAt("unknown-local", `There is no local ${context.source.tokenText(context.token - 1)}: this function has ${have}.`, context.token - 1); // prettier-ignore
  }
  return -1;
}

/** The token that names a local, or the word of the form that it is declared in; `undefined` for parameters. */
function declarationOf({ field, types, localCount }: BodyContext, index: number): number | undefined {
  const forms = field.children(0).filter((child) => field.kindOf(child) === Node.local);
  let next = localCount;
  // Locals come behind all parameters, so the last form has the last ones.
  for (const form of forms.toReversed()) {
    const own: number[] = [];
    types.list(form, own);
    next -= own.length;
    if (index >= next) return field.nameToken(form) ?? field.wordToken(form);
  }
  return undefined;
}

function select(context: BodyContext): void {
  const { stack, environment, field, node } = context;
  stack.pop(i32);
  if (field.childOf(node, Node.result) !== undefined) {
    const { results } = typeUse(context, node).type;
    if (results.length !== 1) {
      stack.fail("select-results", `A \`select\` chooses one value, so it has one type, not ${results.length}.`);
      return context.loseOperands();
    }
    stack.pop(results[0]!);
    stack.pop(results[0]!);
    stack.push(results[0]!);
    return;
  }
  const second = stack.popAny();
  if (isReference(second)) return withoutType(context, second);
  const first = stack.popAny();
  if (isReference(first)) return withoutType(context, first);
  if (first !== 0 && second !== 0 && first !== second) stack.wrongOperand(first, environment.types.text(second));
  stack.push(first === 0 ? second : first);
}

/** Of references, `select` must be told the type. */
function withoutType(context: BodyContext, type: number): void {
  const text = context.environment.types.text(type);
  context.stack.fail("type-mismatch", `A \`select\` of references needs its type: write \`select (result ${text})\`.`);
  context.stack.popAny();
  context.loseOperands();
}

export const variableHandlers: Readonly<Record<string, Handler>> = {
  drop: ({ stack }) => void stack.popAny(),
  select,
  "local.get": (context) => {
    const { stack } = context;
    const token = context.token;
    const index = local(context);
    if (index < 0) return stack.push(0);
    if (!stack.isSet(index)) {
      const type = context.environment.types.text(stack.localType(index));
      const declaration = declarationOf(context, index);
      context.reportAt(
        "uninitialized-local",
        `\`${context.source.tokenText(token)}\` may be read before it is set. A local of type ${type} has no value at the start; what is set inside of a block does not count behind it.`,
        token,
        declaration === undefined ? undefined : { message: "It is declared here.", token: declaration },
      );
      stack.setLocal(index);
    }
    stack.push(stack.localType(index));
  },
  "local.set": (context) => {
    const { stack } = context;
    const index = local(context);
    if (index < 0) return void stack.popAny();
    stack.pop(stack.localType(index));
    stack.setLocal(index);
  },
  "local.tee": (context) => {
    const { stack } = context;
    const index = local(context);
    if (index < 0) return;
    stack.pop(stack.localType(index));
    stack.setLocal(index);
    stack.push(stack.localType(index));
  },
  "global.get": (context) => {
    const entry = context.environment.globals[context.index(Space.global)];
    if (entry === undefined) context.stack.doubt();
    context.stack.push(entry === undefined ? 0 : entryType(entry));
  },
  "global.set": (context) => {
    const { stack } = context;
    const token = context.token;
    const entry = context.environment.globals[context.index(Space.global)];
    if (entry === undefined) return void stack.popAny();
    stack.pop(entryType(entry));
    if (!entryFlag(entry)) {
      context.reportAt("immutable", `The global \`${context.source.tokenText(token)}\` cannot be set. Declare its type as \`(mut ${context.environment.types.text(entryType(entry))})\`.`, token); // prettier-ignore
    }
  },
};
