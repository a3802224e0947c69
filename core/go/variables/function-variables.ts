/**
 * The variables of a function by the DWARF that the compiler lists (`-dwarf=true -dwarflocationlists=false -S -S`), although it links none for
 * WebAssembly. Source: cmd/internal/dwarf, whose abbreviations are the same from Go 1.24 to 1.27.
 */
import { ByteError, ByteReader } from "#core/bytes/reader.ts";
import { readListedSymbol, type ListedSymbol } from "./listed-symbol.ts";

export interface GoFunctionVariables {
  /** As in the function table. */
  readonly name: string;
  /** 1-based line of the declaration; 0 for what the compiler made itself. */
  readonly line: number;
  readonly variables: readonly GoFrameVariable[];
  /** What its closure holds, also where the function has no place of its own for it. */
  readonly captured: readonly GoCapturedVariable[];
  /** For each block the one around it; block 0 is the function. Blocks without variables are left out. */
  readonly blocks: readonly number[];
}

export interface GoCapturedVariable {
  readonly name: string;
  readonly typeName: string;
  /** The closure holds its address. */
  readonly byReference: boolean;
  /** From the start of the closure. */
  readonly closureOffset: number;
}

export interface GoFrameVariable {
  /** As in the source; the compiler's own begin with `.`, `~` or `#`. */
  readonly name: string;
  readonly kind: "parameter" | "result" | "local";
  /** 1-based line of the declaration; for a variable captured by reference, of the closure. */
  readonly line: number;
  /** Name of the type; see `GoType.name`. */
  readonly typeName: string;
  /** Where the function's type parameters are the type: index into its dictionary. */
  readonly dictionaryIndex: number | undefined;
  /** The variable is elsewhere: the frame holds its address. */
  readonly byReference: boolean;
  /** From the address of the first parameter, which is eight bytes above the frame's entry. */
  readonly frameOffset: number;
  /** Offset in the closure from which the function copies it; `undefined` where it is not captured. */
  readonly closureOffset: number | undefined;
  /** Index into {@link GoFunctionVariables.blocks}. */
  readonly block: number;
}

const abbreviation = { function: 3, wrapper: 4, blockWithRanges: 12, simpleBlock: 13, typeParameter: 32, firstVariable: 33 };
/** Kinds of variables: `firstVariable` and what is added to it (`putvarAbbrev`). Those with an odd number have a location of their own. */
const variableKinds = { captured: 5, plain: 7, capturedParameter: 11, plainParameter: 13 };
const callFrameAddress = 0x9c;
const frameBaseRelative = 0x91;
/** Prefix of symbols that describe types. */
const typeSymbol = "go:info.";

/**
 * `listing`: the lines of the function's `SDWARFFCN` symbol. `undefined` where they are something that no known compiler writes, or belong to a
 * function that was inlined, which has no frame of its own everywhere: a guess would show wrong values.
 */
export function readFunctionVariables(listing: Uint8Array): GoFunctionVariables | undefined {
  try {
    return new FunctionReader(readListedSymbol(listing)).read();
  } catch (error) {
    if (!(error instanceof ByteError)) throw error;
    return undefined;
  }
}

interface TypeReference {
  readonly typeName: string;
  readonly dictionaryIndex: number | undefined;
}

/** Goes once over the entries of a function. Invariant: `#open` holds the blocks around the next entry, outermost first. */
class FunctionReader {
  readonly #symbol: ListedSymbol;
  readonly #reader: ByteReader;
  readonly #variables: GoFrameVariable[] = [];
  readonly #captured: GoCapturedVariable[] = [];
  readonly #blocks: number[] = [0];
  readonly #open: number[] = [];
  readonly #parameters = new Map<number, TypeReference>();

  constructor(symbol: ListedSymbol) {
    this.#symbol = symbol;
    this.#reader = new ByteReader(symbol.data);
  }

  read(): GoFunctionVariables | undefined {
    const head = this.#head();
    if (!head) return undefined;
    this.#open.push(0);
    while (this.#open.length > 0) {
      if (!this.#entry()) return undefined;
    }
    return this.#reader.atEnd
      ? {
          ...head,
          variables: this.#variables.map((variable) => withHeapResult(variable, this.#variables)),
          captured: this.#captured,
          blocks: this.#blocks,
        }
      : undefined;
  }

  #head(): Pick<GoFunctionVariables, "name" | "line"> | undefined {
    const reader = this.#reader;
    const code = reader.uleb();
    if (code !== abbreviation.function && code !== abbreviation.wrapper) return undefined;
    const name = reader.cstring();
    this.#addresses();
    reader.skip(reader.u8());
    // A function has its file, a wrapper has not.
    if (code === abbreviation.function) reader.skip(4);
    const line = code === abbreviation.function ? reader.uleb() : 0;
    // Whether it is external, or a trampoline.
    reader.skip(1);
    return { name, line };
  }

