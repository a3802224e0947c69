/** What is known of the code of a Go program: by listing where there is one, else by its bytes and the function table. */
import type { WasmModule } from "#core/wasm/module.ts";
import { moduleOffset, type ModuleOffset } from "#core/wasm/offsets.ts";
import { readCodeRows, type CodeRows } from "../binary/code-rows.ts";
import type { FunctionTable } from "../binary/function-table.ts";
import { toDefinedIndex, type DefinedIndex } from "../binary/program-counter.ts";
import { callRowBefore, positionAt } from "../listing/breakpoint-rows.ts";
import type { GoLines } from "../listing/go-lines.ts";

/** A source position of Go code; 1-based line. */
export interface GoPosition {
  readonly file: string;
  readonly line: number;
}

/** Keeps the rows of functions without a listing. */
export class GoCode {
  readonly module: WasmModule;
  readonly table: FunctionTable;
  readonly lines: GoLines;
  readonly #decoded = new Map<DefinedIndex, CodeRows | undefined>();

  constructor(module: WasmModule, table: FunctionTable, lines: GoLines) {
    this.module = module;
    this.table = table;
    this.lines = lines;
  }

  functionAt(offset: ModuleOffset): DefinedIndex | undefined {
    const func = this.module.functionAt(offset);
    return func && toDefinedIndex(func.index, this.module.importedFunctionCount);
  }

  /** `undefined` for functions that have no frame on the Go stack, and damaged ones. */
  rows(index: DefinedIndex): CodeRows | undefined {
    const aligned = this.lines.aligned(index);
    if (aligned) return aligned.goFrame ? aligned : undefined;
    if (!this.#decoded.has(index)) {
      const func = this.module.functions[this.module.importedFunctionCount + index];
      this.#decoded.set(index, func && readCodeRows(this.module, func, this.table.frameSize(index)));
    }
    return this.#decoded.get(index);
  }

  frameSize(index: DefinedIndex): number {
    return this.lines.aligned(index)?.frameSize ?? this.table.frameSize(index);
  }

  /** Where the code at `offset` comes from; `block` serves where only the function table knows. */
  positionAt(index: DefinedIndex, offset: ModuleOffset, block: number): GoPosition | undefined {
    const aligned = this.lines.aligned(index);
    return aligned ? positionAt(aligned, offset) : this.#tablePosition(index, block);
  }

  /** Position of the call that returns to `block`. Without a listing that of the block before, as in the runtime's own traces. */
  callPosition(index: DefinedIndex, block: number): GoPosition | undefined {
    const offset = this.callOffset(index, block);
    const aligned = this.lines.aligned(index);
    if (aligned && offset !== undefined) return positionAt(aligned, offset);
    return this.#tablePosition(index, Math.max(block - 1, 0));
  }

  /** Offset of the call that returns to `block`; `undefined` without a listing. */
  callOffset(index: DefinedIndex, block: number): ModuleOffset | undefined {
    const aligned = this.lines.aligned(index);
    const row = aligned && callRowBefore(aligned, block);
    return aligned && row !== undefined ? moduleOffset(aligned.offsets[row]!) : undefined;
  }

  #tablePosition(index: DefinedIndex, block: number): GoPosition | undefined {
    const file = this.table.file(index, block);
    const line = this.table.line(index, block);
    return file === undefined || line === undefined ? undefined : { file, line };
  }
}
