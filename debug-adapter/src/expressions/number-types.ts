/** Types of numbers, and which type the languages give to what is calculated. */
import { type BaseType, type DataType, type PointerType, sizeOf, withoutAliases } from "#core/dwarf/data-type.ts";
import type { Language } from "../symbols/module-symbols.ts";
import { ExpressionError } from "./expression-error.ts";

/** A number that expressions calculate with. Integers, characters, truth values, enumerators and addresses are `bigint`. */
export type Scalar = number | bigint;

export interface NumberShape {
  readonly kind: "signed" | "unsigned" | "float";
  /** Bytes. */
  readonly size: number;
}

/** How a language calculates. */
export interface Rules {
  readonly language: Language;
  /** Integers below 32 bits become `int` (C23 6.3.1.1), and literals have types. Elsewhere types stay, and literals take the other operand's. */
  readonly isC: boolean;
  /** What does not fit into the type is an error, as in a debug build; it wraps around elsewhere. */
  readonly refusesOverflow: boolean;
  /** `!` of an integer inverts its bits. */
  readonly invertsByNot: boolean;
  /** Of comparisons. */
  readonly truth: BaseType;
}

const base = (name: string, size: number, encoding: BaseType["encoding"]): BaseType => ({ kind: "base", name, size, encoding });

const intType = base("int", 4, "signed");
const boolType = base("bool", 1, "boolean");
const wasmTruth = base("i32", 4, "signed");

/** Languages that the adapter does not know calculate as C does. */
export function rulesOf(language: Language): Rules {
  const isC = language === "c" || language === "c++" || language === "other";
  const refusesOverflow = language === "rust" || language === "zig";
  const truth = language === "c" || language === "other" ? intType : language === "wat" ? wasmTruth : boolType;
  return { language, isC, refusesOverflow, invertsByNot: language === "rust", truth };
}

const typesOfC: readonly BaseType[] = [
  intType,
  boolType,
  base("_Bool", 1, "boolean"),
  base("char", 1, "signed-char"),
  base("signed char", 1, "signed-char"),
  base("unsigned char", 1, "unsigned-char"),
  base("short", 2, "signed"),
  base("unsigned short", 2, "unsigned"),
  base("unsigned int", 4, "unsigned"),
  base("long", 4, "signed"),
  base("unsigned long", 4, "unsigned"),
  base("long long", 8, "signed"),
  base("unsigned long long", 8, "unsigned"),
  base("__int128", 16, "signed"),
  base("unsigned __int128", 16, "unsigned"),
  base("float", 4, "float"),
  base("double", 8, "float"),
  base("size_t", 4, "unsigned"),
  base("ssize_t", 4, "signed"),
  base("ptrdiff_t", 4, "signed"),
  base("intptr_t", 4, "signed"),
  base("uintptr_t", 4, "unsigned"),
  ...[1, 2, 4, 8].flatMap((size) => [base(`int${size * 8}_t`, size, "signed"), base(`uint${size * 8}_t`, size, "unsigned")]),
];
const typesOfOthers: readonly BaseType[] = [
  ...[1, 2, 4, 8, 16].flatMap((size) => [base(`i${size * 8}`, size, "signed"), base(`u${size * 8}`, size, "unsigned")]),
  base("isize", 4, "signed"),
  base("usize", 4, "unsigned"),
  base("f32", 4, "float"),
  base("f64", 8, "float"),
];
const named: ReadonlyMap<string, BaseType> = new Map([...typesOfC, ...typesOfOthers].map((type) => [type.name, type]));
const charOfRust = base("char", 4, "utf");

/** A type that needs no declaration; of C in any order of its words, `long unsigned int`. wasm32: `long` and addresses have 32 bits. */
export function builtInType(name: string, language: Language): BaseType | undefined {
  if (name === "char" && language === "rust") return charOfRust;
  return named.get(name) ?? named.get(spelledOut(name));
}

