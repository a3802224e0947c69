import { type FunctionIndex, functionIndex, type ModuleOffset, moduleOffset } from "#core/wasm/offsets.ts";
import {
  type CallOutcome,
  callingName,
  type EngineFrame,
  type EngineModule,
  type ExceptionText,
  type KeptMemory,
  type MemoryPiece,
  type ScriptValue,
  type ScriptFrame,
  type SharedValue,
  sharedName,
  StaleError,
  type Stop,
  type StopReason,
  type Target,
  type WasmFrame,
  type WasmState,
} from "../engine.ts";
import { idleName } from "../../debuggee/start-message.ts";
import type { CdpClient } from "./cdp-client.ts";
import { dumpState, parseState } from "./frame-state.ts";
import { transferPieces } from "./memory-transfer.ts";
import { type MemoryPlaces, PagedMemory } from "./paged-memory.ts";
import type { CallFrame, EvaluateResult, PausedEvent } from "./protocol.ts";
import { scriptValue, stopObjects } from "./script-value.ts";
import type { V8Module } from "./v8-module.ts";

export interface StopSource {
  readonly cdp: CdpClient;
  readonly target: Target;
  /** See `ProgramText`. */
  readonly waitsForCallbacks: boolean;
  readonly places: MemoryPlaces;
  moduleOf(scriptId: string): V8Module | undefined;
  /** Frames of the debugger's own script and of the runtime's internals are no frames of the program. */
  isInternal(url: string): boolean;
}

/** A pause of V8. */
export class V8Stop implements Stop {
  readonly target: Target;
  readonly reason: StopReason;
  readonly hits: readonly { readonly module: EngineModule; readonly offset: ModuleOffset }[];
  readonly frames: readonly EngineFrame[];
  readonly unwound = false;
  readonly exception?: ExceptionText;
  readonly #source: StopSource;
  readonly #wasmFrames: V8WasmFrame[] = [];
  /** Ids of the frames of JavaScript. */
  readonly #scriptFrames: readonly string[];
  #go: Promise<string | undefined> | undefined;
  /** Id of a frame of JavaScript in which a program is stopped that waits for callbacks. */
  readonly #idleFrame: string | undefined;
  readonly #memories = new Map<EngineModule, Map<number, PagedMemory>>();
  #over = false;

