import type { LoadedModule } from "../program/loaded-module.ts";
import { nameParts, withoutArguments } from "../symbols/name-parts.ts";
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
  const isWanted = nameTest(name);
  const offsets: BoundOffset["offset"][] = [];
  for (const { body } of wasm.functions) {
    const info = body && (await symbols.functionAt(body.start));
    if (info && isWanted(info.name)) offsets.push(info.bodyStart);
  }
  return offsets;
}

/** `/pattern/` is a regular expression; a plain name also means functions of this name in any class, module or namespace, and copies of templates. */
function nameTest(wanted: string): (name: string) => boolean {
  const pattern = /^\/(.+)\/$/.exec(wanted)?.[1];
  if (pattern !== undefined) {
    const expression = compiled(pattern);
    return (name) => expression?.test(name) ?? false;
  }
  return (name) => {
    if (name === wanted) return true;
    const plain = name.includes("<") ? nameParts(name).map(withoutArguments).join("::") : name;
    return plain === wanted || plain.endsWith(`::${wanted}`) || plain.endsWith(`.${wanted}`) || name.endsWith(`::${wanted}`);
  };
}

function compiled(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, "u");
  } catch {
    return undefined;
  }
}
