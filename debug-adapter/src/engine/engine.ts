import type { FunctionIndex, ModuleOffset, ModuleRange } from "#core/wasm/offsets.ts";
import type { Invocation } from "../debuggee/start-message.ts";
import type { OffsetMap } from "./offset-map.ts";

/**
 * What runs a WebAssembly program and can stop it. Everything above this file knows engines by these interfaces only.
 *
 * Rules that keep a second engine (a browser) and rewriting possible:
 * - Offsets in these interfaces are **original** module offsets; the engine translates through each module's {@link OffsetMap}.
 * - Raw ids of the engine (script ids, call frame ids) never leave it.
 * - What is read at a stop belongs to its {@link Stop} and rejects with {@link StaleError} after it.
 * - Every promise settles: when the debuggee is gone they reject with {@link GoneError}.
 */
export interface Engine {
  /** Starts the debuggee. Resolves when the program has been handed to the engine and every module known so far was announced. */
  start(): Promise<void>;
  targets(): readonly Target[];
  /** Ends the debuggee and everything that belongs to it. May be called more than once, at any time. */
  end(): Promise<void>;
}

/** Called by the engine. */
export interface EngineHost {
  targetStarted(target: Target): void;
  targetEnded(target: Target, end: TargetEnd): void;
  /** A script is about to run that loads its own modules, of which none is known yet. The engine goes on when this settles. */
  starting(): Promise<void>;
  /** The gap: `module` is compiled and has not run. Breakpoints may be set, nothing may be evaluated. The engine goes on when this settles. */
  moduleLoaded(module: EngineModule): Promise<void>;
  moduleUnloaded(module: EngineModule): void;
  stopped(stop: Stop): void;
  /** An error ends the program, which runs without a debugger; `stop` has its frames, in modules that were not announced. */
  failed(stop: Stop): void;
  /** Also reported where the engine's own protocol does not. */
  resumed(target: Target): void;
  output(output: EngineOutput): void;
  /** Conditions have collected this before what the program does next; see {@link LoggedRecords}. */
  logged(batch: LoggedRecords): void;
}

/** Records in the order in which conditions made them; `first`: how many there were before. Batches may overtake each other. */
export interface LoggedRecords {
  readonly first: number;
  readonly records: readonly SharedValue[];
}

export interface EngineOutput {
  /** `important` is for messages of the debugger itself. */
  readonly category: "stdout" | "stderr" | "console" | "important";
  readonly text: string;
}

/** How a target ended: exit code of the program, or the signal or reason that took it away. */
export interface TargetEnd {
  readonly exitCode?: number;
  readonly reason?: string;
}

/** One thing that runs WebAssembly on its own: Node's main thread today; workers and pages later. */
export interface Target {
  readonly id: number;
  readonly name: string;
  modules(): readonly EngineModule[];
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** `skip`: module offsets at which a step does not stop (sorted, not touching). */
  step(how: "into" | "over" | "out", skip?: SkipRanges): Promise<void>;
  /**
   * Evaluates our own JavaScript over what conditions keep in the debuggee; made as {@link EngineBreakpoint.condition} is. The target may run: then it
   * is asked in between, but not before it returns from a call of its host.
   */
  evaluate(script: string): Promise<SharedValue>;
  /** Has a program that waits for calls call one of its exports; resolves to what that returned, as text. It may stop meanwhile. */
  call(invocation: Invocation): Promise<string>;
  /** Which traps and JavaScript exceptions stop the target. */
  setExceptionStops(which: "none" | "uncaught" | "all"): Promise<void>;
}

export interface SkipRanges {
  readonly module: EngineModule;
  readonly ranges: readonly ModuleRange[];
}

/** A module that a target has compiled. Its identity across targets and reloads is `digest`. */
export interface EngineModule {
  readonly target: Target;
  /** SHA-256 of the original bytes, in hexadecimal. */
  readonly digest: string;
  /** Name as the launch gave it, such as the file's path; of others the name that the engine has for them. */
  readonly name: string;
  /** The original bytes. */
  readonly bytes: Uint8Array;
  readonly offsetMap: OffsetMap;
  /**
   * Makes `wanted` the whole set of breakpoints of this module; the engine sets and removes what differs.
   * Answers, in the order of `wanted`, where each one was set, or `undefined` where the engine refused it.
   */
  setBreakpoints(wanted: readonly EngineBreakpoint[]): Promise<readonly (ModuleOffset | undefined)[]>;
}

export interface EngineBreakpoint {
  readonly offset: ModuleOffset;
  /**
   * JavaScript expression over `locals`, `globals`, `memories`: made by our compiler from a checked expression, never from text of the user or
   * the module. The engine compiles it once; it stops where the value is true, and does not where the expression throws.
   */
  readonly condition?: string;
}

export type StopReason = "breakpoint" | "step" | "pause" | "exception" | "entry";

