/** What is known of a Go program without running it. */
import { findModuleData } from "#core/go/binary/module-data.ts";
import { readFunctionTable, type FunctionTable } from "#core/go/binary/function-table.ts";
import { readInitialMemory } from "#core/go/binary/initial-memory.ts";
import { isGoModule } from "#core/go/binary/go-module.ts";
import { toFunctionIndex, type DefinedIndex } from "#core/go/binary/program-counter.ts";
import { fieldOffset } from "#core/go/layouts/go-type-table.ts";
import type { GoLayouts } from "#core/go/layouts/layouts.ts";
import { GoLines } from "#core/go/listing/go-lines.ts";
import { GoCode } from "#core/go/runtime/go-code.ts";
import { wordAt } from "#core/go/runtime/memory-task.ts";
import { runtimeLayout, type RuntimeLayout } from "#core/go/runtime/runtime-layout.ts";
import { readWaitReasons } from "#core/go/runtime/wait-reasons.ts";
import type { ModuleFunction, WasmModule } from "#core/wasm/module.ts";
import type { GoBuild, LayoutsAnswer } from "../../launch/go-build.ts";
import type { DwarfSymbols } from "../dwarf.ts";
import { dwarfLines } from "./dwarf-lines.ts";

export class GoProgram {
  readonly module: WasmModule;
  readonly table: FunctionTable;
  /** Linear memory before the first instruction. */
  readonly memory: Uint8Array;
  readonly code: GoCode;
  /** Of the runtime's own types. */
  readonly layouts: GoLayouts | undefined;
  /** Where the runtime keeps its goroutines; `undefined` where that could not be found out. */
  readonly layout: RuntimeLayout | undefined;
  /** Word `gofunc` of the module data, from which inline trees count; `undefined` without a layout. */
  readonly functionData: number | undefined;
  /** What is missing, for the user. */
  readonly notes: readonly string[];
  #waitReasons: readonly string[] | undefined;

  /** Use {@link openGoProgram}. */
  constructor(module: WasmModule, table: FunctionTable, memory: Uint8Array, code: GoCode, answer: LayoutsAnswer) {
    this.module = module;
    this.table = table;
    this.memory = memory;
    this.code = code;
    this.layouts = "layouts" in answer ? answer.layouts : undefined;
    const found = "layouts" in answer ? layoutOf(answer.layouts) : answer;
    this.layout = "layout" in found ? found.layout : undefined;
    this.notes = "problem" in found ? [`goroutines that wait cannot be shown: ${found.problem}`] : [];
    this.functionData = this.#moduleWord(this.layout?.moduleData.functionData);
  }

  /** Texts by the numbers of `g.waitreason`. */
  get waitReasons(): readonly string[] {
    this.#waitReasons ??= readWaitReasons(this.code, this.memory);
    return this.#waitReasons;
  }

  functionOf(index: DefinedIndex): ModuleFunction | undefined {
    return this.module.functions[toFunctionIndex(index, this.module.importedFunctionCount)];
  }

  #moduleWord(offset: number | undefined): number | undefined {
    const address = offset === undefined ? undefined : findModuleData(this.memory, this.table);
    return address === undefined ? undefined : wordAt(this.memory, address + offset!);
  }
}

function layoutOf({ types, goVersion }: GoLayouts): { readonly layout: RuntimeLayout } | { readonly problem: string } {
  const found = runtimeLayout((struct, path) => fieldOffset(types, types.runtimeStruct(struct), ...path));
  return "layout" in found ? found : { problem: `${goVersion} has no ${found.missing.join(", ")}` };
}

/** `undefined` for a module of another compiler; `problem` for one whose function table cannot be used. */
export async function openGoProgram(
  module: WasmModule,
  build: GoBuild | undefined,
  dwarf: DwarfSymbols | undefined,
): Promise<{ readonly program: GoProgram } | { readonly problem: string } | undefined> {
  if (!isGoModule(module)) return undefined;
  const { memory } = readInitialMemory(module);
  const { table, problems } = readFunctionTable(memory, module.functions.length - module.importedFunctionCount);
  if (!table) return { problem: problems.join("; ") };
  const code = new GoCode(module, table, new GoLines(module, table, build?.listings ?? [], dwarf && dwarfLines(dwarf, table)));
  const answer = (await build?.runtime) ?? { problem: "Go is not installed" };
  return { program: new GoProgram(module, table, memory, code, answer) };
}
