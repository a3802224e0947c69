/** Structs and arrays. Source: WebAssembly 3.0, 3.4.4 "Aggregate Instructions". */
import type { FieldType } from "#core/wasm/validate/type-table.ts";
import {
  bottom, firstDefinedHeap, i32, isDefaultable, isPacked, isReference, refType, unpacked, withoutNull,
} from "#core/wasm/validate/value-type.ts"; // prettier-ignore
import type { ValueType } from "#core/wasm/validate/value-type.ts";
import { Space } from "../../field.ts";
import type { BodyContext, Handler } from "../body-context.ts";

/** A struct or array type that an instruction names. */
interface Named<Kind> {
  readonly token: number;
  readonly reference: ValueType;
  readonly type: Kind;
}

/** Runs `then` with the struct type at the next token; reports another type. */
function withStruct(then: (context: BodyContext, struct: Named<readonly FieldType[]>) => void): Handler {
  return (context) => {
    const token = context.token;
    const identity = context.typeIdentity();
    const composite = context.environment.types.composite(identity);
    if (composite.kind === "struct")
      return then(context, { token, reference: refType(firstDefinedHeap + identity, true), type: composite.fields });
    if (identity >= 0) context.wrongKind(token, identity, "struct");
    return context.loseOperands();
  };
}

/** The array type at the next token; `undefined` where there is none. */
function arrayType(context: BodyContext): Named<FieldType> | undefined {
  const token = context.token;
  const identity = context.typeIdentity();
  const composite = context.environment.types.composite(identity);
  if (composite.kind === "array") return { token, reference: refType(firstDefinedHeap + identity, true), type: composite.element };
  if (identity >= 0) context.wrongKind(token, identity, "array");
  return undefined;
}

function withArray(then: (context: BodyContext, array: Named<FieldType>) => void): Handler {
  return (context) => {
    const array = arrayType(context);
    if (array === undefined) context.loseOperands();
    else then(context, array);
  };
}

function checkPacking(context: BodyContext, { type }: FieldType, isExtending: boolean): void {
  if (isPacked(type) === isExtending) return;
  const text = context.environment.types.text(type);
  const name = context.stack.name.replace(/_[su]$/, "");
  const message = isExtending
    ? `Only i8 and i16 are extended, and this is ${text}. Use \`${name}\`.`
    : `This is ${text}, which is extended when it is read. Use \`${name}_s\` or \`${name}_u\`.`;
  context.stack.fail("packed-access", message);
}

function checkMutable(context: BodyContext, { mutable }: FieldType, what: string, token: number): void {
  if (!mutable) context.reportAt("immutable", `\`${context.stack.name}\` needs ${what} that can be changed. Write \`(mut ...)\` around its type.`, token); // prettier-ignore
}

function checkDefaultable(context: BodyContext, { type }: FieldType, token: number): boolean {
  if (isDefaultable(type)) return true;
  context.reportAt("not-defaultable", `\`${context.stack.name}\` needs a value to start with, and ${context.environment.types.text(type)} has none.`, token); // prettier-ignore
  return false;
}

const structGet = (isExtending: boolean): Handler =>
  withStruct((context, { token, reference, type: fields }) => {
    const { stack } = context;
    const field = fields[context.module.structField(token, context.source, context.token)];
    stack.pop(reference);
    if (field === undefined) return stack.push(bottom);
    checkPacking(context, field, isExtending);
    stack.push(unpacked(field.type));
  });

const arrayGet = (isExtending: boolean): Handler =>
  withArray((context, { reference, type }) => {
    context.stack.popAll(Int32Array.of(reference, i32));
    checkPacking(context, type, isExtending);
    context.stack.push(unpacked(type.type));
  });

function elementType(context: BodyContext): ValueType {
  return context.environment.elements[context.index(Space.elem)] ?? bottom;
}

function checkData(context: BodyContext, { type }: FieldType, token: number): void {
  if (isReference(type)) {
    context.reportAt("array-mismatch", `Data are bytes, and this array holds ${context.environment.types.text(type)}: only arrays of numbers and vectors can be made of data.`, token); // prettier-ignore
  }
}

function checkElements(context: BodyContext, from: ValueType, { type }: FieldType, token: number): void {
  const { types } = context.environment;
  if (types.matches(from, type)) return;
  context.reportAt("type-mismatch", `The segment holds ${types.text(from)}, which does not fit an array of ${types.text(type)}.`, token);
}

