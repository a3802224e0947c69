import type { EngineOutput, Stop } from "../engine/engine.ts";
import { ExpressionError } from "../expressions/expression-error.ts";
import type { StopStacks } from "../stack/stop-stacks.ts";
import type { UserWasmFrame } from "../stack/user-frame.ts";
import type { BreakpointSet } from "./breakpoint-set.ts";
import { countHit, type EngineOutcome, takeOutcome } from "./engine-check.ts";
import { isMet } from "./hit-condition.ts";
import { logLine } from "./log-sink.ts";
import type { ValueContexts } from "../variables/value-contexts.ts";
import type { UserBreakpoint } from "./user-breakpoint.ts";

export interface HitResult {
  /** Ids of the breakpoints at which the program is to stop. */
  readonly stops: readonly number[];
  /** Texts of log points, and of conditions that failed. */
  readonly messages: readonly EngineOutput[];
  /** What all that were hit are on. */
  readonly kind: "breakpoint" | "function breakpoint" | "instruction breakpoint";
}

/** Works out what the user's breakpoints at a stop of the engine say. */
export async function checkHits(breakpoints: BreakpointSet, stop: Stop, stacks: StopStacks, values: ValueContexts): Promise<HitResult> {
  const found = stop.hits.flatMap((hit) => breakpoints.at(hit.module, hit.offset));
  const stops: number[] = [];
  const messages: EngineOutput[] = [];
  const kind = kindOf(found);
  if (found.length === 0) return { stops, messages, kind };
  const outcome = found.some(({ isChecked }) => isChecked) ? await takeOutcome(stop) : undefined;
  const verdicts = found
    .map((breakpoint) => ({ breakpoint, verdict: verdictOf(breakpoint, outcome) }))
    .filter(({ verdict }) => verdict !== "missed");
  if (verdicts.length === 0) return { stops, messages, kind };
  const current = await stacks.current();
  const top = await current.top();
  const goroutine = (frame: UserWasmFrame | undefined): number => (breakpoints.hitsPerGoroutine && frame?.unwound ? current.threadId : 0);
  for (const { breakpoint, verdict } of verdicts) {
    const frame = top?.kind === "wasm" ? top : undefined;
    try {
      const text = await act(
        breakpoint,
        frame,
        values,
        verdict === "met" || (await isHit(breakpoint, frame, values, () => countHit(stop, breakpoint.id, goroutine(frame)))),
      );
      if (text === stopAnswer) stops.push(breakpoint.id);
      else if (text !== undefined) messages.push(logLine(text, frame?.unwound ? current.threadId : undefined));
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      if (!breakpoint.failureTold) messages.push(logLine(`breakpoint ${breakpoint.place}: ${error.message}`, undefined));
      // A condition that cannot be told is no reason to run past the place that the user asked for.
      if (!breakpoint.logMessage) stops.push(breakpoint.id);
      breakpoint.failureTold = true;
    }
  }
  return { stops, messages, kind };
}

function kindOf(found: readonly UserBreakpoint[]): HitResult["kind"] {
  if (found.every(({ request }) => request.functionName !== undefined)) return "function breakpoint";
  return found.every(({ request }) => request.instruction !== undefined) ? "instruction breakpoint" : "breakpoint";
}

/** `unknown`: the engine has not decided it. */
type Verdict = "met" | "missed" | "unknown";

function verdictOf({ id }: UserBreakpoint, outcome: EngineOutcome | undefined): Verdict {
  if (!outcome?.ids.includes(id) || outcome.failed.includes(id)) return "unknown";
  return outcome.met.includes(id) ? "met" : "missed";
}

async function isHit(
  { condition, hitRule }: UserBreakpoint,
  frame: UserWasmFrame | undefined,
  values: ValueContexts,
  count: () => Promise<number>,
): Promise<boolean> {
  if (condition) {
    if (!frame) throw new ExpressionError("the condition cannot be evaluated here");
    if (!(await condition.holds(frame, values))) return false;
  }
  return !hitRule || isMet(hitRule, await count());
}

const stopAnswer = Symbol("stop");

/** The text to log, or that the program is to stop, or neither. */
async function act(
  { logMessage }: UserBreakpoint,
  frame: UserWasmFrame | undefined,
  values: ValueContexts,
  hit: boolean,
): Promise<string | typeof stopAnswer | undefined> {
  if (!hit) return undefined;
  if (!logMessage) return stopAnswer;
  if (!frame) throw new ExpressionError("the message cannot be evaluated here");
  return logMessage.text(frame, values);
}
