/** Blocks are opened and closed by the walk; here are branches and calls. Source: WebAssembly 3.0, 3.4.2 "Control Instructions". */
import type { FunctionType } from "#core/wasm/validate/type-table.ts";
import { entryFlag, entryType } from "#core/wasm/validate/environment.ts";
import { firstDefinedHeap, Heap, heapOf, i32, i64, isReference, refType, withoutNull } from "#core/wasm/validate/value-type.ts";
import { Space } from "../../field.ts";
import { typeUse } from "../body-context.ts";
import type { BodyContext, Handler } from "../body-context.ts";

function branchTable(context: BodyContext): void {
  const { stack } = context;
  stack.pop(i32);
  let arity: number | undefined;
  while (context.atIndex) {
    const token = context.token;
    const types = context.label();
    if (types === undefined) continue;
    stack.checkTop(types, `The branch to \`${context.source.tokenText(token)}\``);
    arity ??= types.length;
    if (types.length !== arity) {
      context.stack.fail("type-mismatch", `All labels of a \`br_table\` take the same number of values, but one takes ${arity} and another ${types.length}.`); // prettier-ignore
    }
  }
  stack.setUnreachable();
}

function call(context: BodyContext, type: FunctionType): void {
  context.stack.popAll(type.params);
  context.stack.pushAll(type.results);
}

/** Ends the function with the results of another one. */
function tailCall(context: BodyContext, type: FunctionType): void {
  const { stack, environment } = context;
  const expected = stack.results;
  const fits =
    type.results.length === expected.length && type.results.every((result, at) => environment.types.matches(result, expected[at]!));
  stack.popAll(type.params);
  if (!fits) {
    const { types } = environment;
    stack.fail("type-mismatch", `\`${stack.name}\` returns ${types.listText(type.results)}, but this function gives ${types.listText(expected)}.`); // prettier-ignore
  }
  stack.setUnreachable();
}

/** The type of the function that an index token names; `undefined` where there is none. */
function calledFunction(context: BodyContext): FunctionType | undefined {
  const identity = context.environment.functions[context.index(Space.func)] ?? -1;
  return identity < 0 ? undefined : context.environment.types.function(identity);
}

function direct(then: (context: BodyContext, type: FunctionType) => void): Handler {
  return (context) => {
    const type = calledFunction(context);
    if (type === undefined) context.loseOperands();
    else then(context, type);
  };
}

function indirect(then: (context: BodyContext, type: FunctionType) => void): Handler {
  return (context) => {
    const { stack, environment } = context;
    const tableToken = context.token;
    const table = environment.tables[context.optionalIndex(Space.table)];
    const { type } = typeUse(context, context.node);
    if (table !== undefined) {
      stack.pop(entryFlag(table) ? i64 : i32);
      if (!environment.types.matches(entryType(table), refType(Heap.func, true))) {
        const message = `\`${stack.name}\` needs a table of functions, but this one holds ${environment.types.text(entryType(table))}.`;
        if (context.token > tableToken) context.reportAt("type-mismatch", message, tableToken);
        else stack.fail("type-mismatch", message);
      }
    } else stack.popAny();
    if (context.isLost) context.loseOperands();
    else then(context, type);
  };
}

function byReference(then: (context: BodyContext, type: FunctionType) => void): Handler {
  return (context) => {
    const token = context.token;
    const identity = context.typeIdentity();
    const type = context.environment.types.function(identity);
    if (type === undefined) {
      if (identity >= 0) context.wrongKind(token, identity, "func");
      return context.loseOperands();
    }
    context.stack.pop(refType(firstDefinedHeap + identity, true));
    then(context, type);
  };
}

export const controlHandlers: Readonly<Record<string, Handler>> = {
  unreachable: ({ stack }) => stack.setUnreachable(),
  br: (context) => {
    const types = context.label();
    if (types !== undefined) context.stack.popAll(types);
    context.stack.setUnreachable();
  },
  br_if: (context) => {
    const { stack } = context;
    stack.pop(i32);
    const types = context.label();
    if (types === undefined) return context.loseOperands();
    stack.replaceAll(types);
  },
  br_table: branchTable,
  return: ({ stack }) => {
    stack.popAll(stack.results);
    stack.setUnreachable();
  },
  call: direct(call),
  return_call: direct(tailCall),
  call_indirect: indirect(call),
  return_call_indirect: indirect(tailCall),
  call_ref: byReference(call),
  return_call_ref: byReference(tailCall),
  br_on_null: (context) => {
    const { stack } = context;
    const types = context.label();
    const reference = stack.popAny("a reference");
    if (reference !== 0 && !isReference(reference)) stack.wrongOperand(reference, "a reference");
    if (types === undefined) return context.loseOperands();
    stack.replaceAll(types);
    stack.push(reference === 0 || !isReference(reference) ? refType(Heap.bottom, false) : withoutNull(reference));
  },
  br_on_non_null: (context) => {
    const { stack } = context;
    const types = context.label();
    if (types === undefined) return context.loseOperands();
    const last = types.at(-1);
    if (last === undefined || !(last === 0 || isReference(last))) {
      return stack.fail("type-mismatch", "The label of a `br_on_non_null` must take a reference as its last value.");
    }
    // The branch gets the reference without null; what is on the stack may be null.
    stack.pop(last === 0 ? 0 : refType(heapOf(last), true));
    const rest = types.subarray(0, types.length - 1);
    stack.replaceAll(rest);
  },
};