export const aggregateHandlers: Readonly<Record<string, Handler>> = {
  "struct.new": withStruct(({ stack }, { reference, type }) => {
    stack.popAll(Int32Array.from(type, (field) => unpacked(field.type)));
    stack.push(withoutNull(reference));
  }),
  "struct.new_default": withStruct((context, { token, reference, type }) => {
    type.every((field) => checkDefaultable(context, field, token));
    context.stack.push(withoutNull(reference));
  }),
  "struct.get": structGet(false),
  "struct.get_s": structGet(true),
  "struct.get_u": structGet(true),
  "struct.set": withStruct((context, { token, reference, type: fields }) => {
    const fieldToken = context.token;
    const field = fields[context.module.structField(token, context.source, fieldToken)];
    context.stack.popAll(Int32Array.of(reference, field === undefined ? bottom : unpacked(field.type)));
    if (field !== undefined) checkMutable(context, field, "a field", fieldToken);
  }),
  "array.new": withArray(({ stack }, { reference, type }) => {
    stack.popAll(Int32Array.of(unpacked(type.type), i32));
    stack.push(withoutNull(reference));
  }),
  "array.new_default": withArray((context, { token, reference, type }) => {
    checkDefaultable(context, type, token);
    context.stack.pop(i32);
    context.stack.push(withoutNull(reference));
  }),
  "array.new_fixed": withArray((context, { reference, type }) => {
    const { stack } = context;
    const expected = unpacked(type.type);
    for (let rest = context.natural(); rest > 0; rest--) {
      // A count beyond what the stack can hold would take long to find missing one by one.
      if (stack.isExhausted) {
        stack.pop(expected);
        break;
      }
      stack.pop(expected);
    }
    stack.push(withoutNull(reference));
  }),
  "array.new_data": withArray((context, { token, reference, type }) => {
    checkData(context, type, token);
    context.stack.popAll(Int32Array.of(i32, i32));
    context.stack.push(withoutNull(reference));
  }),
  "array.new_elem": withArray((context, { reference, type }) => {
    const token = context.token;
    checkElements(context, elementType(context), type, token);
    context.stack.popAll(Int32Array.of(i32, i32));
    context.stack.push(withoutNull(reference));
  }),
  "array.get": arrayGet(false),
  "array.get_s": arrayGet(true),
  "array.get_u": arrayGet(true),
  "array.set": withArray((context, { token, reference, type }) => {
    context.stack.popAll(Int32Array.of(reference, i32, unpacked(type.type)));
    checkMutable(context, type, "an array", token);
  }),
  "array.fill": withArray((context, { token, reference, type }) => {
    context.stack.popAll(Int32Array.of(reference, i32, unpacked(type.type), i32));
    checkMutable(context, type, "an array", token);
  }),
  "array.copy": (context) => {
    const to = arrayType(context);
    const from = arrayType(context);
    if (to === undefined || from === undefined) return context.loseOperands();
    context.stack.popAll(Int32Array.of(to.reference, i32, from.reference, i32, i32));
    // What is said then is about the first of the two types.
    if (!to.type.mutable) context.typeAt(to.token);
    checkMutable(context, to.type, "an array to copy to", to.token);
    const { types } = context.environment;
    const isFit = isPacked(to.type.type) || isPacked(from.type.type) ? to.type.type === from.type.type : types.matches(from.type.type, to.type.type); // prettier-ignore
    if (to.type.mutable && !isFit) {
      context.reportAt("array-mismatch", `What is in the array copied from (${types.text(from.type.type)}) does not fit the one copied to (${types.text(to.type.type)}).`, from.token); // prettier-ignore
    }
  },
  "array.init_data": withArray((context, { token, reference, type }) => {
    context.stack.popAll(Int32Array.of(reference, i32, i32, i32));
    if (type.mutable) checkData(context, type, token);
    checkMutable(context, type, "an array", token);
  }),
  "array.init_elem": withArray((context, { token, reference, type }) => {
    const segment = context.token;
    context.stack.popAll(Int32Array.of(reference, i32, i32, i32));
    if (type.mutable) checkElements(context, elementType(context), type, segment);
    checkMutable(context, type, "an array", token);
  }),
};