  constructor(source: StopSource, paused: PausedEvent, reason: StopReason) {
    this.#source = source;
    this.target = source.target;
    this.reason = reason;
    if (paused.reason === "exception") this.exception = exceptionText(paused);
    const frames = paused.callFrames.flatMap((frame) => this.#toFrame(frame) ?? []);
    const [idle] = source.waitsForCallbacks && this.#wasmFrames.length === 0 ? source.target.modules() : [];
    this.#idleFrame = idle && paused.callFrames[0]?.callFrameId;
    this.frames = idle ? [...frames, idleFrame(idle)] : frames;
    this.#scriptFrames = paused.callFrames.filter((frame) => !source.moduleOf(frame.location.scriptId)).map((frame) => frame.callFrameId);
    const top = paused.callFrames[0];
    const module = top && source.moduleOf(top.location.scriptId);
    const hit = module && !this.exception && module.hasBreakpointAt(top.location);
    this.hits = hit ? [{ module, offset: module.offsetAt(top.location) }] : [];
  }

  /** Whether handles of objects were asked for. */
  get holdsObjects(): boolean {
    return this.#go !== undefined;
  }

  /** The target goes on: nothing of this stop may be read any more. */
  expire(): void {
    this.#over = true;
  }

  async readMemory(module: EngineModule, memoryIndex: number, pieces: readonly MemoryPiece[]): Promise<readonly Uint8Array[]> {
    if (this.#over) throw new StaleError();
    const memories = this.#memories.get(module) ?? new Map<number, PagedMemory>();
    this.#memories.set(module, memories);
    const readNow = (asked: readonly MemoryPiece[]): Promise<readonly Uint8Array[]> => this.#readNow(module, memoryIndex, asked);
    const memory = memories.get(memoryIndex) ?? new PagedMemory(readNow, this.#source.places, module, memoryIndex);
    memories.set(memoryIndex, memory);
    return memory.read(pieces);
  }

  #readNow(module: EngineModule, memoryIndex: number, pieces: readonly MemoryPiece[]): Promise<readonly Uint8Array[]> {
    return transferPieces(memoryIndex, pieces, async (script) => {
      const { frame, expression } = this.#inModule(module, script);
      const { value, bytes } = await this.#evaluated(this.#source.cdp.transfer(evaluation(frame, expression)));
      return { memoryLength: Number.parseInt(value, 10), bytes };
    });
  }

  async writeMemory(module: EngineModule, memoryIndex: number, address: number, bytes: Uint8Array): Promise<void> {
    // All of them: modules can share a memory.
    this.#memories.clear();
    const data = Buffer.from(bytes).toString("base64");
    const write = `(() => {
      const bytes = Uint8Array.from(atob("${data}"), (unit) => unit.charCodeAt(0));
      new Uint8Array(memories[${memoryIndex}].buffer).set(bytes, ${address});
      return "";
    })()`;
    await this.#evaluateInModule(module, write);
    this.#memories.clear();
  }

  async growMemory(module: EngineModule, memoryIndex: number, pages: number): Promise<number | undefined> {
    const grow = `(() => {
      try {
        return String(memories[${memoryIndex}].grow(${pages}) * 65536);
      } catch {
        return "";
      }
    })()`;
    const address = await this.#evaluateInModule(module, grow);
    this.#memories.clear();
    return address === "" ? undefined : Number(address);
  }

  async keepMemory(module: EngineModule, memoryIndex: number): Promise<KeptMemory> {
    const forget = `delete ${keptName}`;
    await this.#evaluateInModule(module, `(${keptName} = new Uint8Array(memories[${memoryIndex}].buffer).slice(), "")`);
    return {
      putBack: async () => {
        const bytes = `new Uint8Array(memories[${memoryIndex}].buffer)`;
        await this.#evaluateInModule(module, `(${bytes}.fill(0, ${keptName}.length), ${bytes}.set(${keptName}), ${forget}, "")`);
        this.#memories.clear();
      },
      drop: async () => void (await this.#evaluateInModule(module, `(${forget}, "")`)),
    };
  }

  async writeGlobal(module: EngineModule, exportIndex: number, value: number | bigint): Promise<void> {
    // The engine's own view of globals holds copies; what is exported can be reached, by its place as names are not ours.
    const write = `(instance.exports[WebAssembly.Module.exports(module)[${exportIndex}].name].value = ${literal(value)}, "")`;
    await this.#evaluateInModule(module, write);
    for (const frame of this.#wasmFrames) frame.forgetState();
  }

  async callFunction(module: EngineModule, index: FunctionIndex, args: readonly (number | bigint)[], limit: number): Promise<CallOutcome> {
    const frame = this.#wasmFrames.find((candidate) => candidate.module === module);
    if (this.#over) throw new StaleError();
    if (!frame) throw new Error("functions cannot be called here: none of the module's is on the stack");
    const { cdp } = this.#source;
    const expression = `(() => {
      ${callingName} = true;
      const text = (value) => typeof value + " " + (Object.is(value, -0) ? "-0" : String(value));
      try {
        return "returned " + text(functions[${index}](${args.map(literal).join(",")}));
      } catch (error) {
        return "failed " + (error instanceof Error ? error.message : "a value that is no error was thrown");
      }
    })()`;
    await cdp.send("Debugger.setSkipAllPauses", { skip: true });
    try {
      return callOutcome(await this.evaluate(frame.callFrameId, expression, limit));
    } catch (error) {
      if (error instanceof Error && /terminated/.test(error.message)) return { kind: "too-long" };
      throw error;
    } finally {
      for (const each of this.#wasmFrames) each.forgetState();
      this.#memories.clear();
      await cdp.send("Debugger.setSkipAllPauses", { skip: false });
      await this.evaluate(frame.callFrameId, `(${callingName} = false, "")`);
    }
  }

  async share(value: SharedValue): Promise<void> {
    const frame = this.#wasmFrames[0];
    if (!frame) throw new Error("nothing can be shared with conditions here: no WebAssembly is on the stack");
    await this.evaluate(frame.callFrameId, `(${sharedName} = ${JSON.stringify(value)}, "")`);
  }

  async functionInTable(module: EngineModule, tableIndex: number, element: number): Promise<FunctionIndex | undefined> {
    // The name of an exported function is its index: https://webassembly.github.io/spec/js-api/#a-new-exported-function
    const find = `(() => {
      const table = tables[${tableIndex}];
      const found = table && ${element} < table.length ? table.get(${element}) : null;
      return typeof found === "function" ? found.name : "";
    })()`;
    const name = await this.#evaluateInModule(module, find);
    return /^\d+$/.test(name) ? functionIndex(Number(name)) : undefined;
  }

  async goReference(reference: number): Promise<ScriptValue | undefined> {
    this.#go ??= this.#findGo();
    const callFrameId = await this.#go;
    if (callFrameId === undefined) return undefined;
    const go = callFrameId === this.#idleFrame ? `globalThis.${idleName}.go` : "this";
    const expression = `${go}._values[${reference}]`;
    const request = { callFrameId, expression, silent: true, generatePreview: true, objectGroup: stopObjects };
    const answer = (await this.#source.cdp.send("Debugger.evaluateOnCallFrame", request)) as EvaluateResult;
    return answer.exceptionDetails ? undefined : scriptValue(this.#source.cdp, answer.result);
  }

  /** The innermost frame of JavaScript whose `this` is the `Go` object of a `wasm_exec.js`. */
  async #findGo(): Promise<string | undefined> {
    if (this.#idleFrame !== undefined) return this.#idleFrame;
    for (const callFrameId of this.#scriptFrames) {
      const found = await this.evaluate(callFrameId, "String(Array.isArray(this?._values))").catch(() => "");
      if (found === "true") return callFrameId;
    }
    return undefined;
  }

  /** Evaluates our own JavaScript in a frame; it must give a string. `timeout`: milliseconds after which the engine ends it. */
  async evaluate(callFrameId: string, expression: string, timeout?: number): Promise<string> {
    if (this.#over) throw new StaleError();
    const request = { ...evaluation(callFrameId, expression), ...(timeout === undefined ? {} : { timeout }) };
    const answer = this.#source.cdp.send("Debugger.evaluateOnCallFrame", request).then((result) => ({ result, bytes: nothing }));
    return (await this.#evaluated(answer)).value;
  }

  async #evaluated(asked: Promise<{ result: unknown; bytes: Uint8Array }>): Promise<{ value: string; bytes: Uint8Array }> {
    const { result, bytes } = await asked.catch((error: unknown) => {
      throw this.#over ? new StaleError() : error;
    });
    const { exceptionDetails, result: found } = result as EvaluateResult;
    if (exceptionDetails) throw new Error(firstLine(exceptionDetails.exception?.description ?? exceptionDetails.text));
    return { value: String(found.value), bytes };
  }

  async #evaluateInModule(module: EngineModule, script: string): Promise<string> {
    const { frame, expression } = this.#inModule(module, script);
    return this.evaluate(frame, expression);
  }

  /** Where a script sees the module's memories, and as what. */
  #inModule(module: EngineModule, script: string): { frame: string; expression: string } {
    if (this.#over) throw new StaleError();
    const frame = this.#wasmFrames.find((candidate) => candidate.module === module)?.callFrameId;
    if (frame !== undefined) return { frame, expression: script };
    if (this.#idleFrame === undefined) throw new Error("the module's memory cannot be reached here: none of its functions is on the stack");
    return { frame: this.#idleFrame, expression: `((memories) => ${script})(globalThis.${idleName}?.memories ?? ${noMemories})` };
  }

  #toFrame(frame: CallFrame): EngineFrame | undefined {
    const module = this.#source.moduleOf(frame.location.scriptId);
    if (module) {
      const wasmFrame = new V8WasmFrame(this, module, frame);
      this.#wasmFrames.push(wasmFrame);
      return wasmFrame;
    }
    if (this.#source.isInternal(frame.url)) return undefined;
    return scriptFrame(frame.functionName, frame.url, frame.location.lineNumber + 1, (frame.location.columnNumber ?? 0) + 1);
  }
}

const nothing = new Uint8Array(0);

/** Parameters of `Debugger.evaluateOnCallFrame` for JavaScript of ours that gives a primitive value. */
function evaluation(callFrameId: string, expression: string): object {
  return { callFrameId, expression, returnByValue: true, silent: true };
}

/** The copy of a memory, of which there is one at a time. */
const keptName = "globalThis.__goWasmKept";

/** Of a program that has not begun. */
const noMemories = "[{ buffer: new ArrayBuffer(0) }]";

/** Stands for a program of which nothing is on the stack: it has memory, and no values of its own. */
function idleFrame(module: EngineModule): WasmFrame {
  return { kind: "wasm", module, offset: moduleOffset(0), state: () => Promise.resolve({ locals: [], globals: [], stack: [] }) };
}

class V8WasmFrame implements WasmFrame {
  readonly kind = "wasm";
  readonly module: V8Module;
  readonly offset: ModuleOffset;
  readonly callFrameId: string;
  readonly #stop: V8Stop;
  #state: Promise<WasmState> | undefined;

  constructor(stop: V8Stop, module: V8Module, frame: CallFrame) {
    this.#stop = stop;
    this.module = module;
    this.offset = module.offsetAt(frame.location);
    this.callFrameId = frame.callFrameId;
  }

  state(): Promise<WasmState> {
    this.#state ??= this.#stop.evaluate(this.callFrameId, dumpState).then(parseState);
    return this.#state;
  }

  /** A global was changed. */
  forgetState(): void {
    this.#state = undefined;
  }
}

function callOutcome(text: string): CallOutcome {
  const [, kind, type, value = ""] = /^(returned|failed) (?:(number|bigint|undefined) )?([^]*)$/.exec(text) ?? [];
  if (kind !== "returned") return { kind: "failed", message: value };
  if (type === "undefined") return { kind: "returned", value: undefined };
  return { kind: "returned", value: type === "bigint" ? BigInt(value) : Number(value) };
}

function literal(value: number | bigint): string {
  return typeof value === "bigint" ? `${value}n` : Object.is(value, -0) ? "-0" : String(value);
}

export function scriptFrame(functionName: string, url: string, line: number, column: number): ScriptFrame {
  return { kind: "script", functionName, url, line, column };
}

/** V8 describes an error as `Name: message` with its stack behind it; a thrown value that is no error by its text. */
function exceptionText({ data }: PausedEvent): ExceptionText {
  const description = data?.description ?? JSON.stringify(data?.value ?? null);
  const head = description.split("\n    at ")[0] ?? "";
  const match = /^([A-Za-z_$][\w$.]*): ([\s\S]*)$/.exec(head);
  const handled = data?.uncaught === false;
  if (match) return { name: match[1]!, message: match[2]!, handled };
  return { name: data?.className ?? "Error", message: head, handled };
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? text;
}
