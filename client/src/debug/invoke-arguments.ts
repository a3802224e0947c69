/** Numbers that a user types as the arguments of an exported function. */
import type { InvokeArgument } from "#core/contract/launch-attributes.ts";

export interface ParsedArguments {
  readonly args: InvokeArgument[];
  /** What is wrong, for the user. */
  readonly problem?: string;
}

const integer = /^[+-]?(\d+|0x[\da-f]+)$/i;
const float = /^[+-]?(\d+\.?\d*(e[+-]?\d+)?|\.\d+(e[+-]?\d+)?|0x[\da-f]+|inf(inity)?|nan)$/i;

/** Reads `text`, numbers separated by spaces or commas, as values of the wasm value types `parameters`; `number` is one of them that is not known. */
export function parseInvokeArguments(text: string, parameters: readonly string[]): ParsedArguments {
  const words = text.split(/[\s,]+/).filter((word) => word !== "");
  if (words.length !== parameters.length) return { args: [], problem: `expected ${parameters.length} arguments, not ${words.length}` };
  const args: InvokeArgument[] = [];
  for (const [at, type] of parameters.entries()) {
    const word = words[at]!;
    const isInteger = type === "i32" || type === "i64";
    const isAny = type === "number";
    if (!isInteger && !isAny && type !== "f32" && type !== "f64")
      return { args: [], problem: `an argument of type ${type} cannot be given here` };
    if (!(isInteger ? integer : float).test(word))
      return { args: [], problem: `${word} is not ${isInteger ? "an integer" : "a number"} (parameter ${at + 1}, ${type})` };
    if (isInteger && !inRange(word, type)) return { args: [], problem: `${word} is no ${type} (parameter ${at + 1})` };
    // What no JavaScript number holds exactly, or JSON cannot say, travels as text.
    const value = Number(word);
    args.push(type !== "i64" && !isAny && Number.isFinite(value) ? value : word);
  }
  return { args };
}

/** Signed and unsigned values of the type's bits, as in WebAssembly text. */
function inRange(word: string, type: "i32" | "i64"): boolean {
  const bits = type === "i32" ? 32n : 64n;
  const magnitude = BigInt(word.replace(/^[+-]/, ""));
  return word.startsWith("-") ? magnitude <= 1n << (bits - 1n) : magnitude < 1n << bits;
}
