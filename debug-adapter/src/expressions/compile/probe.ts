/**
 * Where variables are before anything has stopped: symbols are asked about frames that are made up. Each local, each global and each word of memory that
 * the symbols ask for holds a number that stands for it, and what comes back tells which of them the place was worked out of, and what was added.
 * Several frames with other numbers must agree; a place that is anything but such a sum is not found, and stays in the adapter.
 */
import type { DataType } from "#core/dwarf/data-type.ts";
import { readLocals } from "#core/wasm/locals.ts";
import type { ModuleOffset } from "#core/wasm/offsets.ts";
import type { MemoryPiece, Stop, WasmState, WasmValue } from "../../engine/engine.ts";
import type { LoadedModule } from "../../program/loaded-module.ts";
import type { UserWasmFrame } from "../../stack/user-frame.ts";
import type { Language, ModuleSymbols, Variable } from "../../symbols/module-symbols.ts";
import type { TypedScalar } from "../arithmetic.ts";
import { findVariable, findWasmVariable } from "../find-variable.ts";
import { builtInType, type NumberShape, type Rules, rulesOf } from "../number-types.ts";
import { constantNamed } from "../operands.ts";
import type { AddressCode, NumberCode } from "./engine-code.ts";
import { numberShape, offsetBy } from "./typed-code.ts";

/** Where a variable is in every frame at one offset. */
export type VariablePlace = Place & { readonly language: Language };

type Place =
  | { readonly kind: "memory"; readonly address: AddressCode; readonly type: DataType }
  /** A number that is in a local or global, with the bits of `type`. */
  | { readonly kind: "number"; readonly code: NumberCode; readonly type: DataType };

/** Numbers of slots are this far apart, so that what is added to one can be told. */
const stride = 0x20_0000;
/** No more locals, globals and words than this are told apart. */
const mostSlots = 1500;
/** Slots begin behind the memory that constants may be addresses of. */
const firstNumber = 0x1000_0000;

/** A local, global or word of memory. */
interface Slot {
  /** What an address is worked out of, an unsigned Number of 32 bits; of a floating-point slot its value. */
  readonly text: string;
  /** All its bits, as a BigInt without sign. */
  readonly bits: string;
  readonly form: "i32" | "i64" | "f32" | "f64";
}

/** How numbers stand for slots in one made-up frame; all give other low bits, as a part of a number must not be taken for a constant. */
type Numbering = (slot: number) => number;
const numberings: readonly Numbering[] = [
  (slot) => firstNumber + slot * stride + 0x51a7,
  (slot) => firstNumber + ((slot * 769 + 31) % mostSlots) * stride + 0xc3e9,
  (slot) => ~(firstNumber + slot * stride + 0x51a7) >>> 0,
];
/** Of floating-point slots: integers, exact in 32 bits too. */
const floatNumberings: readonly Numbering[] = [
  (slot) => 8_000_001 + slot * 3,
  (slot) => 12_000_001 + slot * 5,
  (slot) => -9_000_001 - slot * 7,
];

export class PlaceProbe {
  readonly rules: Rules;
  readonly #module: LoadedModule;
  readonly #symbols: ModuleSymbols;
  readonly #offset: ModuleOffset;
  /** The same in all frames: slots get their numbers in the order in which they are asked for. */
  readonly #slots: Slot[] = [];
  readonly #slotOf = new Map<string, number>();
  readonly #frames: readonly ProbeFrame[];
  readonly #places = new Map<string, Promise<VariablePlace | undefined>>();

