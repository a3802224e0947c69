import type { InvokeArgument } from "#core/contract/launch-attributes.ts";

/** What a launch came down to: everything the engine needs to run a program. Paths are absolute. */
export interface LaunchPlan {
  readonly program: ProgramModule;
  readonly host: "wasip1" | "none";
  /** Arguments behind the program's name. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Guest path to host path. */
  readonly preopens: Readonly<Record<string, string>>;
  readonly stdin: string | undefined;
  readonly invoke: { readonly export: string; readonly args: readonly InvokeArgument[] } | undefined;
  readonly runtime: { readonly executable: string; readonly args: readonly string[]; readonly env: Readonly<Record<string, string>> };
  readonly stopOnEntry: boolean;
  readonly noDebug: boolean;
}

export interface ProgramModule {
  /** The file that the user named: `.wasm` or `.wat`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Text that `bytes` were encoded from, where `path` is a `.wat`. */
  readonly watText?: string;
}

/** Builds a plan; `signal` cancels what runs for it. Rejects with {@link LaunchError}. */
export interface LaunchKind {
  plan(signal: AbortSignal): Promise<LaunchPlan>;
}

/** Why a launch cannot go on, in words for the user that name the remedy. */
export class LaunchError extends Error {}
