import type { EngineModule, Stop } from "../engine/engine.ts";
import type { LoadedModule } from "../program/loaded-module.ts";
import { StopMemory } from "../values/memory.ts";
import type { ValueContext, ValueLimits } from "../values/value.ts";

interface StopContext extends ValueContext {
  readonly memory: StopMemory;
}

/** What values need, one for each module and stop: memory that was read is kept while the stop lasts. */
export class ValueContexts {
  readonly #limits: ValueLimits;
  readonly #byStop = new WeakMap<Stop, Map<EngineModule, StopContext>>();

  constructor(limits: ValueLimits) {
    this.#limits = limits;
  }

  of(stop: Stop, module: LoadedModule): ValueContext {
    const contexts = this.#byStop.get(stop) ?? new Map<EngineModule, StopContext>();
    this.#byStop.set(stop, contexts);
    const known = contexts.get(module.engine);
    if (known) return known;
    const context: StopContext = {
      memory: new StopMemory(stop, module.engine),
      limits: this.#limits,
      functionName: (tableIndex) => functionName(stop, module, tableIndex),
    };
    contexts.set(module.engine, context);
    return context;
  }

  /** Memory was written at the stop: what was read before does not hold any more. */
  forget(stop: Stop): void {
    for (const { memory } of this.#byStop.get(stop)?.values() ?? []) memory.clear();
  }
}

async function functionName(stop: Stop, module: LoadedModule, element: number): Promise<string | undefined> {
  const index = await stop.functionInTable(module.engine, 0, element);
  const body = index === undefined ? undefined : module.wasm.functions[index]?.body;
  if (!body) return undefined;
  const info = (await module.symbols.functionAt(body.start)) ?? (await module.disassembly.functionAt(body.start));
  return info?.name;
}
