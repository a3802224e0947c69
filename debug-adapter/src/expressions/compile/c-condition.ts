/** Conditions in the C-like expressions of `parse-expression.ts`, with the results of `evaluate-expression.ts`, as code for the engine. */
import { type DataType, type PointerType, sizeOf, type StructMember, type StructType, withoutAliases } from "#core/dwarf/data-type.ts";
import type { TypedScalar } from "../arithmetic.ts";
import { literalScalar } from "../literal-types.ts";
import { pointerTo, type Rules } from "../number-types.ts";
import { type Literal, operandCount, type Step } from "../steps.ts";
import { binaryCode, conditionalCode, constant, type TypedCode, unaryCode } from "./arithmetic-code.ts";
import { type AddressCode, asNumber, type EngineCondition, limited, NotCompiled, type NumberCode, truthOf } from "./engine-code.ts";
import type { VariablePlace } from "./probe.ts";
import { loadNumber, loadPointer, numberShape, offsetBy } from "./typed-code.ts";

/** A variable or part of one, or a number that was calculated. */
export type CValue =
  | { readonly kind: "memory"; readonly address: AddressCode; readonly type: DataType }
  | { readonly kind: "number"; readonly code: TypedCode }
  | { readonly kind: "bit-field"; readonly address: AddressCode; readonly member: StructMember };

/** What names mean at the place. */
export interface PlaceNames {
  readonly rules: Rules;
  find(name: string): Promise<VariablePlace | undefined>;
  /** A name that is a number, as an enumerator is one. */
  constant(name: string): TypedScalar | undefined;
}

/** As many bases and members without a name are looked through as for values that are shown. */
const depthLimit = 8;

/** Rejects with {@link NotCompiled} where the adapter has to evaluate it. */
export async function compileC(steps: readonly Step[], names: PlaceNames): Promise<EngineCondition> {
  return limited({ text: truthOf(numberOf(await compileCValue(steps, names))) });
}

/** What the steps give, as a variable with a type where it is one. */
export async function compileCValue(steps: readonly Step[], names: PlaceNames): Promise<CValue> {
  const stack: CValue[] = [];
  for (const step of steps) stack.push(await apply(step, stack.splice(stack.length - operandCount(step)), names));
  return stack.pop()!;
}

async function apply(step: Step, operands: readonly CValue[], names: PlaceNames): Promise<CValue> {
  const { rules } = names;
  const [first, second, third] = operands;
  switch (step.kind) {
    case "literal":
      return calculated(literalCode(step.literal, rules));
    case "name":
      return named(step.name, names);
    case "member":
      return memberOf(first!, step.name);
    case "index":
      return elementOf(first!, numberOf(second!));
    case "unary":
      if (step.operator === "*") return dereferenced(first!);
      if (step.operator === "&") return addressOf(first!, rules);
      return calculated(unaryCode(step.operator, numberOf(first!), rules));
    case "binary":
      return calculated(binaryCode(step.operator, numberOf(first!), numberOf(second!), rules));
    case "conditional":
      return calculated(conditionalCode(numberOf(first!), numberOf(second!), numberOf(third!), rules));
    default:
      throw new NotCompiled(`${step.kind} is left to the adapter`);
  }
}

async function named(name: string, names: PlaceNames): Promise<CValue> {
  const place = await names.find(name);
  if (place?.kind === "memory") return place;
  if (place) return { kind: "number", code: { ...place.code, type: place.type } };
  const known = names.constant(name);
  if (!known) throw new NotCompiled("a variable's place is not known before a stop");
  return calculated(constant(known));
}

function literalCode(found: Literal, rules: Rules): TypedCode {
  if (found.kind === "string") throw new NotCompiled("a text");
  return constant(literalScalar(found, rules));
}

const calculated = (code: TypedCode): CValue => ({ kind: "number", code: limited(code) });

export function numberOf(value: CValue): TypedCode {
  switch (value.kind) {
    case "number":
      refuseReference(value);
      return value.code;
    case "memory":
      refuseReference(value);
      return limited({ ...loadNumber(value.address, numberShape(value.type)), type: value.type });
    case "bit-field":
      return limited({ ...bitField(value.address, value.member), type: value.member.type, bits: value.member.bits?.bitSize });
  }
}

