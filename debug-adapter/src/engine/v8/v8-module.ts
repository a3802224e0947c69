import { createHash } from "node:crypto";
import type { ModuleOffset } from "#core/wasm/offsets.ts";
import type { EngineBreakpoint, EngineModule, Target } from "../engine.ts";
import { identityOffsetMap } from "../offset-map.ts";
import type { CdpClient } from "./cdp-client.ts";
import { type ConditionFunction, ConditionFunctions } from "./condition-functions.ts";
import type { Location } from "./protocol.ts";

interface SetBreakpoint {
  readonly id: string;
  /** Where V8 put it: it rounds up to the next instruction at which it can stop. */
  readonly engineOffset: number;
  readonly functionId: number | undefined;
}

/** A module in V8: one script, whose breakpoints hold for all of its instances. */
export class V8Module implements EngineModule {
  readonly target: Target;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly offsetMap = identityOffsetMap;
  /** Never leaves the engine. */
  readonly scriptId: string;
  /** As it stands in the stacks of errors. */
  readonly url: string;
  readonly #cdp: CdpClient;
  readonly #conditions: ConditionFunctions;
  readonly #set = new Map<string, SetBreakpoint>();
  #digest: string | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(
    cdp: CdpClient,
    conditions: ConditionFunctions,
    target: Target,
    script: { scriptId: string; url: string },
    name: string,
    bytes: Uint8Array,
  ) {
    this.#cdp = cdp;
    this.#conditions = conditions;
    this.target = target;
    this.scriptId = script.scriptId;
    this.url = script.url;
    this.name = name;
    this.bytes = bytes;
  }

  /** SHA-256; worked out when it is first asked for, as a large module takes a while. */
  get digest(): string {
    return (this.#digest ??= createHash("sha256").update(this.bytes).digest("hex"));
  }

  location(offset: ModuleOffset): Location {
    return { scriptId: this.scriptId, lineNumber: 0, columnNumber: this.offsetMap.toEngine(offset) };
  }

  offsetAt(location: Location): ModuleOffset {
    return this.offsetMap.toOriginal(location.columnNumber ?? 0);
  }

  setBreakpoints(wanted: readonly EngineBreakpoint[]): Promise<readonly (ModuleOffset | undefined)[]> {
    // One change after the other: two at a time would set the same location twice, which V8 refuses.
    const change = this.#queue.then(() => this.#change(wanted));
    this.#queue = change.catch(() => undefined);
    return change;
  }

  /** Resolves when all breakpoints that were asked for are set: V8 may stop at one before it has answered for the others. */
  async settled(): Promise<void> {
    await this.#queue;
  }

  /** Whether one of the set breakpoints is at this place. */
  hasBreakpointAt(location: Location): boolean {
    return [...this.#set.values()].some((breakpoint) => breakpoint.engineOffset === location.columnNumber);
  }

  async #change(wanted: readonly EngineBreakpoint[]): Promise<readonly (ModuleOffset | undefined)[]> {
    const keys = new Set(wanted.map(keyOf));
    const added = new Map(
      wanted.filter((breakpoint) => !this.#set.has(keyOf(breakpoint))).map((breakpoint) => [keyOf(breakpoint), breakpoint]),
    );
    // A running program is to be without a breakpoint for no longer than needed: what is new is compiled before the old one goes.
    const compiled = [...added].map(([key, breakpoint]) => ({ key, breakpoint, made: this.#compile(breakpoint) }));
    const removals: Promise<unknown>[] = [];
    for (const [key, { id }] of this.#set) {
      if (keys.has(key)) continue;
      removals.push(this.#cdp.sendPatiently("Debugger.removeBreakpoint", { breakpointId: id }));
    }
    const additions = compiled.map(({ key, breakpoint, made }) => this.#add(key, breakpoint, made));
    for (const [key, { functionId }] of this.#set) {
      if (keys.has(key)) continue;
      this.#set.delete(key);
      if (functionId !== undefined) removals.push(this.#conditions.remove(functionId));
    }
    await Promise.all([...removals, ...additions]);
    return wanted.map((breakpoint) => {
      const set = this.#set.get(keyOf(breakpoint));
      return set && this.offsetMap.toOriginal(set.engineOffset);
    });
  }

  #compile({ condition }: EngineBreakpoint): ConditionFunction | undefined {
    return condition === undefined ? undefined : this.#conditions.make(condition);
  }

  async #add(key: string, { offset }: EngineBreakpoint, made: ConditionFunction | undefined): Promise<void> {
    const request = { location: this.location(offset), ...(made ? { condition: made.call } : {}) };
    const asked = this.#cdp.sendPatiently("Debugger.setBreakpoint", request).catch((error: unknown) => {
      if (error instanceof Error && /resolve breakpoint|already exists/.test(error.message)) return undefined;
      throw error;
    });
    const [answer] = await Promise.all([asked, made?.ready]);
    if (answer === undefined) {
      if (made) await this.#conditions.remove(made.id);
      return;
    }
    const { breakpointId, actualLocation } = answer as { breakpointId: string; actualLocation: Location };
    this.#set.set(key, { id: breakpointId, engineOffset: actualLocation.columnNumber ?? 0, functionId: made?.id });
  }
}

function keyOf({ offset, condition }: EngineBreakpoint): string {
  return condition === undefined ? String(offset) : `${offset} ${condition}`;
}
