import { readModule } from "#core/wasm/module.ts";
import { moduleOffset } from "#core/wasm/offsets.ts";
import { dwarfSymbols } from "../../../debug-adapter/src/symbols/dwarf.ts";
import type { ModuleSymbols } from "../../../debug-adapter/src/symbols/module-symbols.ts";
import { moduleBytes } from "../../support/debug-modules.ts";
import { dwarfFrame, machineState } from "./dwarf-frames.ts";

/** Symbols of a module in the corpus folder of units, with the files of that folder that it may read. */
export async function symbolsOf(name: string, ...beside: readonly string[]): Promise<ModuleSymbols> {
  const readFile = (file: string): Promise<Uint8Array | undefined> =>
    Promise.resolve(beside.includes(file) ? moduleBytes(`units/${file}`) : undefined);
  return (await dwarfSymbols({ bytes: moduleBytes(`units/${name}`), name, readFile }))!;
}

/** The bodies of all functions. */
export const code = (bytes: Uint8Array<ArrayBuffer>): Uint8Array[] =>
  readModule(bytes).module.functions.map(({ body }) => bytes.slice(body!.start, body!.end));

/** What the debug information says of every variable at every byte of the code: its value in a machine all of whose locals are 9. */
export async function everyPlace(symbols: ModuleSymbols, name: string): Promise<string[]> {
  const { module } = readModule(moduleBytes(`units/${name}`));
  const said: string[] = [];
  for (const { body } of module.functions) {
    for (let at = body!.start; at < body!.end; at = moduleOffset(at + 1)) {
      const frame = dwarfFrame(at, machineState(9));
      for (const scope of await symbols.scopesAt(frame)) {
        for (const { name: variable, value, typeName } of scope.variables) {
          const shown = { ...value, type: undefined } as object;
          said.push(`${at - body!.start} ${variable} ${typeName} ${JSON.stringify(shown)}`);
        }
      }
    }
  }
  return said;
}
