import { setTimeout as delay } from "node:timers/promises";
import type { CallResult, ErrorDescription, GapDetail, Invocation } from "../../debuggee/start-message.ts";
import { askUrl, callMethod, gapUrl, goUrl, idleScript, idleUrl, servedUrl } from "../../debuggee/start-message.ts";
import {
  type EngineHost,
  type EngineModule,
  GoneError,
  type SharedValue,
  type SkipRanges,
  type Stop,
  type StopReason,
  type Target,
} from "../engine.ts";
import type { CdpClient } from "./cdp-client.ts";
import { ConditionFunctions } from "./condition-functions.ts";
import { MemoryPlaces } from "./paged-memory.ts";
import { stopObjects } from "./script-value.ts";
import type { EvaluateResult, PausedEvent, ScriptParsedEvent, ScriptSource } from "./protocol.ts";
import { unwoundStop } from "./unwound-stop.ts";
import { V8Module } from "./v8-module.ts";
import { type StopSource, V8Stop } from "./v8-stop.ts";

export interface ProgramText {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Most of the time nothing of it may be on the stack, and it can be looked at all the same: see `idleUrl`. */
  readonly waitsForCallbacks?: boolean;
}

/** Of scripts that are no part of the program. */
const ownUrls: ReadonlySet<string> = new Set([gapUrl, servedUrl, askUrl, goUrl, idleUrl]);

/** An engine that has answered pauses within a few milliseconds, or not at all. */
const pauseLimit = 100;
/** In milliseconds; how long the user waits for a pause until they are told why it does not come. */
const tellLimit = 1000;

/** The main thread of the debuggee. */
export class V8Target implements Target, StopSource {
  readonly id: number;
  readonly name: string;
  readonly target = this;
  readonly cdp: CdpClient;
  readonly waitsForCallbacks: boolean;
  readonly places = new MemoryPlaces();
  readonly #host: EngineHost;
  /** What the debuggee compiles first; `undefined` where a script loads its own modules. */
  readonly #program: ProgramText | undefined;
  /** URL of our own script in the debuggee. */
  readonly #ownScript: RegExp;
  readonly #modules = new Map<string, V8Module>();
  /** Compiled, and not announced yet. */
  readonly #parsed = new Map<string, ScriptParsedEvent>();
  readonly #conditions: ConditionFunctions;
  readonly #onFirstGap: () => void;
  /** What we asked for last: V8's own reasons differ between its versions. */
  #expected: StopReason = "pause";
  #stop: V8Stop | undefined;
  #paused = false;
  #pauseBehindGap = false;
  #pauseWanted = false;

  constructor(id: number, cdp: CdpClient, host: EngineHost, program: ProgramText | undefined, ownScript: RegExp, onFirstGap: () => void) {
    this.id = id;
    this.name = "main";
    this.cdp = cdp;
    this.#conditions = new ConditionFunctions(cdp);
    this.#host = host;
    this.#program = program;
    this.waitsForCallbacks = program?.waitsForCallbacks ?? false;
    this.#ownScript = ownScript;
    this.#onFirstGap = onFirstGap;
  }