/** Whole bytes are read, as for values that are shown: a bit-field at the end of memory has no bytes behind it. */
function bitField(address: AddressCode, { type, bits }: StructMember): NumberCode {
  const shape = numberShape(type);
  if (!bits || shape.kind === "float" || bits.bitOffset + bits.bitSize > 64) throw new NotCompiled("a bit-field");
  const size = Math.ceil((bits.bitOffset + bits.bitSize) / 8);
  const whole = Array.from({ length: size }, (_, at) => `BigInt(memory.getUint8(${offsetBy(address, at).text}))<<${at * 8}n`).join("|");
  const wrap = shape.kind === "signed" ? "asIntN" : "asUintN";
  return { form: "big", text: `BigInt.${wrap}(${bits.bitSize},(${whole})>>${bits.bitOffset}n)` };
}

/** The address and type that a pointer leads to; a variable that is none is an error for the adapter to tell. */
function target(value: CValue): { readonly kind: "memory"; readonly address: AddressCode; readonly type: DataType } {
  const type = pointerTypeOf(value);
  const behind = type?.flavour === "member-pointer" ? undefined : type?.target();
  if (!type || !behind || value.kind === "bit-field") throw new NotCompiled("no pointer to a type");
  const address = value.kind === "memory" ? loadPointer(value.address, type.size) : { text: `points.present(${asNumber(value.code)})` };
  return { kind: "memory", address: limited(address), type: behind };
}

function pointerTypeOf(value: CValue): PointerType | undefined {
  const type = value.kind === "bit-field" ? undefined : withoutAliases(value.kind === "number" ? value.code.type : value.type);
  return type?.kind === "pointer" ? type : undefined;
}

/** What a reference stands for depends on the language: that is left to the adapter. */
function refuseReference(value: CValue): void {
  const type = pointerTypeOf(value);
  if (type && (type.flavour !== "pointer" || type.name.startsWith("&"))) throw new NotCompiled("a reference");
}

function dereferenced(value: CValue): CValue {
  refuseReference(value);
  const type = value.kind === "memory" ? withoutAliases(value.type) : undefined;
  if (value.kind === "memory" && type?.kind === "array") return { kind: "memory", address: value.address, type: type.element };
  return target(value);
}

function addressOf(value: CValue, rules: Rules): CValue {
  refuseReference(value);
  if (value.kind !== "memory") throw new NotCompiled("what is not in memory has no address");
  return calculated({ form: "int", text: value.address.text, type: pointerTo(value.type, rules.language) });
}

function memberOf(value: CValue, name: string): CValue {
  let object = value;
  for (let depth = 0; pointerTypeOf(object); depth++) {
    if (depth === depthLimit) throw new NotCompiled("pointers to pointers");
    object = target(object);
  }
  const type = object.kind === "memory" ? withoutAliases(object.type) : undefined;
  const member = type?.kind === "struct" ? findMember(type, name) : undefined;
  if (object.kind !== "memory" || !member) throw new NotCompiled("no such member");
  const address = offsetBy(object.address, member.offset);
  return member.bits ? { kind: "bit-field", address, member } : { kind: "memory", address, type: member.type };
}

/** The member with its offset from the start of `type`, found as `childNamed` does: in the struct and its members without a name, then in its bases. */
function findMember(type: StructType, name: string): StructMember | undefined {
  let level: readonly { readonly struct: StructType; readonly offset: number }[] = [{ struct: type, offset: 0 }];
  for (let depth = 0; level.length > 0 && depth <= depthLimit; depth++) {
    const bases: { struct: StructType; offset: number }[] = [];
    for (const { struct, offset } of level) {
      const open = struct
        .members()
        .toReversed()
        .map((member) => ({ member, at: offset + member.offset, nesting: 0 }));
      for (let next = open.pop(); next; next = open.pop()) {
        const { member, at, nesting } = next;
        const inner = withoutAliases(member.type);
        if (member.name === "" && inner.kind === "struct" && nesting < depthLimit) {
          for (const nested of inner.members().toReversed()) open.push({ member: nested, at: at + nested.offset, nesting: nesting + 1 });
        } else if (member.inherited) {
          if (inner.kind === "struct") bases.push({ struct: inner, offset: at });
        } else if (member.name === name) return { ...member, offset: at };
      }
    }
    level = bases;
  }
  return undefined;
}

function elementOf(value: CValue, index: NumberCode): CValue {
  refuseReference(value);
  const type = value.kind === "memory" ? withoutAliases(value.type) : undefined;
  if (value.kind === "memory" && type?.kind === "array") {
    return element(value.address, type.element, `points.below(${asNumber(index)},${type.count ?? "Infinity"})`);
  }
  const first = target(value);
  return element(first.address, first.type, `points.index(${asNumber(index)})`);
}

function element(first: AddressCode, type: DataType, index: string): CValue {
  const size = sizeOf(type);
  if (size === undefined) throw new NotCompiled("elements without a size");
  return { kind: "memory", address: limited({ text: `(${first.text}+${index}*${size})` }), type };
}
