/** What is known of the modules of a launch: of the program itself, and of those that a script loads. */
import { basename, dirname, join } from "node:path";
import { type EngineModule, GoneError } from "../engine/engine.ts";
import { type LoadedSymbols, loadSymbols } from "../symbols/load-symbols.ts";
import type { GoOptions } from "../symbols/go.ts";
import { goBuiltElsewhere } from "./go-elsewhere.ts";
import type { BuildListener, LaunchPlan, ProgramModule } from "./launch-plan.ts";
import { findModuleFile } from "./module-file.ts";

/** Nothing is built for modules of a script. */
const silent: BuildListener = { tell: () => undefined, begin: () => () => undefined, built: () => undefined };

/** Bytes of a module from which on its debug information takes a while. */
const worthShowing = 16 * 1024 * 1024;
/** In milliseconds. */
const showAfter = 300;

export class LaunchedModules {
  readonly #plan: LaunchPlan;
  readonly #options: GoOptions;
  readonly #signal: AbortSignal;
  /** Of the program; read while the engine starts. */
  readonly #program: Promise<LoadedSymbols> | undefined;

  /** `listener`: hears of the program's module, where reading it may take a while. */
  constructor(plan: LaunchPlan, options: GoOptions, signal: AbortSignal, listener: BuildListener) {
    this.#plan = plan;
    this.#options = options;
    this.#signal = signal;
    this.#program = plan.program && this.#read(plan.program, listener);
    this.#program?.catch(() => undefined);
  }

  async #read(program: ProgramModule, listener: BuildListener): Promise<LoadedSymbols> {
    const title = `Reading debug information of ${basename(program.path)}`;
    let done = program.bytes.length < worthShowing ? undefined : listener.begin(title);
    // It may be in many files beside a small module, too.
    const timer = setTimeout(() => (done ??= listener.begin(title)), showAfter);
    try {
      return await loadSymbols(program, this.#options, this.#signal);
    } catch (error) {
      // Whoever waits for the symbols need not tell the user what they have done.
      throw this.#signal.aborted ? new GoneError() : error;
    } finally {
      clearTimeout(timer);
      done?.();
    }
  }

  /** Never rejects for damaged debug information; rejects with {@link GoneError} when the launch was cancelled. */
  async symbolsOf({ bytes, name }: EngineModule): Promise<LoadedSymbols> {
    const { program } = this.#plan;
    if (program && this.#program && Buffer.compare(program.bytes, bytes) === 0) return this.#program;
    return loadSymbols(await this.#describe(bytes, name), this.#options);
  }

  async #describe(bytes: Uint8Array, name: string): Promise<ProgramModule> {
    const { hostScript, cwd } = this.#plan;
    const folder = hostScript === undefined ? cwd : dirname(hostScript);
    const file = await findModuleFile(bytes, [folder, cwd]);
    // Without a file it is looked for where it would lie: names in debug information may be relative to it.
    const path = file ?? join(folder, `${name.replaceAll(/[\\/]/g, "_")}.wasm`);
    const built = await goBuiltElsewhere(bytes, { path, given: {}, signal: this.#signal, listener: silent });
    return { path, bytes, ...built };
  }
}
