import { ByteError, ByteReader } from "#core/bytes/reader.ts";
import { indexedAddress, readAddress, type UnitEncoding } from "./forms.ts";

/** What an expression may ask of the stopped program. */
export interface ExpressionContext {
  readonly unit: UnitEncoding;
  /** Bits of a local, global, or slot of the operand stack (0 is its bottom) of the frame; `undefined` where there is none. */
  wasm(kind: "local" | "global" | "stack", index: number): bigint | undefined;
  /** The function's frame base, as a place; `undefined` where the function has none. */
  frameBase(): Place | undefined;
  /** Bytes of linear memory that were read before; `undefined` where they were not. */
  memory(address: number, length: number): Uint8Array | undefined;
}

/** Where a value is. Addresses are of linear memory. */
export type Place =
  | { readonly kind: "memory"; readonly address: number }
  /** The value itself, in little-endian bits. */
  | { readonly kind: "value"; readonly bits: bigint }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  /** In order; `size` in bits. A piece without a place was optimised away. */
  | {
      readonly kind: "pieces";
      readonly pieces: readonly { readonly place: Place | undefined; readonly size: number; readonly offset: number }[];
    }
  /** Evaluate again when this piece of memory has been read. */
  | { readonly kind: "needs-memory"; readonly address: number; readonly length: number }
  | { readonly kind: "unavailable"; readonly reason: string };

/** An expression may jump back; a damaged one must not run for ever. */
const stepLimit = 10_000;
const stackLimit = 1_000;

const unavailable = (reason: string): Place => ({ kind: "unavailable", reason });
const optimizedOut: Place = unavailable("optimized out");

/** Thrown inside of the evaluation only. */
class Ended extends Error {
  readonly place: Place;
  constructor(place: Place) {
    super();
    this.place = place;
  }
}

/** Evaluates a location expression (section 2.5 and, for DW_OP_WASM_location, the WebAssembly tool conventions). Never throws on damaged ones. */
export function evaluate(bytes: Uint8Array, context: ExpressionContext): Place {
  try {
    return new Machine(bytes, context).run();
  } catch (error) {
    if (error instanceof Ended) return error.place;
    if (error instanceof ByteError) return unavailable("its location is damaged in the debug information");
    throw error;
  }
}

/** The stack machine of one evaluation. */
class Machine {
  readonly #reader: ByteReader;
  readonly #context: ExpressionContext;
  readonly #stack: bigint[] = [];
  readonly #pieces: { place: Place | undefined; size: number; offset: number }[] = [];
  readonly #bits: number;
  /** Set by operations that end a simple location description. */
  #simple: Place | undefined;

  constructor(bytes: Uint8Array, context: ExpressionContext) {
    this.#reader = new ByteReader(bytes);
    this.#context = context;
    this.#bits = context.unit.addressSize * 8;
  }

  run(): Place {
    const reader = this.#reader;
    for (let steps = 0; !reader.atEnd; steps++) {
      if (steps > stepLimit) return unavailable("its location does not end");
      this.#step(reader.u8());
      if (this.#stack.length > stackLimit) return unavailable("its location is too deep");
    }
    if (this.#pieces.length > 0) return { kind: "pieces", pieces: this.#pieces };
    return this.#place() ?? optimizedOut;
  }

  /** The simple location description so far; `undefined`: nothing, which means optimised away. */
  #place(): Place | undefined {
    if (this.#simple) return this.#simple;
    const address = this.#stack.at(-1);
    return address === undefined ? undefined : { kind: "memory", address: this.#asAddress(address) };
  }

  #asAddress(value: bigint): number {
    const address = BigInt.asUintN(this.#bits, value);
    return address > BigInt(Number.MAX_SAFE_INTEGER) ? this.#end("its address is too large") : Number(address);
  }

  #end(reason: string): never {
    throw new Ended(unavailable(reason));
  }

  #pop(): bigint {
    const value = this.#stack.pop();
    return value ?? this.#end("its location is damaged in the debug information");
  }

  #push(value: bigint): void {
    this.#stack.push(BigInt.asUintN(64, value));
  }

