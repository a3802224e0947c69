import type { DebugInfo } from "#core/dwarf/debug-info.ts";
import type { Entry } from "#core/dwarf/entries.ts";
import { functionName } from "#core/dwarf/functions.ts";
import type { WasmModule } from "#core/wasm/module.ts";
import type { AddressSpace } from "./addresses.ts";

/** A contiguous piece of a function's code, in DWARF addresses. */
export interface CodePiece {
  readonly low: number;
  readonly high: number;
  /** `undefined` where the debug information has lines but no functions, as that of a module with split DWARF. */
  readonly entry: Entry | undefined;
}

/** Functions as the debug information has them; where it has lines only, as the module has them. */
export class CodePieces {
  readonly #module: WasmModule;
  readonly #info: DebugInfo;
  readonly #addresses: AddressSpace;

  constructor(module: WasmModule, info: DebugInfo, addresses: AddressSpace) {
    this.#module = module;
    this.#info = info;
    this.#addresses = addresses;
  }

  at(address: number): CodePiece | undefined {
    return this.#info.functionAt(address) ?? this.#ofModule(address);
  }

  nameOf(piece: CodePiece): string {
    if (piece.entry) return functionName(piece.entry);
    const index = this.#module.functionAt(this.#addresses.toOffset(piece.low))?.index;
    return (index === undefined ? undefined : this.#module.names().functions.get(index)) ?? `$func${index ?? ""}`;
  }

  #ofModule(address: number): CodePiece | undefined {
    const body = this.#module.functionAt(this.#addresses.toOffset(address))?.body;
    if (!body || !this.#info.rowAt(address)) return undefined;
    return { low: this.#addresses.toAddress(body.start), high: this.#addresses.toAddress(body.end), entry: undefined };
  }
}