function spelledOut(name: string): string {
  const words = name.split(" ");
  const unsigned = words.includes("unsigned");
  const longs = words.filter((word) => word === "long").length;
  if (words.some((word) => !/^(?:signed|unsigned|short|long|int|char)$/.test(word))) return name;
  const plain = words.includes("char")
    ? "char"
    : words.includes("short")
      ? "short"
      : longs === 2
        ? "long long"
        : longs === 1
          ? "long"
          : "int";
  if (unsigned) return `unsigned ${plain}`;
  return plain === "char" && words.includes("signed") ? "signed char" : plain;
}

const kinds: Partial<Record<BaseType["encoding"], NumberShape["kind"]>> = {
  signed: "signed",
  "signed-char": "signed",
  unsigned: "unsigned",
  "unsigned-char": "unsigned",
  boolean: "unsigned",
  utf: "unsigned",
  address: "unsigned",
  float: "float",
};

/** `undefined` for a type whose values are no numbers. */
export function shapeOf(type: DataType): NumberShape | undefined {
  const plain = withoutAliases(type);
  switch (plain.kind) {
    case "base": {
      const kind = kinds[plain.encoding];
      return kind && { kind, size: plain.size };
    }
    case "enum":
      return { kind: plain.signed ? "signed" : "unsigned", size: plain.size };
    case "pointer":
      return { kind: "unsigned", size: plain.size };
    default:
      return undefined;
  }
}

export function isBoolean(type: DataType): boolean {
  const plain = withoutAliases(type);
  return plain.kind === "base" && plain.encoding === "boolean";
}

/** A pointer that can be calculated with; references stand for what they refer to. */
export function pointerOf(type: DataType): PointerType | undefined {
  const plain = withoutAliases(type);
  return plain.kind === "pointer" && plain.flavour === "pointer" ? plain : undefined;
}

export function pointerTo(type: DataType | undefined, language: Language): PointerType {
  const name = type?.name ?? "void";
  const spelled =
    language === "rust"
      ? `*mut ${name}`
      : language === "zig" || language === "tinygo"
        ? `*${name}`
        : `${name}${name.endsWith("*") ? "" : " "}*`;
  return { kind: "pointer", name: spelled, size: 4, flavour: "pointer", target: () => type };
}

/** What a pointer moves by, in bytes; one for `void`, as GNU C has it. */
export function strideOf(pointer: PointerType): bigint {
  const target = pointer.target();
  const size = target ? sizeOf(target) : 1;
  if (size === undefined || size === 0)
    throw new ExpressionError(`${target?.name ?? pointer.name} has no size, which the calculation needs`);
  return BigInt(size);
}

/** What an operand is to the rules: `literal` is its value, where it is one that has no type of its own yet; `bits` the width of a bit-field. */
export interface Operand {
  readonly type: DataType;
  readonly literal?: Scalar | undefined;
  readonly bits?: number | undefined;
}

/** `undefined`: an operand is no number. */
export function commonType(left: Operand, right: Operand, rules: Rules): DataType | undefined {
  const [first, second] = [settled(left, right, rules), settled(right, left, rules)];
  const [one, other] = [promoted(first, rules), promoted(second, rules)];
  const [a, b] = [shapeOf(one), shapeOf(other)];
  if (!a || !b) return undefined;
  if (a.kind === "float" || b.kind === "float") {
    if (a.kind !== b.kind) return a.kind === "float" ? one : other;
    return b.size > a.size ? other : one;
  }
  if (a.size === b.size && a.kind === b.kind) return rankOf(other) > rankOf(one) ? other : one;
  if (rules.isC) {
    if (a.size !== b.size) return a.size > b.size ? one : other;
    const rank = Math.max(rankOf(one), rankOf(other));
    return integerType({ kind: "unsigned", size: a.size }, rules, rank);
  }
  return wider(one, a, other, b, rules);
}

