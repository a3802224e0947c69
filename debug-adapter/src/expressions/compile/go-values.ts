/** Operands of a Go condition, as code for the engine. */
import { isIntegerKind, isUnsignedKind, type GoType } from "#core/go/layouts/go-type.ts";
import type { GoConstant } from "../go/constants.ts";
import { compareRational, numberOf, rationalOf } from "../go/rational.ts";
import { type AddressCode, floatCode, integerCode, limited, NotCompiled, type NumberCode } from "./engine-code.ts";
import { loadNumber, offsetBy } from "./typed-code.ts";

export type GoCode =
  /** In memory. */
  | { readonly kind: "place"; readonly type: GoType; readonly address: AddressCode }
  /** Calculated; without a type as constants are, though known only at a hit: `len(x)`. */
  | { readonly kind: "number"; readonly type: GoType | undefined; readonly code: NumberCode }
  | { readonly kind: "truth"; readonly text: string }
  | { readonly kind: "constant"; readonly constant: GoConstant }
  | { readonly kind: "nil" };

/** A number with its type, if it has one. */
export interface GoNumber {
  readonly type: GoType | undefined;
  readonly code: NumberCode;
}

/** `undefined` for what is no number. Infinite numbers and those that are none cannot be calculated with: they throw. */
export function numberIn(value: GoCode): GoNumber | undefined {
  switch (value.kind) {
    case "number":
      return value;
    case "constant":
      return value.constant.kind === "int" || value.constant.kind === "float"
        ? { type: undefined, code: constantCode(value.constant) }
        : undefined;
    case "place":
      return numberAt(value);
    default:
      return undefined;
  }
}

function numberAt({ type, address }: Extract<GoCode, { kind: "place" }>): GoNumber | undefined {
  if (isIntegerKind(type.kind)) {
    return { type, code: limited(loadNumber(address, { kind: isUnsignedKind(type.kind) ? "unsigned" : "signed", size: type.size })) };
  }
  if (type.kind !== "float32" && type.kind !== "float64") return undefined;
  const { text } = loadNumber(address, { kind: "float", size: type.size });
  return { type, code: limited({ form: "float", text: `points.finite(${text})` }) };
}

/** Constants are exact: one that no number of JavaScript is stays in the adapter. */
function constantCode(constant: Extract<GoConstant, { kind: "int" | "float" }>): NumberCode {
  if (constant.kind === "int") return integerCode(constant.value);
  const number = numberOf(constant.value);
  if (!Number.isFinite(number) || compareRational(rationalOf(number), constant.value) !== 0)
    throw new NotCompiled("a constant that is not exact");
  return floatCode(number);
}

/** `undefined` for what is no truth value. */
export function truthIn(value: GoCode): string | undefined {
  if (value.kind === "truth") return value.text;
  if (value.kind === "constant") return value.constant.kind === "bool" ? String(value.constant.value) : undefined;
  if (value.kind !== "place" || value.type.kind !== "bool") return undefined;
  return `(memory.getUint8(${value.address.text})!==0)`;
}

/** The bytes of a string; `undefined` for what is none. */
export function textIn(value: GoCode): string | undefined {
  if (value.kind === "constant") return value.constant.kind === "string" ? `[${value.constant.value.join(",")}]` : undefined;
  return value.kind === "place" && value.type.kind === "string" ? `points.text(memory,${value.address.text})` : undefined;
}

/** A word of 64 bits, as addresses and lengths are; those that no program has throw. */
export const wordAt = (address: AddressCode, offset = 0): string => `points.word(memory,${offsetBy(address, offset).text})`;
