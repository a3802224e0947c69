import type { BuiltEvent } from "#core/contract/debug-events.ts";
import type { LaunchArguments } from "#core/contract/launch-attributes.ts";
import type { ModuleOffset } from "#core/wasm/offsets.ts";
import type { HostKind, ImportedEntity, Invocation } from "../debuggee/start-message.ts";
import type { GoBuild } from "./go-build.ts";

/** What a launch came down to: everything the engine needs to run a program. Paths are absolute. */
export interface LaunchPlan {
  /** `undefined` where the host is a script that loads its own modules. */
  readonly program: ProgramModule | undefined;
  /** File with the module, for a host that is a script. */
  readonly programFile: string | undefined;
  readonly host: HostKind;
  /** Script that makes up the host: `wasm_exec.js` for `js`, the user's own for `script`. */
  readonly hostScript: string | undefined;
  /** Arguments behind the program's name. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Guest path to host path. */
  readonly preopens: Readonly<Record<string, string>>;
  readonly stdin: string | undefined;
  /** The function to call, checked against the module; `undefined`: `_start` where there is one. */
  readonly invoke: Invocation | undefined;
  /** It is a reactor and nothing is to be called yet: the user does that. */
  readonly waitsForCalls: boolean;
  readonly entities: readonly ImportedEntity[];
  /** First instruction of the first function that runs; `undefined` where nothing runs. */
  readonly entry: ModuleOffset | undefined;
  readonly runtime: Runtime;
  /** What is odd with the module, for the user; V8 has the last word on whether it runs. */
  readonly notes: readonly string[];
}

export interface Runtime {
  /** Of Node.js. */
  readonly majorVersion: number;
  readonly executable: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface ProgramModule {
  /** What the user named: a `.wasm`, a `.wat`, or the folder of a Go package. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Text that `bytes` were encoded from, where `path` is a `.wat`. */
  readonly watText?: string;
  /** It runs tests, which may want a temporary folder. */
  readonly isTest?: boolean;
  /** The `wasm_exec.js` that belongs to it, where it was built for `GOOS=js`. */
  readonly goSupport?: string;
  /** A file that holds exactly `bytes`, where there is one that outlives the launch. */
  readonly file?: string;
  /** What is known of a module that Go's own compiler made. */
  readonly go?: GoBuild;
}

/** Builds the module of a plan. Rejects with {@link LaunchError}. */
export interface LaunchKind {
  /** Whether this kind takes a program of this name. */
  takes(path: string, given: LaunchArguments): boolean | Promise<boolean>;
  build(context: BuildContext): Promise<ProgramModule>;
}

/** Gets to know what is being done, where it may take a while. */
export interface BuildListener {
  tell(text: string): void;
  /** Something of this name has begun that the user may want to cancel; the result is to be called when it has ended. */
  begin(title: string): () => void;
  built(event: BuiltEvent): void;
}

export interface BuildContext {
  /** What `program` names, absolute. */
  readonly path: string;
  readonly given: LaunchArguments;
  /** Cancels what runs for the build, and later ends what the module keeps open. */
  readonly signal: AbortSignal;
  readonly listener: BuildListener;
}

/** Why a launch cannot go on. */
export { UserError as LaunchError } from "#go-build/user-error.ts";
