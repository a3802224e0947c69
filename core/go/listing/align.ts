/**
 * Lays a function of the listing over the linked bytes: every instruction gets its line, program counter and stack depth.
 * The alignment proves itself: the listed bytes with the linker's numbers between them must be the function's body, byte by byte.
 */
import { ByteError, ByteReader } from "#core/bytes/reader.ts";
import { InstructionCursor } from "#core/wasm/instruction-cursor.ts";
import type { ModuleFunction, WasmModule } from "#core/wasm/module.ts";
import type { ModuleOffset, ModuleRange } from "#core/wasm/offsets.ts";
import { codeRange, hasGoFrame, unknownDelta, type CodeRows } from "../binary/code-rows.ts";
import { plainName, type ListedFunction, type ListedRow } from "./listed-function.ts";
import { readListedPosition, type ListedPosition } from "./listed-position.ts";
import { instructionName, isGlobalRegister, isSilent, isSpecialFunction } from "./operations.ts";

/** A function whose every instruction is known by the listing. A row is one line of the assembler, of one to three instructions. */
export interface AlignedFunction extends CodeRows {
  /** As the compiler spells it. */
  readonly name: string;
  readonly code: ModuleRange;
  /** Bytes of the frame, without the return address. */
  readonly frameSize: number;
  /** It has a frame on the Go stack; the runtime's helpers and wrappers of exports have none. */
  readonly goFrame: boolean;
  /** The closure's variables reach it through the context register. */
  readonly closure: boolean;
  readonly positions: readonly ListedPosition[];
  /** For each row: index into `positions`. */
  readonly positionOf: Uint32Array;
  /** For each row: the operation and operands as printed. */
  readonly operations: readonly ListedRow[];
  /** Linked addresses of symbols that the function mentions. */
  readonly addresses: ReadonlyMap<string, number>;
}

/** `mismatch` says where the listing and the module part. */
export type Alignment = { readonly aligned: AlignedFunction } | { readonly mismatch: string };

export function align(listed: ListedFunction, module: WasmModule, func: ModuleFunction): Alignment {
  const code = codeRange(module, func);
  if (!func.body || !code) return { mismatch: "the function has no body" };
  try {
    const verified = verify(listed, module.bytes, func.body);
    if ("mismatch" in verified) return verified;
    return new Aligner(listed, module.bytes, code).run(verified.addresses);
  } catch (error) {
    if (!(error instanceof ByteError)) throw error;
    return { mismatch: error.message };
  }
}

/** Compares the listed bytes with the body, and reads the number that the linker has inserted at each relocation. */
function verify(
  { code, relocations }: ListedFunction,
  bytes: Uint8Array,
  body: ModuleRange,
): { readonly addresses: Map<string, number> } | { readonly mismatch: string } {
  const addresses = new Map<string, number>();
  const reader = new ByteReader(bytes, body.start, body.end);
  let from = 0;
  const same = (to: number): boolean => {
    for (; from < to; from++) {
      if (reader.atEnd || code[from] !== reader.u8()) return false;
    }
    return true;
  };
  for (const { offset, type, symbol, addend } of relocations) {
    if (!same(offset)) return { mismatch: `the bytes before the reference to ${symbol} differ` };
    const value = reader.sleb() - addend;
    // `-S -S` adds the number of the symbol's ABI.
    if (type === "R_ADDR") addresses.set(symbol.replace(/<\d+>$/, ""), value);
  }
  if (!same(code.length) || !reader.atEnd) return { mismatch: "the bytes differ" };
  return { addresses };
}

/** Invariant: the cursor stands before the first instruction of the next row. */
class Aligner {
  readonly #listed: ListedFunction;
  readonly #cursor: InstructionCursor;
  readonly #code: ModuleRange;
  readonly #frameSize: number;
  /** Neither the assembler's special functions nor wrappers of exports. */
  readonly #ordinary: boolean;
  readonly #offsets: number[] = [];
  readonly #deltas: number[] = [];
  readonly #operations: ListedRow[] = [];
  #dispatch: ModuleOffset | undefined;
  #delta = 0;