  /**
   * First and last address, of 8 bytes each in DWARF 4. DWARF 5 has an index, for which the compiler leaves as many bytes as the number of the
   * package's functions needs (cmd/internal/objabi/reloctype.go, R_DWTXTADDR_U1 to U4), and the length (LEB128).
   */
  #addresses(): void {
    const { type = "" } = this.#symbol.relocations.get(this.#reader.position) ?? {};
    const indexSize = /^R_DWTXTADDR_U([1-4])$/.exec(type)?.[1];
    if (indexSize === undefined) return this.#reader.skip(16);
    this.#reader.skip(Number(indexSize));
    this.#reader.uleb();
  }

  /** False: the entry is of an unknown kind. */
  #entry(): boolean {
    const reader = this.#reader;
    const start = reader.position;
    const code = reader.uleb();
    switch (code) {
      case 0:
        this.#open.pop();
        return true;
      case abbreviation.blockWithRanges:
        reader.skip(4);
        this.#openBlock();
        return true;
      case abbreviation.simpleBlock:
        this.#addresses();
        this.#openBlock();
        return true;
      case abbreviation.typeParameter: {
        reader.cstring();
        const { typeName } = this.#type();
        this.#parameters.set(start, { typeName, dictionaryIndex: reader.uleb() });
        return true;
      }
    }
    return this.#variable(code - abbreviation.firstVariable);
  }

  #openBlock(): void {
    this.#blocks.push(this.#open.at(-1)!);
    this.#open.push(this.#blocks.length - 1);
  }

  #variable(kind: number): boolean {
    if (!Object.values(variableKinds).includes(kind)) return false;
    const reader = this.#reader;
    const spelled = reader.cstring();
    const isParameter = kind === variableKinds.plainParameter || kind === variableKinds.capturedParameter;
    const isResult = isParameter && reader.u8() !== 0;
    const line = reader.uleb();
    const type = this.#type();
    const isCaptured = kind === variableKinds.captured || kind === variableKinds.capturedParameter;
    const closureOffset = isCaptured ? reader.uleb() : undefined;
    const frameOffset = this.#location();
    const byReference = spelled.length > 1 && spelled.startsWith("&");
    const name = byReference ? spelled.slice(1) : spelled;
    const typeName = byReference ? type.typeName.replace(/^\*/, "") : type.typeName;
    if (closureOffset !== undefined) this.#captured.push({ name, typeName, byReference, closureOffset });
    if (frameOffset === undefined) return true;
    this.#variables.push({
      name,
      kind: isResult ? "result" : isParameter ? "parameter" : "local",
      line,
      typeName,
      dictionaryIndex: byReference ? undefined : type.dictionaryIndex,
      byReference,
      frameOffset,
      closureOffset,
      block: this.#open.at(-1)!,
    });
    return true;
  }

  /** A reference to a type, or to the entry of a type parameter in this symbol. */
  #type(): TypeReference {
    const reference = this.#symbol.relocations.get(this.#reader.position);
    this.#reader.skip(4);
    if (reference?.symbol.startsWith(typeSymbol)) {
      return { typeName: reference.symbol.slice(typeSymbol.length), dictionaryIndex: undefined };
    }
    return this.#parameters.get(reference?.addend ?? -1) ?? { typeName: "", dictionaryIndex: undefined };
  }

  /** `undefined`: the variable has been optimised away. */
  #location(): number | undefined {
    const expression = new ByteReader(this.#reader.take(this.#reader.u8()));
    if (expression.atEnd) return undefined;
    switch (expression.u8()) {
      case callFrameAddress:
        return 0;
      case frameBaseRelative:
        return expression.sleb();
      default:
        return undefined;
    }
  }
}

/**
 * A result that escapes is on the heap until the function returns, and another variable of its name has its address. Only location lists would
 * say so of the result itself (cmd/compile/internal/dwarfgen `createHeapDerefLocationList`).
 */
function withHeapResult(variable: GoFrameVariable, all: readonly GoFrameVariable[]): GoFrameVariable {
  if (variable.kind !== "result") return variable;
  const pointer = all.find(
    ({ name, kind, block, byReference }) => kind === "local" && byReference && block === 0 && name === variable.name,
  );
  return pointer ? { ...variable, byReference: true, frameOffset: pointer.frameOffset } : variable;
}
