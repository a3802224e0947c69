import type { LoadedModule } from "../program/loaded-module.ts";
import type { BoundOffset } from "./bound-offset.ts";

export interface FunctionPlaces {
  readonly wanted: readonly BoundOffset[];
  /** Why there are none. */
  readonly problem: string | undefined;
}

/** Where a breakpoint on a function belongs: behind its prologue, in every module that has a function of that name. */
export async function functionPlaces(name: string, modules: readonly LoadedModule[]): Promise<FunctionPlaces> {
  const wanted: BoundOffset[] = [];
  let problem: string | undefined;
  for (const module of modules) {
    const found = module.symbols.functionPlaces ? await module.symbols.functionPlaces(name) : { offsets: await offsetsOf(name, module) };
    wanted.push(...found.offsets.map((offset) => ({ module, symbols: module.symbols, offset })));
    problem ??= "problem" in found ? found.problem : undefined;
  }
  return { wanted, problem: wanted.length > 0 ? undefined : (problem ?? `location "${name}" not found`) };
}

async function offsetsOf(name: string, { symbols, wasm }: LoadedModule): Promise<BoundOffset["offset"][]> {
  const offsets: BoundOffset["offset"][] = [];
  for (const { body } of wasm.functions) {
    const info = body && (await symbols.functionAt(body.start));
    if (info?.name === name) offsets.push(info.bodyStart);
  }
  return offsets;
}