  modules(): readonly EngineModule[] {
    return [...this.#modules.values()];
  }

  moduleOf(scriptId: string): V8Module | undefined {
    return this.#modules.get(scriptId);
  }

  moduleAt(url: string): V8Module | undefined {
    return [...this.#modules.values()].find((module) => module.url === url);
  }

  isInternal(url: string): boolean {
    return ownUrls.has(url) || url.startsWith("node:") || this.#ownScript.test(url);
  }

  async pause(): Promise<void> {
    // V8 forgets the wish where it is paused already, as in the gap.
    if (this.#paused && !this.#stop) {
      this.#pauseBehindGap = true;
      return;
    }
    this.#expected = "pause";
    this.#pauseWanted = true;
    const asked = this.cdp.sendPatiently("Debugger.pause");
    // What rejects is the end of the program, which is told by itself.
    asked.then(() => this.#insistOnPause()).catch(() => undefined);
    if (await settlesWithin(asked, tellLimit)) return void (await asked);
    const text = "the program is in a call of its host, as a sleep or a wait for input is: it pauses when that returns\n";
    this.#host.output({ category: "important", text });
  }

  /** The pause has come in the runtime's own code, where nothing is to be seen: the program is entered a moment later. */
  async #pauseInProgram(): Promise<void> {
    this.#paused = false;
    await this.cdp.send("Debugger.resume");
    await this.pause();
  }

  /** V8 drops a wish to pause that it serves while only frames of our own script are there, as just before the program is entered. */
  async #insistOnPause(): Promise<void> {
    for (;;) {
      await delay(pauseLimit);
      if (this.#paused || this.#expected !== "pause" || !this.#pauseWanted) return;
      // Nothing runs, as no callback is due: a script of our own is run, and the pause is served in it.
      if (this.waitsForCallbacks) await this.cdp.sendPatiently("Runtime.evaluate", { expression: idleScript, silent: true });
      else await this.cdp.sendPatiently("Debugger.pause");
    }
  }

  resume(): Promise<void> {
    // What pauses next without a breakpoint or an exception was asked by pause().
    return this.#goOn("Debugger.resume", "pause");
  }

  step(how: "into" | "over" | "out", skip?: SkipRanges): Promise<void> {
    if (how === "out") return this.#goOn("Debugger.stepOut", "step");
    const skipList = skip && this.#skipList(skip);
    return this.#goOn(how === "into" ? "Debugger.stepInto" : "Debugger.stepOver", "step", skipList ? { skipList } : {});
  }

  async evaluate(script: string): Promise<SharedValue> {
    const request = { expression: `JSON.stringify((${script}) ?? null) //# sourceURL=${askUrl}`, returnByValue: true, silent: true };
    const answer = (await this.cdp.sendPatiently("Runtime.evaluate", request)) as EvaluateResult;
    if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.exception?.description ?? answer.exceptionDetails.text);
    return JSON.parse(String(answer.result.value)) as SharedValue;
  }

  async call(invocation: Invocation): Promise<string> {
    return ((await this.cdp.sendPatiently(callMethod, invocation)) as CallResult).text;
  }

  async setExceptionStops(which: "none" | "uncaught" | "all"): Promise<void> {
    await this.cdp.sendPatiently("Debugger.setPauseOnExceptions", { state: which });
  }

  onScriptParsed(event: ScriptParsedEvent): void {
    // The same bytes compiled again are the same script.
    if (event.scriptLanguage !== "WebAssembly" || this.#modules.has(event.scriptId)) return;
    this.#parsed.set(event.scriptId, event);
  }

  async onPaused(event: PausedEvent): Promise<void> {
    this.#paused = true;
    this.#pauseWanted = false;
    if (event.callFrames[0]?.url === gapUrl) return this.#atGap(event);
    // Modules come by ways that pass no gap, too, such as an import.
    await this.#announce();
    await Promise.all([...this.#modules.values()].map((module) => module.settled()));
    this.places.begin();
    const stop = new V8Stop(this, event, this.#expected);
    const reason: StopReason = stop.exception
      ? "exception"
      : stop.hits.length > 0 && this.#expected !== "step"
        ? "breakpoint"
        : this.#expected;
    if (reason === "pause" && stop.frames.length === 0) return this.#pauseInProgram();
    this.#stop = reason === stop.reason ? stop : new V8Stop(this, event, reason);
    this.#host.stopped(this.#stop);
  }

  async #atGap(event: PausedEvent): Promise<void> {
    const detail = await this.#gapDetail(event);
    if (detail.gap !== "uncaught") {
      const handled = detail.gap === "start" ? this.#host.starting() : this.#announce();
      this.#onFirstGap();
      await handled;
      await this.resume();
      if (this.#pauseBehindGap) await this.pause();
      this.#pauseBehindGap = false;
      return;
    }
    const stop: Stop = unwoundStop(this, { name: detail.name, message: detail.message }, detail.stack);
    this.#host.stopped(stop);
  }

  /** An error has ended the program, which runs without a debugger: whatever WebAssembly is in its stack is the program's. */
  failed({ name, message, stack }: ErrorDescription): void {
    const module = this.#program && this.#newModule({ scriptId: "", url: "" }, this.#program);
    const source = { target: this, moduleAt: () => module, isInternal: (url: string) => this.isInternal(url) };
    this.#host.failed(unwoundStop(source, { name, message }, stack));
  }

  async #announce(): Promise<void> {
    const parsed = [...this.#parsed.values()];
    this.#parsed.clear();
    const modules = await Promise.all(parsed.map(async (event, at) => this.#module(event, at === 0 && this.#modules.size === 0)));
    for (const module of modules) this.#modules.set(module.scriptId, module);
    await Promise.all(modules.map((module) => this.#host.moduleLoaded(module)));
  }

  async #module(event: ScriptParsedEvent, isFirst: boolean): Promise<V8Module> {
    return this.#newModule(event, (isFirst ? this.#program : undefined) ?? (await this.#readModule(event)));
  }

  #newModule(script: Pick<ScriptParsedEvent, "scriptId" | "url">, { name, bytes }: ProgramText): V8Module {
    return new V8Module(this.cdp, this.#conditions, this, script, name, bytes);
  }

  async #readModule({ scriptId, url }: ScriptParsedEvent): Promise<ProgramText> {
    const { bytecode = "" } = (await this.cdp.send("Debugger.getScriptSource", { scriptId })) as ScriptSource;
    // `wasm://wasm/<name>-<hash>`, where the module has a name.
    return { name: /^wasm:\/\/wasm\/(.*?)-?[0-9a-f]{8}$/.exec(url)?.[1] || "module", bytes: Buffer.from(bytecode, "base64") };
  }

  async #gapDetail(event: PausedEvent): Promise<GapDetail> {
    const callFrameId = event.callFrames[0]!.callFrameId;
    const request = { callFrameId, expression: "detail", returnByValue: true, silent: true };
    const answer = (await this.cdp.send("Debugger.evaluateOnCallFrame", request)) as EvaluateResult;
    return JSON.parse(String(answer.result.value)) as GapDetail;
  }

  async #goOn(method: string, expected: StopReason, params: object = {}): Promise<void> {
    if (!this.#paused) throw new Error("the program is running");
    this.#paused = false;
    this.#expected = expected;
    this.#stop?.expire();
    // The answer is of no use, and none comes where the program ends.
    if (this.#stop?.holdsObjects) this.cdp.send("Runtime.releaseObjectGroup", { objectGroup: stopObjects }).catch(() => undefined);
    this.#stop = undefined;
    this.#host.resumed(this);
    try {
      await this.cdp.send(method, params);
    } catch (error) {
      // The program may end before the answer is out.
      if (!(error instanceof GoneError)) throw error;
    }
  }

  #skipList({ module, ranges }: SkipRanges): object[] {
    const { scriptId, offsetMap } = module as V8Module;
    return ranges.map(({ start, end }) => ({
      scriptId,
      start: { lineNumber: 0, columnNumber: offsetMap.toEngine(start) },
      end: { lineNumber: 0, columnNumber: offsetMap.toEngine(end) },
    }));
  }
}

function settlesWithin(promise: Promise<unknown>, milliseconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), milliseconds);
    const settled = (): void => {
      clearTimeout(timer);
      resolve(true);
    };
    promise.then(settled, settled);
  });
}
