import { ByteError } from "#core/bytes/reader.ts";
import { printableText } from "#core/text/printable.ts";
import { isBreakable } from "#core/wasm/breakable.ts";
import { InstructionCursor } from "#core/wasm/instruction-cursor.ts";
import { readLocals } from "#core/wasm/locals.ts";
import type { ModuleFunction, WasmModule } from "#core/wasm/module.ts";
import type { FunctionIndex, ModuleOffset } from "#core/wasm/offsets.ts";
import type { Stop, WasmFrame } from "../engine/engine.ts";
import type { StopException } from "../program/stop-exception.ts";
import type { ExceptionSource } from "../symbols/exception-source.ts";
import type { LinkedNames } from "../symbols/linked-names.ts";
import { StopMemory } from "../values/memory.ts";
import { cFunctions } from "./c.ts";
import type { PanicContext, PanicFunction } from "./panic-function.ts";
import { rustFunctions } from "./rust.ts";
import { tinyGoFunctions } from "./tinygo.ts";
import { zigFunctions } from "./zig.ts";

const known: readonly PanicFunction[] = [...rustFunctions, ...cFunctions, ...zigFunctions, ...tinyGoFunctions];

/** Milliseconds that a function of the program may take to write its message. */
const callLimit = 1000;
/** Linkers leave the first bytes of memory to null pointers, or to the far end of the stack. */
const unusedAddress = 16;

/** A function of the module's runtime, and where its arguments are still as they were given. */
interface Place {
  readonly filter: PanicFunction["filter"];
  readonly offset: ModuleOffset;
  readonly fn: PanicFunction;
  readonly index: FunctionIndex;
}

/**
 * Panics and aborts of languages whose runtime is in the module: they stop where that is called, above the frame of the user, and are told with
 * the program's own words. Functions are found by the name section; in modules that have none of them, by debug information.
 */
export function runtimePanics(module: WasmModule, linked?: LinkedNames): ExceptionSource | undefined {
  const { functions } = module.names();
  const nameOf = (index: FunctionIndex): string | undefined => functions.get(index) ?? linked?.of(index);
  const places = placesIn(module, functions.size > 0 || !linked ? functions : calledSo(linked));
  return places.length > 0 ? new RuntimePanics(module, places, nameOf) : undefined;
}

/** Functions that may be those that are watched. */
function calledSo(linked: LinkedNames): ReadonlyMap<FunctionIndex, string> {
  return new Map(known.flatMap(({ plainName }) => (plainName === undefined ? [] : [...linked.functionsCalled(plainName)])));
}

function placesIn(module: WasmModule, names: ReadonlyMap<number, string>): readonly Place[] {
  const places: Place[] = [];
  for (const [index, name] of names) {
    const fn = known.find((row) => row.name.test(name));
    const func = fn && module.functions[index];
    const offset = func && hasParams(module, func, fn.params) ? firstStop(module, func) : undefined;
    if (fn && func && offset !== undefined) places.push({ filter: fn.filter, offset, fn, index: func.index });
  }
  return withoutHandler(places);
}

/** A handler that std has of its own calls what is watched already, with more to be read. */
function withoutHandler(places: readonly Place[]): readonly Place[] {
  const [handler, panic] = rustFunctions;
  return places.some(({ fn }) => fn === panic) ? places.filter(({ fn }) => fn !== handler) : places;
}

function hasParams(module: WasmModule, func: ModuleFunction, count: number): boolean {
  const type = module.types[func.typeIndex];
  return type?.kind === "func" && type.params.length === count && type.params.every((param) => param === "i32");
}

/** The first instruction at which an engine can stop. */
function firstStop(module: WasmModule, func: ModuleFunction): ModuleOffset | undefined {
  const start = readLocals(module, func)?.bodyStart;
  if (!func.body || start === undefined) return undefined;
  const cursor = new InstructionCursor(module.bytes, { start, end: func.body.end });
  try {
    for (let instruction = cursor.next(); instruction; instruction = cursor.next()) {
      if (isBreakable(instruction)) return cursor.offset;
    }
  } catch (error) {
    if (!(error instanceof ByteError)) throw error;
  }
  return undefined;
}

class RuntimePanics implements ExceptionSource {
  readonly places: readonly Place[];
  readonly #module: WasmModule;
  readonly #nameOf: (index: FunctionIndex) => string | undefined;

  constructor(module: WasmModule, places: readonly Place[], nameOf: (index: FunctionIndex) => string | undefined) {
    this.#module = module;
    this.places = places;
    this.#nameOf = nameOf;
  }

  async describe(stop: Stop, offset: ModuleOffset): Promise<StopException> {
    const place = this.places.find((row) => row.offset === offset);
    const kind = place?.fn.kind ?? "panic";
    const said = place && (await this.#text(stop, place).catch(() => undefined));
    const text = said && printableText(said);
    return { id: kind, headline: `Paused on ${kind}`, text: text || kind, typeName: kind, message: text ?? "" };
  }

  async #text(stop: Stop, { fn }: Place): Promise<string | undefined> {
    const frame = stop.frames.find((entry) => entry.kind === "wasm");
    if (!frame) return undefined;
    const { locals } = await frame.state();
    const args = locals.slice(0, fn.params).flatMap((local) => (local.type === "i32" ? [local.value >>> 0] : []));
    return args.length === fn.params ? fn.text(args, this.#context(stop, frame)) : undefined;
  }

  #context(stop: Stop, { module }: WasmFrame): PanicContext {
    const memory = new StopMemory(stop, module);
    return {
      memory,
      limits: { maxStringLen: 512, maxArrayValues: 16 },
      functionName: async (element) => {
        const index = await stop.functionInTable(module, 0, element);
        return index === undefined ? undefined : this.#nameOf(index);
      },
      callForEffect: async (element, argument) => {
        const index = await stop.functionInTable(module, 0, element);
        const func = index === undefined ? undefined : this.#module.functions[index];
        if (index === undefined || !func || !hasParams(this.#module, func, 2)) return false;
        const kept = Uint8Array.from(await memory.read(0, unusedAddress, 8));
        try {
          return (await stop.callFunction(module, index, [unusedAddress, argument], callLimit)).kind === "returned";
        } finally {
          await stop.writeMemory(module, 0, unusedAddress, kept);
          memory.clear();
        }
      },
    };
  }
}
