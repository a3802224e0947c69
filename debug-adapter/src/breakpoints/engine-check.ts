/**
 * What the engine decides by itself at a place: conditions and hit counts of the user's breakpoints there, without a word to the adapter where none of
 * them is met. The numbers of hits are kept in the debuggee, as breakpoints may be changed while the program runs.
 */
import { callingName, type LoggedRecords, type Stop, type Target } from "../engine/engine.ts";
import type { EngineCondition } from "../expressions/compile/engine-code.ts";
import type { HitRule } from "./hit-condition.ts";

/** The part of one breakpoint in a place's decision. */
export interface EngineCheck {
  /** Of the user's breakpoint. */
  readonly id: number;
  readonly condition: EngineCondition | undefined;
  /** `goroutine`: code for the number of the goroutine whose hits count by themselves. */
  readonly hits: { readonly rule: HitRule; readonly goroutine: string | undefined } | undefined;
  /** A log point, which the engine does not stop at: the number of its format, and what it collects. */
  readonly log: { readonly format: number; readonly goroutine: string | undefined; readonly values: readonly string[] } | undefined;
}

/** What the engine has found out before it stopped, of the user's breakpoints by their numbers. */
export interface EngineOutcome {
  /** All that it has checked. */
  readonly ids: readonly number[];
  /** Conditions and hit counts are met. */
  readonly met: readonly number[];
  /** The condition could not be evaluated: the adapter is to do it, and to tell why. */
  readonly failed: readonly number[];
}

/** Records that are collected before the engine stops for the adapter to fetch them, and characters in them: a bound for hot loops. */
const mostRecords = 1000;
const mostCharacters = 500_000;

/** Counts that are kept, for programs that start goroutines without end: those of the oldest are dropped. */
const mostCounts = 100_000;

/** What conditions keep in the debuggee, and what they call; see {@link NumberCode}. */
const points = `(globalThis.goWasmPoints ??= {
  hits: new Map(),
  outcome: null,
  logs: [],
  taken: 0,
  characters: 0,
  log(record) { this.logs.push(record); },
  isFull() { return this.logs.length >= ${mostRecords} || this.characters >= ${mostCharacters}; },
  takeLogs() {
    const batch = { first: this.taken, records: this.logs };
    this.taken += this.logs.length;
    this.logs = [];
    this.characters = 0;
    return batch;
  },
  piece(memory, address, length) {
    const bytes = new Uint8Array(memory.buffer, address, length);
    let text = "";
    for (let at = 0; at < length; at += 4096) text += String.fromCharCode.apply(null, bytes.subarray(at, at + 4096));
    this.characters += length;
    return [address, text];
  },
  string(memory, address, limit) {
    const bytes = new Uint8Array(memory.buffer, address, Math.min(limit, Math.max(memory.byteLength - address, 0)));
    const zero = bytes.indexOf(0);
    return this.piece(memory, address, zero < 0 ? bytes.length : zero + 1);
  },
  count(id, goroutine = 0) {
    const key = id + " " + goroutine;
    const hits = (this.hits.get(key) ?? 0) + 1;
    if (hits === 1 && this.hits.size >= ${mostCounts}) this.hits.delete(this.hits.keys().next().value);
    this.hits.set(key, hits);
    return hits;
  },
  present(address) { if (address === 0) throw new RangeError("nil"); return address; },
  within(value, low, high) { if (value < low || value > high) throw new RangeError("range"); return value; },
  index(value) { if (!Number.isSafeInteger(value)) throw new RangeError("index"); return value; },
  finite(value) { if (!Number.isFinite(value)) throw new RangeError("not finite"); return value; },
  word(memory, address) { return this.index(Number(memory.getBigUint64(address, true))); },
  text(memory, address) { return new Uint8Array(memory.buffer, this.word(memory, address), this.within(this.word(memory, address + 8), 0, 1048576)); },
  element(memory, list, index, size) { return this.present(this.word(memory, list)) + this.below(index, this.word(memory, list + 8)) * size; },
  inside(memory, address, offset) { const base = this.word(memory, address); return base === 0 ? 0 : this.word(memory, base + offset); },
  order(left, right) {
    const length = Math.min(left.length, right.length);
    for (let at = 0; at < length; at++) if (left[at] !== right[at]) return left[at] - right[at];
    return left.length - right.length;
  },
  below(value, count) { if (!Number.isSafeInteger(value) || value < 0 || value >= count) throw new RangeError("bounds"); return value; },
})`;

/**
 * The condition of the engine's breakpoint at a place with `checks`. `other`: whether it stops for other reasons, as steps have them: always, or where
 * this JavaScript is true.
 */
export function placeCondition(checks: readonly EngineCheck[], other: true | string | undefined): string {
  return `((points) => {
  if (${callingName}) return false;
  const memory = memories[0] && new DataView(memories[0].buffer);
  const met = [], failed = [];
  let other = ${other === true};
  ${checks.map(checkText).join("\n  ")}
  ${typeof other === "string" ? `try { other = Boolean(${other}); } catch {}` : ""}
  if (met.length + failed.length === 0 && !other && !points.isFull()) return false;
  points.outcome = { ids: ${JSON.stringify(checks.map(({ id }) => id))}, met, failed };
  return true;
})(${points})`;
}

function checkText({ id, condition, hits, log }: EngineCheck): string {
  const act = log
    ? `try { points.log([${log.format},${log.goroutine ?? 0},${log.values.join(",")}]); } catch { met.push(${id}); }`
    : `met.push(${id});`;
  const met = hits ? `if (${hitText(hits.rule, `points.count(${id},${hits.goroutine ?? 0})`)}) { ${act} }` : act;
  return `try { if (${condition?.text ?? "true"}) { ${met} } } catch { failed.push(${id}); }`;
}

function hitText({ operator, count }: HitRule, hits: string): string {
  if (operator === "%") return count > 0 ? `${hits} % ${count} === 0` : `(${hits}, false)`;
  return `${hits} ${operator === "==" ? "===" : operator} ${count}`;
}

/** What the engine's last stop was for, once; `undefined` where none of the checks were asked. */
export async function takeOutcome(stop: Stop): Promise<EngineOutcome | undefined> {
  const taken = await stop.target.evaluate(
    `((points) => { const { outcome } = points; points.outcome = null; return outcome; })(${points})`,
  );
  return (taken ?? undefined) as EngineOutcome | undefined;
}

/** What log points have collected since it was asked for last. */
export async function takeLogs(target: Target): Promise<LoggedRecords | undefined> {
  return ((await target.evaluate("globalThis.goWasmPoints?.takeLogs()")) ?? undefined) as LoggedRecords | undefined;
}

/** Counts a hit that the adapter has found out; answers how many there were with this one. `goroutine`: 0 where all count together. */
export async function countHit(stop: Stop, id: number, goroutine: number): Promise<number> {
  return Number(await stop.target.evaluate(`(${points}).count(${id},${goroutine})`));
}
