import { attribute, tag } from "#core/dwarf/constants.ts";
import type { DebugInfo } from "#core/dwarf/debug-info.ts";
import type { Entry } from "#core/dwarf/entries.ts";
import { functionName } from "#core/dwarf/functions.ts";
import { rangesAt } from "#core/dwarf/ranges.ts";
import type { WasmModule } from "#core/wasm/module.ts";
import type { FunctionIndex } from "#core/wasm/offsets.ts";
import type { LinkedNames } from "../linked-names.ts";
import type { AddressSpace } from "./addresses.ts";
import type { DwarfNames } from "./names.ts";

export class DwarfLinkedNames implements LinkedNames {
  readonly #module: WasmModule;
  readonly #info: DebugInfo;
  readonly #names: DwarfNames;
  readonly #addresses: AddressSpace;

  constructor(module: WasmModule, info: DebugInfo, names: DwarfNames, addresses: AddressSpace) {
    this.#module = module;
    this.#info = info;
    this.#names = names;
    this.#addresses = addresses;
  }

  of(index: FunctionIndex): string | undefined {
    const body = this.#module.functions[index]?.body;
    const entry = body && this.#info.functionAt(this.#addresses.toAddress(body.start))?.entry;
    return entry && linkedName(entry);
  }

  functionsCalled(plainName: string): ReadonlyMap<FunctionIndex, string> {
    const found = new Map<FunctionIndex, string>();
    for (const entry of this.#names.entriesNamed(plainName)) {
      if (entry.tag !== tag.subprogram) continue;
      const [range] = rangesAt(entry.unit, entry.offset);
      const index = range && this.#module.functionAt(this.#addresses.toOffset(range.low))?.index;
      if (index !== undefined) found.set(index, linkedName(entry));
    }
    return found;
  }
}

const linkedName = (entry: Entry): string => entry.text(attribute.linkageName) ?? functionName(entry);
