/**
 * Modules that call what a script wants called. JavaScript cannot: it has no vectors, and changes the bits of NaN. So a wrapper makes the
 * arguments, compares the results inside of WebAssembly, and leaves what they were in its memory.
 */
import { encodeUtf8 } from "#core/bytes/utf8.ts";
import type { BinaryExports, CallTarget } from "./binary-exports.ts";
import type { PlannedRun, PlannedValue } from "./plan.ts";

/** Bytes in the wrapper's memory for each result. */
export const resultSize = 16;

/** A run with what it calls. */
export interface WrappedRun {
  /** The wrapper exports it under this number. It gives 0, or the number of the first result that is another one, counted from 1. */
  readonly number: number;
  readonly run: PlannedRun;
  readonly target: CallTarget;
}

export interface Wrapper {
  /** Imports "m", the exports of the module, and "h", the host values by their number. */
  readonly text: string;
  /** Numbers of the host values, such as the 1 of `(ref.extern 1)`. */
  readonly hosts: readonly string[];
}

/** A module that carries out runs. Results that must be host values are in exported globals, see {@link hostResult}. */
export function wrapperOf({ types }: BinaryExports, runs: readonly WrappedRun[]): Wrapper {
  const hosts = new Set<string>();
  const targets = new Map<string, number>();
  const fields: string[] = [];
  for (const { run, target } of runs) {
    if (targets.has(run.name)) continue;
    fields.push(importText(run.name, target, targets.size));
    targets.set(run.name, targets.size);
  }
  const bodies = runs.flatMap((wrapped) => runText(wrapped, targets.get(wrapped.run.name)!, hosts));
  const hostImports = Array.from(hosts, (number) => `(import "h" "${number}" (global $host${number} externref))`);
  const memory = '(memory (export "results") 1)';
  return { text: ["(module", types, ...fields, ...hostImports, memory, ...bodies, ")"].join("\n"), hosts: Array.from(hosts) };
}

/** Name of the exported global in which a result is that must be a host value. */
export function hostResult(run: number, result: number): string {
  return `${run} ${result}`;
}

/** The number of the host value that a result must be. */
export function hostNumber({ word, text }: PlannedValue): string | undefined {
  return word === "ref.extern" || word === "ref.host" ? /\s(\d+)\s*\)$/.exec(text)?.[1] : undefined;
}

