/**
 * JavaScript that checks a condition inside of the engine. It is put together from pieces of our own and from numbers that we have worked out:
 * no text of the user or of the module gets into it.
 *
 * The code may use `locals`, `globals`, `memory` (a DataView of linear memory 0) and the functions of `points` (`engine-check.ts`). Where a value cannot be had it throws, and the program stops for
 * the adapter to have a look.
 */

/** Why an expression stays in the adapter. */
export class NotCompiled extends Error {}

/** A number as JavaScript has it. `int`: a Number that is an integer, exact; `big`: a BigInt; `bool`: true or false. */
export interface NumberCode {
  readonly form: "int" | "big" | "float" | "bool";
  readonly text: string;
}

/** An address of linear memory: a Number. */
export interface AddressCode {
  readonly text: string;
}

/** A condition: an expression that is true or false. */
export interface EngineCondition {
  readonly text: string;
}

/** More text than any condition that a person writes needs; what is longer stays in the adapter. */
const mostText = 20_000;

/** Throws {@link NotCompiled} where the code has got out of hand. */
export function limited<Code extends { readonly text: string }>(code: Code): Code {
  if (code.text.length > mostText) throw new NotCompiled("the condition is too long");
  return code;
}

export function integerCode(value: bigint): NumberCode {
  const isSmall = value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
  return isSmall ? { form: "int", text: `(${value})` } : { form: "big", text: `(${value}n)` };
}

export function floatCode(value: number): NumberCode {
  return { form: "float", text: Object.is(value, -0) ? "(-0)" : `(${value})` };
}

/** The number as a BigInt. Throws {@link NotCompiled} for a floating-point number. */
export function asBig({ form, text }: NumberCode): string {
  switch (form) {
    case "int":
      return /^\(-?\d+\)$/.test(text) ? `(${text.slice(1, -1)}n)` : `BigInt(${text})`;
    case "big":
      return text;
    case "bool":
      return `(${text}?1n:0n)`;
    case "float":
      throw new NotCompiled("an integer is needed");
  }
}

/** The number as a Number; a BigInt is rounded. */
export function asNumber({ form, text }: NumberCode): string {
  return form === "big" || form === "bool" ? `Number(${text})` : text;
}

/** For comparisons, which JavaScript makes between Numbers and BigInts by their mathematical value. */
export function comparable(code: NumberCode): string {
  return code.form === "bool" ? `Number(${code.text})` : code.text;
}

export function truthOf({ form, text }: NumberCode): string {
  return form === "bool" ? text : `(${text}!=0)`;
}