/** A target at rest. Dies as a whole when the target goes on. */
export interface Stop {
  readonly target: Target;
  readonly reason: StopReason;
  /** Breakpoints that were hit. */
  readonly hits: readonly { readonly module: EngineModule; readonly offset: ModuleOffset }[];
  /** Text of a trap or JavaScript exception. */
  readonly exception?: ExceptionText;
  /** Innermost first. */
  readonly frames: readonly EngineFrame[];
  /** The error has already left all frames: they have positions but no values, and the program ends when it goes on. */
  readonly unwound: boolean;
  /** Many pieces in one round trip. A piece outside of the memory comes back as far as the memory goes. */
  readMemory(module: EngineModule, memoryIndex: number, pieces: readonly MemoryPiece[]): Promise<readonly Uint8Array[]>;
  writeMemory(module: EngineModule, memoryIndex: number, address: number, bytes: Uint8Array): Promise<void>;
  /** Adds pages of 64 KiB to a memory. Answers the address where they begin; `undefined` where it must not grow. */
  growMemory(module: EngineModule, memoryIndex: number, pages: number): Promise<number | undefined>;
  /** Copies a whole memory, so that it can be put back. */
  keepMemory(module: EngineModule, memoryIndex: number): Promise<KeptMemory>;
  /** Gives a mutable global that is exported another value: a `bigint` for an i64. `exportIndex`: place among the module's exports. */
  writeGlobal(module: EngineModule, exportIndex: number, value: number | bigint): Promise<void>;
  /**
   * Calls a function of the module on top of what is stopped: an i64 is a `bigint`, of the arguments and of the result. Nothing stops it but
   * `limit`, in milliseconds. What the host does in it is not limited.
   */
  callFunction(module: EngineModule, index: FunctionIndex, args: readonly (number | bigint)[], limit: number): Promise<CallOutcome>;
  /** Makes `value` what conditions of breakpoints read as {@link sharedName}, in place of the last one. */
  share(value: SharedValue): Promise<void>;
  /** The function that an element of a table holds, which is what a function pointer means; `undefined` where it holds none of the module's. */
  functionInTable(module: EngineModule, tableIndex: number, element: number): Promise<FunctionIndex | undefined>;
  /** The JavaScript value that a Go program for JavaScript knows by a number; `undefined` where no frame of its support script is on the stack. */
  goReference(reference: number): Promise<ScriptValue | undefined>;
}

/** A copy of a memory. To be put back or dropped: it lies in the debuggee. */
export interface KeptMemory {
  /** Makes the memory what it was, and drops the copy; what it has grown by since is zero. */
  putBack(): Promise<void>;
  drop(): Promise<void>;
}

/** What has become of a call; `value`: missing where the function gives none. */
export type CallOutcome =
  | { readonly kind: "returned"; readonly value: number | bigint | undefined }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "too-long" };

/** True in the debuggee while {@link Stop.callFunction} is under way: conditions of breakpoints do not hold then, and count nothing. */
export const callingName = "globalThis.__goWasmCalling";

/** A JavaScript value; what is inside is read when it is asked for, while the stop lasts. */
export interface ScriptValue {
  readonly text: string;
  /** `undefined` for what is no object. */
  readonly properties: (() => Promise<readonly ScriptProperty[]>) | undefined;
}

export interface ScriptProperty {
  readonly name: string;
  readonly value: ScriptValue;
}

/** What JSON can say. */
export type SharedValue = null | boolean | number | string | readonly SharedValue[] | { readonly [name: string]: SharedValue };

/** Expression for the value of {@link Stop.share} in the conditions of breakpoints. */
export const sharedName = "globalThis.__goWasmShared";

export interface MemoryPiece {
  readonly address: number;
  readonly length: number;
}

export interface ExceptionText {
  /** Name of the error, such as `RuntimeError`. */
  readonly name: string;
  /** Its message, such as `divide by zero`. */
  readonly message: string;
  /** The engine takes it for one that the program handles. */
  readonly handled?: boolean;
}

export type EngineFrame = WasmFrame | ScriptFrame;

export interface WasmFrame {
  readonly kind: "wasm";
  readonly module: EngineModule;
  /** Of the instruction that runs next; in callers, of the call. */
  readonly offset: ModuleOffset;
  /** Locals, globals and operand stack of this frame; read once, in one round trip. */
  state(): Promise<WasmState>;
}

/** A frame of JavaScript: the host's, or Node's own. */
export interface ScriptFrame {
  readonly kind: "script";
  readonly functionName: string;
  readonly url: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
}

export interface WasmState {
  readonly locals: readonly WasmValue[];
  readonly globals: readonly WasmValue[];
  /** Bottom first. */
  readonly stack: readonly WasmValue[];
}

/** A value of the WebAssembly machine. Integers are signed. `text` of a v128 or reference is what the engine shows. */
export type WasmValue =
  | { readonly type: "i32" | "f32" | "f64"; readonly value: number }
  | { readonly type: "i64"; readonly value: bigint }
  | { readonly type: "v128" | "ref"; readonly text: string };

/** The stop that was asked has ended: the target runs again. */
export class StaleError extends Error {
  constructor() {
    super("the program is running again");
  }
}

/** The debuggee is no more. */
export class GoneError extends Error {
  constructor(reason = "the program has ended") {
    super(reason);
  }
}