function importText(name: string, target: CallTarget, number: number): string {
  const written = Array.from(encodeUtf8(name), (byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("");
  const what = target.kind === "func" ? `func $target${number} (type ${target.typeIndex})` : `global $target${number} ${target.text}`;
  return `(import "m" "${written}" (${what}))`;
}

function runText({ number, run, target }: WrappedRun, targetNumber: number, hosts: Set<string>): string[] {
  const results = target.kind === "func" ? target.results : [target.type];
  const globals: string[] = [];
  const lines = [`(func (export "${number}") (result i32)`];
  results.forEach((type, at) => lines.push(`(local $r${at} ${type})`));
  run.values.forEach((value, at) => {
    lines.push(argumentText(value, hosts));
    // What comes from the host may be null for all that the wrapper knows.
    const isHost = value.word === "ref.extern" || value.word === "ref.host";
    if (isHost && target.kind === "func" && /^\(ref (?!null)/.test(target.params[at] ?? "")) lines.push("ref.as_non_null");
  });
  lines.push(target.kind === "func" ? `call $target${targetNumber}` : `global.get $target${targetNumber}`);
  for (let at = results.length - 1; at >= 0; at--) lines.push(`local.set $r${at}`);
  results.forEach((type, at) => lines.push(storeText(type, at)));
  if (run.assertion === "assert_return" && run.results.length === results.length) {
    run.results.forEach((value, at) => {
      lines.push(`(if (i32.eqz ${checkText(value, `(local.get $r${at})`)}) (then (return (i32.const ${at + 1}))))`);
      if (hostNumber(value) === undefined) return;
      globals.push(`(global $h${number}_${at} (export "${hostResult(number, at)}") (mut externref) (ref.null extern))`);
      const result = /extern/.test(results[at]!) ? `(local.get $r${at})` : `(extern.convert_any (local.get $r${at}))`;
      lines.push(`(global.set $h${number}_${at} ${result})`);
    });
  }
  lines.push("i32.const 0)");
  return [...globals, lines.join("\n")];
}

function argumentText(value: PlannedValue, hosts: Set<string>): string {
  if (value.word === "ref.extern") return hostText(value, hosts);
  if (value.word === "ref.host") return `(any.convert_extern ${hostText(value, hosts)})`;
  return value.text;
}

function hostText(value: PlannedValue, hosts: Set<string>): string {
  const number = hostNumber(value) ?? "0";
  hosts.add(number);
  return `(global.get $host${number})`;
}

/** Of references only whether they are null: 1 or 0. */
function storeText(type: string, at: number): string {
  const offset = `(i32.const ${at * resultSize})`;
  if (/^(i32|i64|f32|f64|v128)$/.test(type)) return `(${type}.store ${offset} (local.get $r${at}))`;
  return `(i32.store ${offset} (ref.is_null (local.get $r${at})))`;
}

const canonicalBits: Readonly<Record<string, readonly [mask: string, bits: string]>> = {
  "f32 nan:canonical": ["0x7fffffff", "0x7fc00000"],
  "f32 nan:arithmetic": ["0x7fc00000", "0x7fc00000"],
  "f64 nan:canonical": ["0x7fffffffffffffff", "0x7ff8000000000000"],
  "f64 nan:arithmetic": ["0x7ff8000000000000", "0x7ff8000000000000"],
};

/** An expression that gives 1 where a value is what is expected, else 0. */
function checkText({ word, text, alternatives }: PlannedValue, value: string): string {
  switch (word) {
    case "either":
      return alternatives
        .map((alternative) => checkText(alternative, value))
        .reduce((left, right) => `(i32.or ${left} ${right})`, "(i32.const 0)");
    case "i32.const":
      return `(i32.eq ${value} ${text})`;
    case "i64.const":
      return `(i64.eq ${value} ${text})`;
    case "f32.const":
      return floatText("f32", wordsOf(text)[1]!, `(i32.reinterpret_f32 ${value})`);
    case "f64.const":
      return floatText("f64", wordsOf(text)[1]!, `(i64.reinterpret_f64 ${value})`);
    case "v128.const":
      return vectorText(text, value);
    case "ref.null":
      return `(ref.is_null ${value})`;
    case "ref.i31":
    case "ref.eq":
    case "ref.struct":
    case "ref.array":
      return `(ref.test (ref ${word.slice("ref.".length)}) ${value})`;
    default:
      return `(i32.eqz (ref.is_null ${value}))`;
  }
}

/** Compares the bits of a float with those of a constant, or with a kind of NaN. */
function floatText(type: "f32" | "f64", expected: string, bits: string): string {
  const integer = type === "f32" ? "i32" : "i64";
  const pattern = canonicalBits[`${type} ${expected}`];
  if (pattern !== undefined)
    return `(${integer}.eq (${integer}.and ${bits} (${integer}.const ${pattern[0]})) (${integer}.const ${pattern[1]}))`;
  return `(${integer}.eq ${bits} (${integer}.reinterpret_${type} (${type}.const ${expected})))`;
}

/** Lanes of floats may be kinds of NaN, so each is compared by itself. */
function vectorText(text: string, value: string): string {
  const [, shape = "", ...lanes] = wordsOf(text);
  if (shape !== "f32x4" && shape !== "f64x2") return `(i8x16.all_true (i8x16.eq ${value} ${text}))`;
  const [type, integer] = shape === "f32x4" ? (["f32", "i32x4"] as const) : (["f64", "i64x2"] as const);
  return lanes
    .map((lane, at) => floatText(type, lane, `(${integer}.extract_lane ${at} ${value})`))
    .reduce((left, right) => `(i32.and ${left} ${right})`);
}

/** The words of a constant such as `(f32.const nan)`, comments left out. */
function wordsOf(text: string): string[] {
  return text
    .slice(1, -1)
    .replace(/;;[^\n\r]*|\(;[^]*?;\)/g, " ")
    .split(/\s+/)
    .filter((word) => word !== "");
}