  /** Signed, in the width of an address. */
  #signed(value: bigint): bigint {
    return BigInt.asIntN(this.#bits, value);
  }

  #generic(value: bigint): bigint {
    return BigInt.asUintN(this.#bits, value);
  }

  #step(operation: number): void {
    const reader = this.#reader;
    if (operation >= 0x30 && operation <= 0x4f) return this.#push(BigInt(operation - 0x30));
    switch (operation) {
      case 0x03:
        return this.#push(BigInt(readAddress(reader, this.#context.unit.addressSize)));
      case 0x06:
        return this.#push(this.#load(this.#context.unit.addressSize));
      case 0x08:
        return this.#push(BigInt(reader.u8()));
      case 0x09:
        return this.#push(BigInt.asIntN(8, BigInt(reader.u8())));
      case 0x0a:
        return this.#push(BigInt(reader.u16()));
      case 0x0b:
        return this.#push(BigInt.asIntN(16, BigInt(reader.u16())));
      case 0x0c:
        return this.#push(BigInt(reader.u32()));
      case 0x0d:
        return this.#push(BigInt.asIntN(32, BigInt(reader.u32())));
      case 0x0e:
      case 0x0f:
        return this.#push(reader.u64());
      case 0x10:
        return this.#push(reader.uleb64());
      case 0x11:
        return this.#push(reader.sleb64());
      case 0x12:
        return this.#pick(0);
      case 0x13:
        this.#pop();
        return;
      case 0x14:
        return this.#pick(1);
      case 0x15:
        return this.#pick(reader.u8());
      case 0x16: {
        const top = this.#pop();
        const below = this.#pop();
        this.#stack.push(top, below);
        return;
      }
      case 0x17: {
        const top = this.#pop();
        const second = this.#pop();
        const third = this.#pop();
        this.#stack.push(top, third, second);
        return;
      }
      case 0x19: {
        const value = this.#signed(this.#pop());
        return this.#push(value < 0n ? -value : value);
      }
      case 0x1f:
        return this.#push(this.#generic(-this.#pop()));
      case 0x20:
        return this.#push(this.#generic(~this.#pop()));
      case 0x23:
        return this.#push(this.#generic(this.#pop() + reader.uleb64()));
      case 0x28: {
        const by = BigInt.asIntN(16, BigInt(reader.u16()));
        if (this.#pop() !== 0n) this.#jump(Number(by));
        return;
      }
      case 0x2f:
        return this.#jump(Number(BigInt.asIntN(16, BigInt(reader.u16()))));
      case 0x91:
        return this.#push(this.#generic(this.#frameBase() + reader.sleb64()));
      case 0x93:
        return this.#piece(reader.uleb() * 8, 0);
      case 0x94:
        return this.#push(this.#load(reader.u8()));
      case 0x96:
        return;
      case 0x9d:
        return this.#piece(reader.uleb(), reader.uleb());
      case 0x9e:
        this.#simple = { kind: "bytes", bytes: reader.take(reader.uleb()) };
        return;
      case 0x9f:
        this.#simple = { kind: "value", bits: this.#pop() };
        return;
      case 0xa1:
      case 0xa2:
      case 0xfb:
      case 0xfc:
        return this.#push(BigInt(indexedAddress(this.#context.unit, reader.uleb())));
      case 0xa3:
      case 0xf3:
        return this.#end("optimized out: only its value at the function's entry was kept");
      case 0xa0:
      case 0xf2:
        return this.#end("optimized out: it was a pointer to a variable that is gone");
      case 0xa8:
      case 0xa9:
        return this.#convert(reader.uleb());
      case 0xed:
        return this.#wasmLocation();
      case 0x9b:
      case 0xe0:
        return this.#end("thread-local variables are not supported");
      default:
        if (operation >= 0x1a && operation <= 0x2e) return this.#binary(operation);
        return this.#end(`its location uses operation 0x${operation.toString(16)}, which is not supported`);
    }
  }

