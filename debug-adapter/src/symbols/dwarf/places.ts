import { attribute } from "#core/dwarf/constants.ts";
import { withoutAliases, type DataType } from "#core/dwarf/data-type.ts";
import type { Entry } from "#core/dwarf/entries.ts";
import { evaluate, type ExpressionContext, type Place } from "#core/dwarf/expression.ts";
import { isTombstone, type AttributeValue } from "#core/dwarf/forms.ts";
import { locationAt } from "#core/dwarf/location-lists.ts";
import type { WasmValue } from "../../engine/engine.ts";
import type { LogicalFrame, VariableValue } from "../module-symbols.ts";
import type { DescribedVariable } from "./described-variable.ts";

export const optimizedOutValue: VariableValue = { kind: "unavailable", reason: "optimized out" };
const damaged: VariableValue = { kind: "unavailable", reason: "its location is damaged in the debug information" };
/** Linear memory that DWARF speaks of: producers know one memory only. */
const memoryIndex = 0;
const partlyGone: VariableValue = { kind: "unavailable", reason: "partly optimized out" };
/** Bytes that an i32 or f32 of the machine holds. */
const narrowBytes = 4;
/** How many values of the machine with 32 bits, and how many others, an expression has used. */
interface MachineReads {
  narrow: number;
  wide: number;
}
/** A function's frame base, and what it was worked out of. */
interface EvaluatedBase {
  readonly place: Place | undefined;
  readonly reads: MachineReads;
}
/** Reads that one location may need before it is given up. */
const readLimit = 16;

/** Works out where variables are, for one frame. */
export class FramePlaces {
  readonly #frame: LogicalFrame;
  readonly #fn: Entry;
  readonly #address: number;
  readonly #memory = new Map<string, Uint8Array>();
  #base: EvaluatedBase | undefined;

  /** `fn` is the function around `address`, not an inlined one: it has the frame base. */
  constructor(frame: LogicalFrame, fn: Entry, address: number) {
    this.#frame = frame;
    this.#fn = fn;
    this.#address = address;
  }

  /** A promise only where memory has to be read first. */
  valueOf(variable: DescribedVariable): VariableValue | Promise<VariableValue> {
    const { entry, type, size } = variable;
    const choice = variable.location ?? locationAt(entry, attribute.location, this.#address);
    switch (choice.kind) {
      case "none": {
        const constant = entry.inherited(attribute.constValue);
        return constant ? constantValue(constant, type, size) : optimizedOutValue;
      }
      case "not-here":
        return optimizedOutValue;
      case "damaged":
        return damaged;
      case "expression": {
        const machine: MachineReads = { narrow: 0, wide: 0 };
        const place = evaluate(choice.bytes, this.#context(entry, machine));
        if (place.kind !== "needs-memory") return this.#valueOrParts(place, variable, machine);
        return this.#evaluate(choice.bytes, entry, machine, place).then((read) => this.#valueOrParts(read, variable, machine));
      }
    }
  }

  #valueOrParts(place: Place, { type, size }: DescribedVariable, machine: MachineReads): VariableValue | Promise<VariableValue> {
    // A compiler that lost the other parts of a value says nothing of them: what one part holds is not the value.
    if (place.kind === "value" && size !== undefined && size > narrowBytes && machine.narrow > 0 && machine.wide === 0) return partlyGone;
    return place.kind === "pieces" ? this.#joined(place.pieces, type) : valueAt(place, type, size);
  }

  /** Reads what the evaluation of `bytes` has come to need, as often as it needs more. */
  async #evaluate(bytes: Uint8Array, entry: Entry, reads: MachineReads, first: Place): Promise<Place> {
    let place = first;
    for (let count = 0; place.kind === "needs-memory"; count++) {
      if (count === readLimit) return { kind: "unavailable", reason: "its location needs too much memory" };
      this.#memory.set(memoryKey(place.address, place.length), await this.#read(place.address, place.length));
      place = evaluate(bytes, this.#context(entry, reads));
    }
    return place;
  }

  async #read(address: number, length: number): Promise<Uint8Array> {
    const [bytes] = await this.#frame.stop.readMemory(this.#frame.module, memoryIndex, [{ address, length }]);
    return bytes ?? new Uint8Array(0);
  }

