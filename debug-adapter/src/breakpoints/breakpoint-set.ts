import type { ModuleOffset } from "#core/wasm/offsets.ts";
import type { EngineBreakpoint, EngineModule } from "../engine/engine.ts";
import type { LoadedModule } from "../program/loaded-module.ts";
import type { KnownSource } from "../sources/source-registry.ts";
import { instructionPlace } from "./instruction-place.ts";
import { functionPlaces } from "./function-places.ts";
import type { BoundOffset } from "./bound-offset.ts";
import { type EngineCheck, placeCondition } from "./engine-check.ts";
import { type BreakpointRequest, type EngineContext, UserBreakpoint } from "./user-breakpoint.ts";

/** No source has this name. */
const functionsKey = "functions";
const instructionsKey = "instructions";

/** What the keys of sources begin with that are not files. */
export const referencePrefix = "reference ";

/** All breakpoints of a session: the user's, by the source they are in, and those that the debugger sets for itself. */
export class BreakpointSet {
  readonly #bySource = new Map<string, readonly UserBreakpoint[]>();
  readonly #temporary = new Map<EngineModule, ReadonlyMap<ModuleOffset, EngineBreakpoint>>();
  readonly #watched = new Map<EngineModule, ReadonlySet<ModuleOffset>>();
  readonly #awaited = new WeakSet<Promise<void>>();
  readonly #engine: EngineContext;
  #nextId = 1;
  #applying: Promise<unknown> = Promise.resolve();

  constructor(engine: EngineContext) {
    this.#engine = engine;
  }

  /** Replaces the breakpoints of one source; `key` names it as the client does. Sets them in `modules` before it resolves. */
  async replace(
    key: string,
    requests: readonly BreakpointRequest[],
    sources: readonly KnownSource[],
    modules: readonly LoadedModule[],
  ): Promise<readonly UserBreakpoint[]> {
    const breakpoints = this.#renewed(key, requests);
    for (const breakpoint of breakpoints) await breakpoint.resolve(sources);
    this.#bySource.set(key, breakpoints);
    await this.apply(modules);
    return breakpoints;
  }

  /** Replaces the breakpoints on functions. Sets them in `modules` before it resolves. */
  async replaceFunctions(requests: readonly BreakpointRequest[], modules: readonly LoadedModule[]): Promise<readonly UserBreakpoint[]> {
    const breakpoints = this.#renewed(functionsKey, requests);
    for (const breakpoint of breakpoints) breakpoint.resolveCode(await functionPlaces(breakpoint.request.functionName ?? "", modules));
    this.#bySource.set(functionsKey, breakpoints);
    await this.apply(modules);
    return breakpoints;
  }

  /** Replaces the breakpoints on instructions. Sets them in `modules` before it resolves. */
  async replaceInstructions(requests: readonly BreakpointRequest[], modules: readonly LoadedModule[]): Promise<readonly UserBreakpoint[]> {
    const breakpoints = this.#renewed(instructionsKey, requests);
    for (const breakpoint of breakpoints) breakpoint.resolveCode(instructionPlace(breakpoint.request, modules));
    this.#bySource.set(instructionsKey, breakpoints);
    await this.apply(modules);
    return breakpoints;
  }

  /**
   * Looks the places of all breakpoints up again, as there is one module more; `sourcesOf` gives the sources of a file of the client.
   * Sets them before it resolves; gives those that are set now and were not.
   */
  async rebind(
    sourcesOf: (path: string) => Promise<readonly KnownSource[]>,
    modules: readonly LoadedModule[],
  ): Promise<readonly UserBreakpoint[]> {
    const lost = this.#all().filter((breakpoint) => !breakpoint.verified);
    for (const [key, breakpoints] of this.#bySource) {
      // Sources that are not files came out of modules that are known already.
      if (key.startsWith(referencePrefix) || key === instructionsKey) continue;
      const sources = key === functionsKey ? [] : await sourcesOf(key);
      for (const breakpoint of breakpoints) {
        const { functionName } = breakpoint.request;
        if (functionName === undefined) await breakpoint.resolve(sources);
        else breakpoint.resolveCode(await functionPlaces(functionName, modules));
      }
    }
    await this.apply(modules);
    return lost.filter((breakpoint) => breakpoint.verified);
  }

  /** Those of before keep their numbers and counts. */
  #renewed(key: string, requests: readonly BreakpointRequest[]): readonly UserBreakpoint[] {
    const before = this.#bySource.get(key) ?? [];
    const kept = new Set<UserBreakpoint>();
    return requests.map((request) => {
      const known = before.find((old) => sameRequest(old.request, request) && !kept.has(old));
      if (known) kept.add(known);
      return known ?? new UserBreakpoint(this.#nextId++, request);
    });
  }

  /** Sets of every module what is wanted now, and notes where the engine put it. One change after the other: the last one is to stay. */
  apply(modules: readonly LoadedModule[]): Promise<void> {
    const change = this.#applying.then(() => this.#change(modules));
    this.#applying = change.catch(() => undefined);
    return change;
  }