/** Where the language would not mix these integers: the type that holds both. */
function wider(one: DataType, a: NumberShape, other: DataType, b: NumberShape, rules: Rules): DataType {
  if (a.kind === b.kind) return a.size > b.size ? one : other;
  const [signed, unsigned] = a.kind === "signed" ? [a, b] : [b, a];
  if (signed.size > unsigned.size) return signed === a ? one : other;
  return integerType({ kind: "signed", size: Math.min(unsigned.size * 2, 16) }, rules);
}

/** A literal without a type has that of the other operand. */
function settled(operand: Operand, other: Operand, rules: Rules): Operand {
  if (operand.literal === undefined || other.literal !== undefined) return operand;
  const shape = shapeOf(other.type);
  if (!shape || isBoolean(other.type)) return operand;
  if (typeof operand.literal === "number") return shape.kind === "float" ? { type: other.type } : operand;
  if (shape.kind === "float") return { type: other.type };
  if (rules.refusesOverflow || fits(operand.literal, shape)) return { type: pointerOf(other.type) ? operand.type : other.type };
  return operand;
}

/** Of an unsigned number's bits or a signed one's. */
function fits(value: bigint, { size }: NumberShape): boolean {
  const bits = BigInt(8 * size);
  return value >= -(1n << (bits - 1n)) && value < 1n << bits;
}

/** The type in which an integer is calculated with. */
export function promoted({ type, bits }: Operand, rules: Rules): DataType {
  const shape = shapeOf(type);
  if (!shape || shape.kind === "float") return type;
  const isSmall = shape.size < 4 || (bits !== undefined && bits < 32);
  if (rules.isC)
    return isSmall || isIntOfCpp(type, rules) ? intType : withoutAliases(type).kind === "enum" ? integerType(shape, rules) : type;
  if (isBoolean(type)) return wasmTruth;
  return withoutAliases(type).kind === "enum" ? integerType(shape, rules) : type;
}

/** An enum of C++ is calculated with as the first type from `int` on that holds its values ([conv.prom]); in C as the type that it is kept in. */
function isIntOfCpp(type: DataType, { language }: Rules): boolean {
  const plain = withoutAliases(type);
  return language === "c++" && plain.kind === "enum" && plain.size === 4 && plain.values.every(({ value }) => value <= 0x7fff_ffffn);
}

/** Of types of the same size, the one with the higher rank (C23 6.3.1.1). */
function rankOf(type: DataType): number {
  const { name } = withoutAliases(type);
  return /long long/.test(name) ? 3 : /\blong\b/.test(name) ? 2 : 1;
}

/** The plain integer type of that shape. */
export function integerType({ kind, size }: NumberShape, { isC }: Rules, rank = 1): BaseType {
  const isSigned = kind !== "unsigned";
  if (!isC) return named.get(`${isSigned ? "i" : "u"}${size * 8}`) ?? wasmTruth;
  const plain =
    size === 16 ? "__int128" : size === 8 ? "long long" : size === 2 ? "short" : rank === 2 ? "long" : size === 1 ? "char" : "int";
  return named.get(isSigned ? plain : `unsigned ${plain}`) ?? intType;
}

/** The type of an integer that is written without one (C23 6.4.4.1); elsewhere it takes the other operand's, and this one where there is none. */
export function literalType(value: Scalar, isDecimal: boolean, rules: Rules): BaseType {
  if (typeof value === "number") return rules.isC ? builtInType("double", "c")! : builtInType("f64", "rust")!;
  const candidates: readonly NumberShape[] = [4, 8, 16].flatMap((size) => [
    { kind: "signed", size },
    ...(isDecimal && rules.isC ? [] : [{ kind: "unsigned" as const, size }]),
  ]);
  const found = candidates.find(({ kind, size }) => value < 1n << BigInt(8 * size - (kind === "signed" ? 1 : 0)));
  if (!found) throw new ExpressionError(`${value} does not fit into any integer`);
  return integerType(found, rules);
}