  constructor(listed: ListedFunction, bytes: Uint8Array, code: ModuleRange) {
    this.#listed = listed;
    this.#code = code;
    this.#cursor = new InstructionCursor(bytes, code);
    this.#frameSize = Number(/\$(-?\d+)(?:-\d+)?$/.exec(listed.rows[0]!.operands)?.[1] ?? 0);
    this.#ordinary = !isSpecialFunction(plainName(listed.name)) && hasGoFrame(bytes, code);
  }

  run(addresses: ReadonlyMap<string, number>): Alignment {
    if (this.#ordinary) this.#skip(2);
    const { rows } = this.#listed;
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at]!;
      if (isSilent(row.operation)) continue;
      if (this.#cursor.end >= this.#code.end) return { mismatch: `the code ends before ${row.operation}, row ${at} of the listing` };
      this.#offsets.push(this.#cursor.end);
      this.#deltas.push(this.#delta);
      this.#operations.push(row);
      const fused = this.#place(rows, at);
      if (fused === undefined) return { mismatch: `row ${at} of the listing, ${row.operation}, is not at its place` };
      if (fused) at++;
    }
    if (this.#cursor.next()?.name !== "end" || this.#cursor.end !== this.#code.end)
      return { mismatch: "the code is longer than the listing" };
    return { aligned: this.#result(addresses) };
  }

  #result(addresses: ReadonlyMap<string, number>): AlignedFunction {
    return {
      name: this.#listed.name,
      code: this.#code,
      frameSize: this.#frameSize,
      goFrame: this.#ordinary,
      closure: /\bNEEDCTXT\b/.test(this.#listed.rows[0]!.operands),
      offsets: Uint32Array.from(this.#offsets),
      blocks: Uint16Array.from(this.#operations, (row) => row.block),
      stackDeltas: Int32Array.from(this.#deltas),
      dispatch: this.#dispatch,
      positions: this.#listed.positions.map(readListedPosition),
      positionOf: Uint32Array.from(this.#operations, (row) => row.position),
      operations: this.#operations,
      addresses,
    };
  }

  /** Moves over the instructions of a row. True where the next row shares its instruction; `undefined` where the code has another one. */
  #place(rows: readonly ListedRow[], at: number): boolean | undefined {
    const { operation, operands, block } = rows[at]!;
    if (operation === "Set") return this.#placeSet(rows, at);
    const name = this.#cursor.next()?.name;
    if (operation === "Get") return name === "local.get" || name === "global.get" ? false : undefined;
    const expected = instructionName(operation);
    if (expected !== undefined && expected !== name) return undefined;
    if (operation === "BrTable") this.#dispatch ??= this.#cursor.offset;
    // A call of a constant is one of an import, which leaves the stack pointer alone.
    if (this.#ordinary && (operation === "CallIndirect" || (operation === "Call" && !operands.startsWith("$")))) {
      this.#skip(2);
      this.#delta = block === 0 ? 0 : this.#frameSize;
    }
    if (operation === "Return") this.#delta = this.#frameSize;
    return false;
  }

  /** A `Get` of a local behind its `Set` becomes one `local.tee`; the stack pointer is set in local 1 and global 0. */
  #placeSet(rows: readonly ListedRow[], at: number): boolean | undefined {
    const register = rows[at]!.operands;
    const name = this.#cursor.next()?.name;
    if (register === "SP" && this.#ordinary) {
      if (name !== "local.tee" || this.#cursor.next()?.name !== "global.set") return undefined;
      this.#moveStackPointer(rows[at - 2], rows[at - 1]);
      return false;
    }
    if (isGlobalRegister(register)) return name === "global.set" ? false : undefined;
    const next = rows[at + 1];
    if (next?.operation !== "Get" || next.operands !== register) return name === "local.set" ? false : undefined;
    return name === "local.tee" ? true : undefined;
  }

  #moveStackPointer(constant: ListedRow | undefined, operation: ListedRow | undefined): void {
    const amount = constant?.operation === "I32Const" ? Number(constant.operands.slice(1)) : Number.NaN;
    const sign = operation?.operation === "I32Sub" ? 1 : operation?.operation === "I32Add" ? -1 : Number.NaN;
    const delta = this.#delta + sign * amount;
    this.#delta = this.#delta === unknownDelta || Number.isNaN(delta) ? unknownDelta : delta;
  }

  #skip(instructions: number): void {
    for (let rest = instructions; rest > 0; rest--) this.#cursor.next();
  }
}