  #context(entry: Entry, reads: MachineReads): ExpressionContext {
    const { state } = this.#frame;
    const lists = { local: state.locals, global: state.globals, stack: state.stack };
    return {
      unit: entry.unit,
      wasm: (kind, index) => {
        const value = lists[kind][index];
        if (value?.type === "i32" || value?.type === "f32") reads.narrow++;
        else reads.wide++;
        return bitsOf(value);
      },
      memory: (address, length) => this.#memory.get(memoryKey(address, length)),
      frameBase: () => this.#frameBase(reads),
    };
  }

  /** The same for all variables; each counts what it takes as its own reads. */
  #frameBase(reads: MachineReads): Place | undefined {
    const { frameBase: known } = this.#frame;
    if (known !== undefined) return { kind: "value", bits: BigInt(known) };
    const base = this.#base ?? this.#evaluatedBase();
    if (base.place?.kind !== "needs-memory") this.#base = base;
    reads.narrow += base.reads.narrow;
    reads.wide += base.reads.wide;
    return base.place;
  }

  #evaluatedBase(): EvaluatedBase {
    const reads: MachineReads = { narrow: 0, wide: 0 };
    const base = locationAt(this.#fn, attribute.frameBase, this.#address);
    if (base.kind !== "expression") return { place: undefined, reads };
    return { place: evaluate(base.bytes, { ...this.#context(this.#fn, reads), frameBase: () => undefined }), reads };
  }

  async #joined(pieces: Extract<Place, { kind: "pieces" }>["pieces"], type: DataType): Promise<VariableValue> {
    const present = pieces.filter((piece) => piece.place);
    if (present.length === 0) return optimizedOutValue;
    if (present.length < pieces.length) return { kind: "unavailable", reason: "partly optimized out" };
    if (pieces.some((piece) => piece.size % 8 !== 0 || piece.offset !== 0))
      return { kind: "unavailable", reason: "it is kept in pieces of bits, which are not supported" };
    const parts = await Promise.all(pieces.map((piece) => this.#bytesOf(piece.place, piece.size / 8)));
    const known = parts.filter((part) => part !== undefined);
    if (known.length < parts.length) return damaged;
    return { kind: "bytes", bytes: concatenated(known), type };
  }

  async #bytesOf(place: Place | undefined, length: number): Promise<Uint8Array | undefined> {
    // A piece is at most a large struct; more is damage.
    if (!place || length > 0x10000) return undefined;
    if (place.kind === "value") return length <= 8 ? littleEndian(place.bits, length) : undefined;
    const bytes = place.kind === "bytes" ? place.bytes : place.kind === "memory" ? await this.#read(place.address, length) : undefined;
    return bytes && bytes.length >= length ? bytes.subarray(0, length) : undefined;
  }
}

function valueAt(place: Exclude<Place, { kind: "pieces" }>, type: DataType, size: number | undefined): VariableValue {
  switch (place.kind) {
    case "memory":
      // A variable that the linker dropped stands at an address that it does not have.
      if (isTombstone(place.address, 4)) return optimizedOutValue;
      return { kind: "memory", memoryIndex, address: place.address, type };
    case "value":
      if (size === undefined || size > 8) return { kind: "unavailable", reason: "its type does not fit its location" };
      return { kind: "bytes", bytes: littleEndian(isTruth(type) ? place.bits & 1n : place.bits, size), type };
    case "bytes":
      return { kind: "bytes", bytes: place.bytes, type };
    case "unavailable":
      return { kind: "unavailable", reason: place.reason };
    case "needs-memory":
      return damaged;
  }
}

/** LLVM keeps a truth value in one bit; the others of its place mean nothing. */
function isTruth(type: DataType): boolean {
  const plain = withoutAliases(type);
  return plain.kind === "base" && plain.encoding === "boolean";
}

const memoryKey = (address: number, length: number): string => `${address}:${length}`;

function constantValue(constant: AttributeValue, type: DataType, size: number | undefined): VariableValue {
  if (constant.kind === "block" || constant.kind === "expression") return { kind: "bytes", bytes: constant.bytes, type };
  if (constant.kind === "string") return { kind: "bytes", bytes: new TextEncoder().encode(`${constant.text}\0`), type };
  if (constant.kind === "constant" && size !== undefined && size <= 8)
    return { kind: "bytes", bytes: littleEndian(constant.value, size), type };
  return damaged;
}

function littleEndian(bits: bigint, size: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt.asUintN(64, bits), true);
  return bytes.subarray(0, size);
}

/** Bits of a value of the machine; `undefined` for what has more than 64 of them, and for references. */
function bitsOf(value: WasmValue | undefined): bigint | undefined {
  const view = new DataView(new ArrayBuffer(8));
  switch (value?.type) {
    case "i32":
      return BigInt.asUintN(32, BigInt(value.value));
    case "i64":
      return BigInt.asUintN(64, value.value);
    case "f32":
      view.setFloat32(0, value.value, true);
      return BigInt(view.getUint32(0, true));
    case "f64":
      view.setFloat64(0, value.value, true);
      return view.getBigUint64(0, true);
    default:
      return undefined;
  }
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