  #binary(operation: number): void {
    const right = this.#pop();
    const left = this.#pop();
    this.#push(this.#generic(this.#binaryResult(operation, left, right)));
  }

  #binaryResult(operation: number, left: bigint, right: bigint): bigint {
    const [a, b] = [this.#signed(left), this.#signed(right)];
    const shift = right > 64n ? 64n : right;
    switch (operation) {
      case 0x1a:
        return left & right;
      case 0x1b:
        return b === 0n ? this.#end("its location divides by zero") : a / b;
      case 0x1c:
        return left - right;
      case 0x1d:
        return right === 0n ? this.#end("its location divides by zero") : this.#generic(left) % this.#generic(right);
      case 0x1e:
        return left * right;
      case 0x21:
        return left | right;
      case 0x22:
        return left + right;
      case 0x24:
        return left << shift;
      case 0x25:
        return this.#generic(left) >> shift;
      case 0x26:
        return a >> shift;
      case 0x27:
        return left ^ right;
      case 0x29:
        return a === b ? 1n : 0n;
      case 0x2a:
        return a >= b ? 1n : 0n;
      case 0x2b:
        return a > b ? 1n : 0n;
      case 0x2c:
        return a <= b ? 1n : 0n;
      case 0x2d:
        return a < b ? 1n : 0n;
      case 0x2e:
        return a !== b ? 1n : 0n;
      default:
        return this.#end(`its location uses operation 0x${operation.toString(16)}, which is not supported`);
    }
  }

  #pick(index: number): void {
    const value = this.#stack.at(-1 - index);
    this.#stack.push(value ?? this.#end("its location is damaged in the debug information"));
  }

  #jump(by: number): void {
    const to = this.#reader.position + by;
    if (to < 0 || to > this.#reader.end) this.#end("its location is damaged in the debug information");
    this.#reader.position = to;
  }

  #load(length: number): bigint {
    if (length < 1 || length > 8) this.#end("its location is damaged in the debug information");
    const address = this.#asAddress(this.#pop());
    const bytes = this.#context.memory(address, length);
    if (!bytes) throw new Ended({ kind: "needs-memory", address, length });
    if (bytes.length < length) this.#end("it lies outside of memory");
    return bitsOf(bytes);
  }

  /** The frame base is an address, or where it ends in DW_OP_stack_value the value itself; both mean the same here. */
  #frameBase(): bigint {
    const base = this.#context.frameBase();
    if (!base) this.#end("the function has no frame base in the debug information");
    if (base.kind === "memory") return BigInt(base.address);
    if (base.kind === "value") return base.bits;
    throw new Ended(base);
  }

  #piece(size: number, offset: number): void {
    if (this.#pieces.length >= stackLimit) this.#end("its location is too deep");
    this.#pieces.push({ place: this.#place(), size, offset });
    this.#simple = undefined;
    this.#stack.length = 0;
  }

  /** A reference to a base type follows; only the generic type and reinterpretation to it come up in location expressions of one word. */
  #convert(type: number): void {
    if (type !== 0) this.#end("its location converts between types, which is not supported");
    this.#push(this.#generic(this.#pop()));
  }

  /** Kinds of DW_OP_WASM_location: 0 local, 1 global, 2 operand stack, 3 global with a fixed-width index for relocation. */
  #wasmLocation(): void {
    const kind = this.#reader.u8();
    if (kind > 3) this.#end("its location names an unknown part of the WebAssembly machine");
    const index = kind === 3 ? this.#reader.u32() : this.#reader.uleb();
    // As thread-local variables of a module without threads count from one.
    if (kind === 3 && index === 0xffffffff) this.#end("it counts from a global of WebAssembly that the linker dropped");
    const value = this.#context.wasm(kind === 0 ? "local" : kind === 2 ? "stack" : "global", index);
    this.#push(value ?? this.#end("it is in a part of the WebAssembly machine that cannot be read"));
  }
}

/** Little-endian bits of at most 8 bytes. */
function bitsOf(bytes: Uint8Array): bigint {
  let bits = 0n;
  for (let at = bytes.length - 1; at >= 0; at--) bits = (bits << 8n) | BigInt(bytes[at]!);
  return bits;
}
