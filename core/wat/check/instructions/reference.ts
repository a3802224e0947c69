/** References and casts. Source: WebAssembly 3.0, 3.4.3 "Reference Instructions" and the casting branches of 3.4.2. */
import {
  bottom, firstDefinedHeap, Heap, heapOf, i31Ref, i32, isNullable, isReference, refType, withoutNull,
} from "#core/wasm/validate/value-type.ts"; // prettier-ignore
import type { ValueType } from "#core/wasm/validate/value-type.ts";
import { Space } from "../../field.ts";
import type { BodyContext, Handler } from "../body-context.ts";

/** Takes a reference of whatever type; `bottom` where none is there. */
function popReference({ stack }: BodyContext): ValueType {
  const type = stack.popAny("a reference");
  if (type === bottom || isReference(type)) return type;
  stack.wrongOperand(type, "a reference");
  return bottom;
}

/** The widest type that can be cast to a reference type. */
function castable(context: BodyContext, type: ValueType): ValueType {
  return type === bottom ? bottom : refType(context.environment.types.topOf(heapOf(type)), true);
}

/** What is left of `from` where it is not `to`. */
function difference(from: ValueType, to: ValueType): ValueType {
  return isNullable(to) ? withoutNull(from) : from;
}

function castBranch(context: BodyContext, branchesOnFail: boolean): void {
  const { stack, environment } = context;
  const { types } = environment;
  const label = context.label();
  const from = context.valueType();
  const to = context.valueType();
  if (label === undefined) return context.loseOperands();
  if (!types.matches(to, from)) {
    stack.fail("type-mismatch", `\`${stack.name}\` can only cast to a subtype, and ${types.text(to)} is none of ${types.text(from)}.`);
  }
  const taken = branchesOnFail ? difference(from, to) : to;
  const kept = branchesOnFail ? to : difference(from, to);
  const last = label.at(-1);
  if (last === undefined || !types.matches(taken, last)) {
    const takes = last === undefined ? "nothing" : types.text(last);
    stack.fail("type-mismatch", `The branch gives ${types.text(taken)}, but the label takes ${takes} last.`);
    return context.loseOperands();
  }
  stack.pop(from);
  const rest = label.subarray(0, label.length - 1);
  stack.replaceAll(rest);
  stack.push(kept);
}

export const referenceHandlers: Readonly<Record<string, Handler>> = {
  "ref.null": (context) => {
    context.types.at = context.token;
    const heap = context.types.heapType();
    context.token = context.types.at;
    context.stack.push(heap === undefined ? bottom : refType(heap, true));
  },
  "ref.func": (context) => {
    const token = context.token;
    const index = context.index(Space.func);
    const identity = context.environment.functions[index] ?? -1;
    context.usesDeclared = true;
    if (identity >= 0 && !context.module.isDeclared(index)) {
      const written = context.source.tokenText(token);
      context.reportAt(
        "undeclared-reference",
        `A body can only refer to functions that are declared for it. Add \`(elem declare func ${written})\` to the module, or export the function.`,
        token,
      );
    }
    context.stack.push(identity < 0 ? bottom : refType(firstDefinedHeap + identity, false));
  },
  "ref.is_null": (context) => {
    popReference(context);
    context.stack.push(i32);
  },
  "ref.as_non_null": (context) => {
    const type = popReference(context);
    context.stack.push(type === bottom ? refType(Heap.bottom, false) : withoutNull(type));
  },
  "ref.i31": ({ stack }) => {
    stack.pop(i32);
    stack.push(i31Ref);
  },
  "ref.test": (context) => {
    context.stack.pop(castable(context, context.valueType()));
    context.stack.push(i32);
  },
  "ref.cast": (context) => {
    const type = context.valueType();
    context.stack.pop(castable(context, type));
    context.stack.push(type);
  },
  br_on_cast: (context) => castBranch(context, false),
  br_on_cast_fail: (context) => castBranch(context, true),
};