  constructor(module: LoadedModule, symbols: ModuleSymbols, offset: ModuleOffset) {
    this.#module = module;
    this.#symbols = symbols;
    this.#offset = offset;
    this.rules = rulesOf(symbols.languageAt?.(offset) ?? "other");
    const func = module.wasm.functionAt(offset);
    const types = func && readLocals(module.wasm, func);
    const locals = types ? [...types.params, ...types.locals] : [];
    const globals = module.wasm.globals.map(({ type }) => type);
    this.#frames = numberings.map((_, which) => ({
      which,
      state: {
        locals: locals.map((type, index) => this.#value("locals", index, type, which)),
        globals: globals.map((type, index) => this.#value("globals", index, type, which)),
        stack: [],
      },
    }));
  }

  /** `undefined`: there is no such variable here, or its place depends on more than can be told. */
  find(name: string): Promise<VariablePlace | undefined> {
    const known = this.#places.get(name) ?? this.#find(name);
    this.#places.set(name, known);
    return known;
  }

  async #find(name: string): Promise<VariablePlace | undefined> {
    const found: Variable[] = [];
    for (const frame of this.#frames) {
      const variable = await this.#variable(this.#userFrame(frame), name);
      if (!variable) return undefined;
      found.push(variable);
    }
    const place = this.#placeOf(found);
    return place && { ...place, language: found[0]!.language };
  }

  /** Of names that may mean something else in the debug information, WebAssembly's own are left to the adapter. */
  async #variable(frame: UserWasmFrame, name: string): Promise<Variable | undefined> {
    const found = await findVariable(frame, name);
    return found ?? (name.startsWith("$") || !this.#symbols.names ? findWasmVariable(frame, name) : undefined);
  }

  /** A word of the language, or an enumerator, in the order of `find-name.ts`. */
  constant(name: string): TypedScalar | undefined {
    return constantNamed(name, this.rules) ?? this.#symbols.names?.enumeratorNamed(name, this.#offset);
  }

  #placeOf(found: readonly Variable[]): Place | undefined {
    const kinds = new Set(found.map(({ value }) => value.kind));
    if (kinds.size !== 1) return undefined;
    switch (found[0]!.value.kind) {
      case "wasm":
        return this.#machineValue(found);
      case "memory":
        return this.#memoryPlace(found);
      case "bytes":
        return this.#heldValue(found);
      default:
        return undefined;
    }
  }

  #machineValue(found: readonly Variable[]): Place | undefined {
    const { state } = this.#frames[0]!;
    const { value } = found[0]!;
    if (value.kind !== "wasm") return undefined;
    for (const list of ["locals", "globals"] as const) {
      const index = state[list].indexOf(value.value);
      const form = index < 0 ? undefined : machineForms[value.value.type];
      if (form) return { kind: "number", code: { form, text: `${list}[${index}].value` }, type: builtInType(value.value.type, "wat")! };
    }
    return undefined;
  }

  #memoryPlace(found: readonly Variable[]): Place | undefined {
    const values = found.flatMap(({ value }) => (value.kind === "memory" && value.memoryIndex === 0 ? [value] : []));
    const address = values.length < found.length ? undefined : this.#addressOf(values.map((value) => value.address));
    return address && { kind: "memory", address, type: values[0]!.type };
  }

  #heldValue(found: readonly Variable[]): Place | undefined {
    const values = found.flatMap(({ value }) => (value.kind === "bytes" ? [value] : []));
    const { type, bytes } = values[0]!;
    const views = values.map((value) => new DataView(value.bytes.buffer, value.bytes.byteOffset, value.bytes.byteLength));
    if (views.some(({ byteLength }) => byteLength !== bytes.length) || (bytes.length !== 4 && bytes.length !== 8)) return undefined;
    const floats = views.map((view) => (bytes.length === 4 ? view.getFloat32(0, true) : view.getFloat64(0, true)));
    const slot = this.#slots.findIndex((_, at) => floats.every((value, which) => value === floatNumberings[which]!(at)));
    const shape = numberShape(type);
    if (slot >= 0) {
      const { form, text } = this.#slots[slot]!;
      const isWhole = shape.kind === "float" && form === (bytes.length === 4 ? "f32" : "f64");
      return isWhole ? { kind: "number", code: { form: "float", text }, type } : undefined;
    }
    const whole = views.map((view) => Number(bytes.length === 4 ? view.getUint32(0, true) : view.getBigUint64(0, true)));
    const sum = this.#sumOf(whole);
    // What is the same in all frames may be a constant, or a comparison with what none of the numbers is.
    if (!sum || sum.slot === undefined || shape.kind === "float" || shape.size !== bytes.length) return undefined;
    return { kind: "number", code: heldNumber(this.#slots[sum.slot]!, sum.added, shape), type };
  }

  #addressOf(addresses: readonly number[]): AddressCode | undefined {
    const sum = this.#sumOf(addresses);
    if (!sum) return undefined;
    if (sum.slot === undefined) return { text: `${sum.added}` };
    const { text } = this.#slots[sum.slot]!;
    return sum.added === 0 ? { text } : { text: `(${text}+${sum.added}>>>0)` };
  }

  /** The slot, if any, and the constant that give these numbers in the frames. */
  #sumOf(numbers: readonly number[]): { readonly slot: number | undefined; readonly added: number } | undefined {
    const first = numbers[0]!;
    if (numbers.every((number) => number === first)) return first < firstNumber / 2 ? { slot: undefined, added: first } : undefined;
    const slot = Math.round((first - numberings[0]!(0)) / stride);
    const known = this.#slots[slot];
    if (!known || (known.form !== "i32" && known.form !== "i64")) return undefined;
    const added = first - numberings[0]!(slot);
    return numbers.every((number, which) => number === numberings[which]!(slot) + added) ? { slot, added } : undefined;
  }

  #userFrame({ state, which }: ProbeFrame): UserWasmFrame {
    const module = this.#module.engine;
    return {
      kind: "wasm",
      stop: this.#stop(which),
      engine: { kind: "wasm", module, offset: this.#offset, state: () => Promise.resolve(state) },
      module: this.#module,
      symbols: this.#symbols,
      name: "",
      inlineDepth: 0,
      source: undefined,
      place: undefined,
      line: 0,
      column: 0,
      lostSource: undefined,
    };
  }

  /** Memory can be read, as some symbols follow pointers: a word of it is a slot, too. */
  #stop(which: number): Stop {
    return {
      target: this.#module.engine.target,
      reason: "pause",
      hits: [],
      frames: [],
      unwound: false,
      readMemory: (_module, _memory, pieces) => Promise.resolve(pieces.map((piece) => this.#read(piece, which))),
      writeMemory: refuse,
      writeGlobal: refuse,
      growMemory: refuse,
      keepMemory: refuse,
      callFunction: refuse,
      share: refuse,
      functionInTable: refuse,
      goReference: refuse,
    };
  }

  #read({ address, length }: MemoryPiece, which: number): Uint8Array {
    const bytes = new Uint8Array(Math.min(length, 0x1_0000));
    const view = new DataView(bytes.buffer);
    // Never the same in two frames: nothing is made of it.
    if (length !== 4) return bytes.fill(0x40 + which * 7);
    const from = this.#codeOf(address, which);
    view.setUint32(
      0,
      from === undefined
        ? 0xf100_0000 + which * 0x1234
        : this.#numberOf(word(`points.present(memory.getUint32(${from.text},true))`), which),
      true,
    );
    return bytes;
  }

  /** What an address stands for, going by one frame; whether the others agree shows at the end. */
  #codeOf(address: number, which: number): AddressCode | undefined {
    if (address < firstNumber / 2) return { text: `${address}` };
    const slot = this.#slots.findIndex((_, at) => Math.abs(address - numberings[which]!(at)) < stride / 2);
    return slot < 0 ? undefined : offsetBy(this.#slots[slot]!, address - numberings[which]!(slot));
  }

  #value(list: "locals" | "globals", index: number, type: string, which: number): WasmValue {
    const text = `${list}[${index}].value`;
    switch (type) {
      case "i32":
        return { type, value: this.#numberOf(word(`(${text}>>>0)`), which) | 0 };
      case "i64":
        return {
          type,
          value: BigInt(
            this.#numberOf({ text: `Number(BigInt.asUintN(32,${text}))`, bits: `BigInt.asUintN(64,${text})`, form: type }, which),
          ),
        };
      case "f32":
      case "f64":
        return { type, value: this.#numberOf({ text, bits: "", form: type }, which) };
      default:
        return { type: "ref", text: "" };
    }
  }

  #numberOf(wanted: Slot, which: number): number {
    const { text, form } = wanted;
    let slot = this.#slotOf.get(text);
    if (slot === undefined) {
      slot = this.#slots.length;
      this.#slots.push(wanted);
      this.#slotOf.set(text, slot);
    }
    const numbering = form === "i32" || form === "i64" ? numberings[which]! : floatNumberings[which]!;
    // Too many to be told apart: one that is found for none of them.
    return slot < mostSlots ? numbering(slot) : 0xfff0_0000 + which;
  }
}

const refuse = (): Promise<never> => Promise.reject(new Error("a frame that is made up holds nothing"));

interface ProbeFrame {
  readonly which: number;
  readonly state: WasmState;
}

const machineForms: Partial<Record<WasmValue["type"], NumberCode["form"]>> = { i32: "int", i64: "big", f32: "float", f64: "float" };

const word = (text: string): Slot => ({ text, bits: `BigInt(${text})`, form: "i32" });

/** Sums are made in the 32 bits of an address, as in the expressions of debug information. */
function heldNumber({ text, bits, form }: Slot, added: number, { kind, size }: NumberShape): NumberCode {
  if (size === 4 && (added !== 0 || form === "i32")) return { form: "int", text: `(${text}+${added}${kind === "signed" ? "|0" : ">>>0"})` };
  const whole = added === 0 ? bits : `BigInt(${text}+${added}>>>0)`;
  return { form: "big", text: kind === "signed" ? `BigInt.asIntN(${size * 8},${whole})` : `BigInt.asUintN(${size * 8},${whole})` };
}
