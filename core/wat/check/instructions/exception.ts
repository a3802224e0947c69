/** Exceptions; `rethrow` is of their first design. Source: WebAssembly 3.0, 3.4.2 "Control Instructions". */
import { Heap, refType } from "#core/wasm/validate/value-type.ts";
import { Space } from "../../field.ts";
import { Node } from "../../node.ts";
import { instructionTag, Word } from "../../token.ts";
import type { BodyContext, Handler } from "../body-context.ts";

const catchTag = instructionTag("catch");
const exception = refType(Heap.exn, false);

/** Parameters of the tag at the next token; `undefined` where there is none. */
export function tagParameters(context: BodyContext): Int32Array | undefined {
  const identity = context.environment.tags[context.index(Space.tag)] ?? -1;
  return identity < 0 ? undefined : context.environment.types.function(identity)?.params;
}

/** Checks that the labels of a `try_table` take what its clauses give. The labels are those around it. */
export function checkCatches(context: BodyContext, node: number): void {
  const { field } = context;
  const end = field.nodeEnd(node);
  for (let child = node + 1; child < end; child = field.nodeEnd(child)) {
    if (field.kindOf(child) === Node.catchClause) checkClause(context, child);
    else if (field.kindOf(child) >= Node.plain && field.kindOf(child) !== Node.catchClause) return;
  }
}

function checkClause(context: BodyContext, clause: number): void {
  const { field, environment } = context;
  const word = field.wordTag(clause);
  context.token = field.wordToken(clause) + 1;
  const hasTag = word === catchTag || word === Word.catch_ref;
  const values = hasTag ? tagParameters(context) : new Int32Array(0);
  const labelToken = context.token;
  const label = context.label();
  if (values === undefined || label === undefined) return;
  const given = word === Word.catch_ref || word === Word.catch_all_ref ? Int32Array.of(...values, exception) : values;
  const { types } = environment;
  if (given.length === label.length && given.every((type, at) => types.matches(type, label[at]!))) return;
  const { source } = context;
  context.reportAt("type-mismatch", `\`${source.tokenText(field.wordToken(clause))}\` gives ${types.listText(given)}, but the label takes ${types.listText(label)}.`, labelToken); // prettier-ignore
}

export const exceptionHandlers: Readonly<Record<string, Handler>> = {
  throw: (context) => {
    const parameters = tagParameters(context);
    if (parameters !== undefined) context.stack.popAll(parameters);
    context.stack.setUnreachable();
  },
  throw_ref: ({ stack }) => {
    stack.pop(refType(Heap.exn, true));
    stack.setUnreachable();
  },
  rethrow: ({ stack }) => stack.setUnreachable(),
};
