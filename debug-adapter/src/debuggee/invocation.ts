import { writeSync } from "node:fs";
import type { InvocationValue, NumberType } from "./start-message.ts";

export function toExportArgument({ type, text }: InvocationValue): number | bigint {
  return type === "i64" ? BigInt(text) : Number(text);
}

/** Prints what an export returned as one line on standard output; nothing where it returns nothing. */
export function printResult(result: unknown, types: readonly NumberType[]): void {
  if (result !== undefined) writeSync(1, `${resultText(result, types)}\n`);
}

/** What an export returned; empty where it returns nothing. */
export function resultText(result: unknown, types: readonly NumberType[]): string {
  if (result === undefined) return "";
  const values: unknown[] = Array.isArray(result) ? result : [result];
  return values.map((value, index) => numberText(value, types[index])).join(" ");
}

function numberText(value: unknown, type: NumberType | undefined): string {
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "number") return value === null ? "null" : typeof value;
  if (Object.is(value, -0)) return "-0";
  return type === "f32" ? float32Text(value) : String(value);
}

/** The fewest digits that still are this 32-bit number. */
function float32Text(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  for (let digits = 1; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return String(rounded);
  }
  return String(value);
}