  /**
   * Resolves when every change that has begun is in the engine: a program may stop at a new breakpoint before we know that it is set.
   * It does not take long while the program is stopped.
   */
  async settled(): Promise<void> {
    await this.#applying;
  }

  async #change(modules: readonly LoadedModule[]): Promise<void> {
    const bound = new Map<UserBreakpoint, BoundOffset[]>(this.#all().map((breakpoint) => [breakpoint, []]));
    for (const module of modules) {
      const users = [...bound.keys()].flatMap((breakpoint) =>
        breakpoint.wanted.filter((at) => at.module === module).map((at) => ({ breakpoint, at })),
      );
      const checks = await Promise.all(
        users.map(async ({ breakpoint, at }) => ({ offset: at.offset, check: await this.#check(breakpoint, at, modules) })),
      );
      const asked = this.#places(module.engine, checks);
      const set = await module.engine.setBreakpoints(asked);
      const actual = new Map(asked.map(({ offset }, index) => [offset, set[index]]));
      for (const { breakpoint, at } of users) {
        const offset = actual.get(at.offset);
        if (offset !== undefined) bound.get(breakpoint)?.push({ ...at, offset });
      }
    }
    for (const [breakpoint, offsets] of bound) breakpoint.bound = offsets;
  }

  /** Where the places of variables are not known yet, the adapter checks until they are. */
  #check(breakpoint: UserBreakpoint, at: BoundOffset, modules: readonly LoadedModule[]): Promise<EngineCheck | undefined> {
    const pending = breakpoint.isChecked ? at.symbols.expressions?.pending : undefined;
    if (!pending) return breakpoint.engineCheck(at, this.#engine);
    if (!this.#awaited.has(pending)) {
      this.#awaited.add(pending);
      // What fails here is the end of the program, which is told by itself.
      pending.then(() => this.apply(modules)).catch(() => undefined);
    }
    return Promise.resolve(undefined);
  }

  /** The engine takes one breakpoint at a place, which serves for all that want one there. */
  #places(module: EngineModule, users: readonly PlaceCheck[]): EngineBreakpoint[] {
    const reasons = new Map<ModuleOffset, { readonly checks: EngineCheck[]; always: boolean; other: string | undefined }>();
    const at = (offset: ModuleOffset) => {
      const known = reasons.get(offset) ?? { checks: [], always: false, other: undefined };
      reasons.set(offset, known);
      return known;
    };
    for (const { offset, condition } of this.#temporary.get(module)?.values() ?? []) {
      if (condition === undefined) at(offset).always = true;
      else at(offset).other = condition;
    }
    for (const offset of this.#watched.get(module) ?? []) at(offset).always = true;
    for (const { offset, check } of users) {
      const place = at(offset);
      if (check) place.checks.push(check);
      else place.always = true;
    }
    return [...reasons].map(([offset, { checks, always, other }]) => {
      const rest = always || other;
      if (checks.length > 0) return { offset, condition: placeCondition(checks, rest || undefined) };
      return typeof rest === "string" ? { offset, condition: rest } : { offset };
    });
  }

  /** Sets the debugger's own breakpoints of one module, beside those of before where `keep` says so; they are part of the next {@link apply}. */
  setTemporary(module: EngineModule, breakpoints: readonly EngineBreakpoint[], keep = false): void {
    const before = keep ? (this.#temporary.get(module) ?? []) : [];
    this.#temporary.set(module, new Map([...before, ...breakpoints.map((breakpoint) => [breakpoint.offset, breakpoint] as const)]));
  }

  /** Places of a module at which the program stops in any case, as errors end there; part of the next {@link apply}. */
  watch(module: EngineModule, offsets: ReadonlySet<ModuleOffset>): void {
    this.#watched.set(module, offsets);
  }

  isWatched(module: EngineModule, offset: ModuleOffset): boolean {
    return this.#watched.get(module)?.has(offset) ?? false;
  }

  get hitsPerGoroutine(): boolean {
    return this.#engine.hitsPerGoroutine;
  }

  get hasTemporary(): boolean {
    return this.#temporary.size > 0;
  }

  clearTemporary(): void {
    this.#temporary.clear();
  }

  /** The user's breakpoints at a place where the engine stopped. */
  at(module: EngineModule, offset: ModuleOffset): UserBreakpoint[] {
    return this.#all().filter((breakpoint) => breakpoint.bound.some((at) => at.module.engine === module && at.offset === offset));
  }

  #all(): UserBreakpoint[] {
    return [...this.#bySource.values()].flat();
  }
}

/** What the engine decides of a breakpoint of the user at a place; without a check it stops each time. */
interface PlaceCheck {
  readonly offset: ModuleOffset;
  readonly check: EngineCheck | undefined;
}

function sameRequest(a: BreakpointRequest, b: BreakpointRequest): boolean {
  return (
    a.line === b.line &&
    a.functionName === b.functionName &&
    a.instruction?.reference === b.instruction?.reference &&
    a.instruction?.place?.offset === b.instruction?.place?.offset &&
    a.column === b.column &&
    a.condition === b.condition &&
    a.hitCondition === b.hitCondition &&
    a.logMessage === b.logMessage
  );
}
