/** What is known of the modules of a launch: of the program itself, and of those that a script loads. */
import { dirname, join } from "node:path";
import type { EngineModule } from "../engine/engine.ts";
import { type LoadedSymbols, loadSymbols } from "../symbols/load-symbols.ts";
import type { GoOptions } from "../symbols/go.ts";
import { goBuiltElsewhere } from "./go-elsewhere.ts";
import type { BuildListener, LaunchPlan, ProgramModule } from "./launch-plan.ts";
import { findModuleFile } from "./module-file.ts";

/** Nothing is built for modules of a script. */
const silent: BuildListener = { tell: () => undefined, begin: () => () => undefined, built: () => undefined };

export class LaunchedModules {
  readonly #plan: LaunchPlan;
  readonly #options: GoOptions;
  readonly #signal: AbortSignal;
  /** Of the program; read while the engine starts. */
  readonly #program: Promise<LoadedSymbols> | undefined;

  constructor(plan: LaunchPlan, options: GoOptions, signal: AbortSignal) {
    this.#plan = plan;
    this.#options = options;
    this.#signal = signal;
    this.#program = plan.program && loadSymbols(plan.program, options);
    this.#program?.catch(() => undefined);
  }

  /** Never rejects for damaged debug information. */
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
