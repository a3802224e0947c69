/** What the adapter and the relay inside the debuggee say to each other before and beside the inspector's protocol. */

/** First line from the relay: proves that the peer is the process we started. */
export interface HelloMessage {
  readonly token: string;
  readonly pid: number;
}

/** First line from the adapter; `moduleLength` bytes of the module follow it, then lines of the inspector's protocol. */
export interface StartMessage {
  /** False: run at full speed, the inspector is never switched on. */
  readonly debug: boolean;
  /** 0: there is none, as the host is a script that loads its own. */
  readonly moduleLength: number;
  /** Name of the program, its `argv[0]`. */
  readonly programName: string;
  /** File with the module, for a host that is a script. */
  readonly programFile: string | undefined;
  readonly host: HostKind;
  /** Path of a script: Go's `wasm_exec.js` for the host `js`, the user's own for `script`. */
  readonly hostScript: string | undefined;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Guest path to host path. */
  readonly preopens: Readonly<Record<string, string>>;
  /** File of the program's standard input. */
  readonly stdin: string | undefined;
  /** The function to call; `undefined`: `_start` where there is one. */
  readonly invoke: Invocation | undefined;
  /** There is nothing to call yet: the program is a reactor that waits for {@link CallRequest}s. */
  readonly waitsForCalls: boolean;
  /** Imports that are no functions; JavaScript cannot ask a module for their limits. */
  readonly entities: readonly ImportedEntity[];
}

/** What provides a program's imports and calls it; `script` is JavaScript of the user. */
export type HostKind = "wasip1" | "js" | "script" | "none";

export type ImportedEntity = { readonly module: string; readonly name: string } & EntityType;

export type EntityType =
  /** Pages; `shared` needs a maximum. */
  | { readonly kind: "memory"; readonly minimum: number; readonly maximum: number | undefined; readonly shared: boolean }
  | { readonly kind: "table"; readonly element: "anyfunc" | "externref"; readonly minimum: number; readonly maximum: number | undefined }
  | { readonly kind: "global"; readonly type: NumberType | "v128" | "externref" | "anyfunc"; readonly mutable: boolean };

export interface Invocation {
  readonly export: string;
  readonly args: readonly InvocationValue[];
  /** Types of the results, for printing. */
  readonly results: readonly NumberType[];
}

export type NumberType = "i32" | "i64" | "f32" | "f64";

/** `text` is a decimal integer for i32 and i64, and what `Number()` reads for f32 and f64. */
export interface InvocationValue {
  readonly type: NumberType;
  readonly text: string;
}

/** What log points have collected: records of the adapter's own, `first` is the number of the first one, from 0. */
export interface LoggedBatch {
  readonly first: number;
  readonly records: readonly unknown[];
}

/** Method of the adapter's requests that the relay hands to the program instead of the inspector; its result is a {@link CallResult}. */
export const callMethod = "Program.call";

/** `id` is that of the request, by which it is answered. */
export interface CallRequest {
  readonly id: number;
  readonly invocation: Invocation;
}

export interface CallResult {
  /** Empty where the function returns nothing. */
  readonly text: string;
}

/**
 * Method of the adapter's requests that is `Debugger.evaluateOnCallFrame` for a script that leaves bytes in the transfer buffer and gives a
 * text of numbers, of which the last is how many bytes they are. The relay's answer has a {@link TransferNote}, and the bytes follow its line.
 */
export const transferMethod = "Program.transfer";

/** Bytes of the transfer buffer. */
export const transferSize = 1024 * 1024;

/** The transfer buffer in the debuggee's scripts, as an array of bytes. */
export const transferName = "globalThis.__goWasmTransfer";

export interface TransferNote {
  /** How many bytes follow the line, at most {@link transferSize}. */
  readonly transferred?: number;
}

/** From the debuggee beside the inspector's notifications. */
export type DebuggeeMessage =
  | { readonly method: "Program.logged"; readonly params: LoggedBatch }
  /** The program cannot be run, and why; the debuggee ends itself. */
  | { readonly method: "Program.refused"; readonly params: { readonly message: string } }
  /** An error that nobody caught ends the program, which runs without a debugger. */
  | { readonly method: "Program.failed"; readonly params: ErrorDescription }
  | { readonly method: "Program.returned"; readonly params: CallResult & { readonly id: number } }
  /** The process is about to end in an orderly way. */
  | { readonly method: "Program.exiting"; readonly params: { readonly code: number } };

/** `stack` is V8's text. */
export interface ErrorDescription {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

/** URL of the script whose `debugger` statement stops the debuggee where the adapter wants a word with it. */
export const gapUrl = "go-wasm:gap";

/** URL of the script that is entered where the program has waited, so that V8 serves what was asked in that time. */
export const servedUrl = "go-wasm:served";

/** URL of the script below the frames of a Go program for JavaScript that runs at the start; its `this` is the `Go` object. */
export const goUrl = "go-wasm:go";

/** URL of the scripts by which the adapter asks for what log points have collected, also while the program runs: a pause may be served in one. */
export const askUrl = "go-wasm:ask";

/** URL of the script in which a Go program for JavaScript is stopped while it waits for callbacks. */
export const idleUrl = "go-wasm:idle";

/** A script that does nothing but be stopped in. */
export const idleScript = `undefined //# sourceURL=${idleUrl}`;

/** Name of the global object by which that script reaches what waits: {@link IdleProgram}. */
export const idleName = "__goWasmIdle";

export interface IdleProgram {
  readonly memories: readonly unknown[];
  /** The `Go` object of wasm_exec.js. */
  readonly go: object;
}

/** What the debuggee says at a gap; the engine reads it as JSON from the gap's `detail`. */
export type GapDetail =
  /** A module is compiled and nothing of it has run. */
  | { readonly gap: "module" }
  /** A script is about to run, which loads its own modules. */
  | { readonly gap: "start" }
  /** An error that nobody caught has ended the program. */
  | ({ readonly gap: "uncaught" } & ErrorDescription);

/** Environment variable with the token of {@link HelloMessage}. */
export const tokenVariable = "GO_WASM_RELAY_TOKEN";
