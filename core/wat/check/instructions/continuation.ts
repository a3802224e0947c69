/** Stack switching. Source: stack switching proposal, Explainer.md, "Instructions" (continuations, typed by function types). */
import type { FunctionType } from "#core/wasm/validate/type-table.ts";
import { firstDefinedHeap, Heap, heapOf, isReference, refType } from "#core/wasm/validate/value-type.ts";
import { Space } from "../../field.ts";
import { Node } from "../../node.ts";
import { instructionTag } from "../../token.ts";
import type { BodyContext, Handler } from "../body-context.ts";
import { tagParameters } from "./exception.ts";

const switchTag = instructionTag("switch");

interface Continuation extends FunctionType {
  readonly identity: number;
}

/** The continuation type at the next token; `undefined` where there is none, which is reported. */
function continuation(context: BodyContext): Continuation | undefined {
  const token = context.token;
  const identity = context.typeIdentity();
  const type = context.environment.types.continuation(identity);
  if (type !== undefined) return { identity, params: type.params, results: type.results };
  if (identity >= 0) context.wrongKind(token, identity, "cont");
  return undefined;
}

function reference({ identity }: Continuation, isNullable: boolean): number {
  return refType(firstDefinedHeap + identity, isNullable);
}

function tagType(context: BodyContext): FunctionType | undefined {
  const identity = context.environment.tags[context.index(Space.tag)] ?? -1;
  return identity < 0 ? undefined : context.environment.types.function(identity);
}

function fits(context: BodyContext, from: Int32Array, to: Int32Array): boolean {
  return from.length === to.length && from.every((type, at) => context.environment.types.matches(type, to[at]!));
}

/** The handlers behind a `resume`: each label takes the tag's values and the continuation that waits for the tag's results. */
function checkHandlers(context: BodyContext, results: Int32Array): void {
  const { field, node, environment } = context;
  const { types } = environment;
  for (const handler of field.children(node)) {
    if (field.kindOf(handler) !== Node.handler) continue;
    context.token = field.wordToken(handler) + 1;
    const tag = tagType(context);
    if (tag === undefined || context.tag === switchTag) continue;
    const labelToken = context.token;
    const label = context.label();
    if (label === undefined) continue;
    const last = label.at(-1);
    const isContinuation = last !== undefined && (last === 0 || (isReference(last) && heapOf(last) >= firstDefinedHeap));
    const resumed = isContinuation && last !== 0 ? types.continuation(heapOf(last) - firstDefinedHeap) : undefined;
    const isFit =
      fits(context, tag.params, label.subarray(0, Math.max(0, label.length - 1))) &&
      (last === 0 || (resumed !== undefined && fits(context, resumed.params, tag.results) && fits(context, results, resumed.results)));
    if (isFit) continue;
    context.reportAt(
      "type-mismatch",
      `The label must take ${types.listText(tag.params)} and a continuation from ${types.listText(tag.results)} to ${types.listText(results)}, but it takes ${types.listText(label)}.`,
      labelToken,
    );
  }
}

/** Takes a continuation with its arguments, runs it and has its results. */
function resume(context: BodyContext, type: Continuation, params: Int32Array): void {
  const { stack } = context;
  checkHandlers(context, type.results);
  stack.popAll(Int32Array.of(...params, reference(type, true)));
  stack.pushAll(type.results);
}

export const continuationHandlers: Readonly<Record<string, Handler>> = {
  "cont.new": (context) => {
    const token = context.token;
    const identity = context.typeIdentity();
    const composite = context.environment.types.composite(identity);
    if (composite.kind !== "cont") {
      if (identity >= 0) context.wrongKind(token, identity, "cont");
      return context.loseOperands();
    }
    context.stack.pop(composite.type < 0 ? 0 : refType(firstDefinedHeap + composite.type, true));
    context.stack.push(refType(firstDefinedHeap + identity, false));
  },
  "cont.bind": (context) => {
    const { stack, environment } = context;
    const from = continuation(context);
    const to = continuation(context);
    if (from === undefined || to === undefined) return context.loseOperands();
    const bound = from.params.length - to.params.length;
    if (bound < 0 || !fits(context, to.params, from.params.subarray(bound)) || !fits(context, from.results, to.results)) {
      const text = (type: Continuation): string =>
        `${environment.types.listText(type.params)} -> ${environment.types.listText(type.results)}`;
      stack.fail("type-mismatch", `Binding the first arguments of ${text(from)} cannot give ${text(to)}.`);
    }
    stack.popAll(Int32Array.of(...from.params.subarray(0, Math.max(0, bound)), reference(from, true)));
    stack.push(reference(to, false));
  },
  suspend: (context) => {
    const type = tagType(context);
    if (type === undefined) return context.loseOperands();
    context.stack.popAll(type.params);
    context.stack.pushAll(type.results);
  },
  resume: (context) => {
    const type = continuation(context);
    if (type === undefined) context.loseOperands();
    else resume(context, type, type.params);
  },
  resume_throw: (context) => {
    const type = continuation(context);
    const params = tagParameters(context);
    if (type === undefined || params === undefined) context.loseOperands();
    else resume(context, type, params);
  },
  resume_throw_ref: (context) => {
    const type = continuation(context);
    if (type === undefined) context.loseOperands();
    else resume(context, type, Int32Array.of(refType(Heap.exn, true)));
  },
  switch: (context) => {
    const { stack, environment } = context;
    const type = continuation(context);
    const tag = tagType(context);
    const last = type?.params.at(-1);
    const back = last !== undefined && isReference(last) ? environment.types.continuation(heapOf(last) - firstDefinedHeap) : undefined;
    if (type === undefined || tag === undefined) return context.loseOperands();
    if (back === undefined) {
      stack.fail("type-mismatch", "`switch` needs a continuation type whose last parameter is the continuation to come back to.");
      return context.loseOperands();
    }
    stack.popAll(Int32Array.of(...type.params.subarray(0, type.params.length - 1), reference(type, true)));
    stack.pushAll(back.params);
  },
};
