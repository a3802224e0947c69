import type { DataType } from "#core/dwarf/data-type.ts";
import type { FunctionIndex, ModuleOffset, ModuleRange } from "#core/wasm/offsets.ts";
import type { GoShownValue } from "../values/go/shown-value.ts";
import type { EngineModule, Stop, WasmState, WasmValue } from "../engine/engine.ts";
import type { StepStrategist } from "../stepping/step-plan.ts";
import type { GoNamedPlace } from "../values/go/go-program.ts";
import type { ExceptionSource } from "./exception-source.ts";
import type { ExpressionSource } from "./expression-source.ts";
import type { LinkedNames } from "./linked-names.ts";
import type { NameSource } from "./name-source.ts";
import type { SymbolSource } from "./symbol-source.ts";
import type { ThreadSource, UnwoundFrame } from "./thread-source.ts";

export type { SymbolSource } from "./symbol-source.ts";

type Awaitable<T> = T | Promise<T>;

/**
 * Debug information of one module: all that the rest of the adapter knows of it, whatever format it comes in.
 * One implementation a file: `dwarf.ts`, `source-map.ts`, `wat.ts`, `disassembly.ts` (which always works).
 */
export interface ModuleSymbols {
  readonly kind: "dwarf" | "source-map" | "wat" | "go" | "disassembly";
  /** What could not be read and what to do about it, one sentence each; shown to the user once. */
  readonly notes: readonly string[];
  /** Why sources are known, but none of their lines. */
  readonly missingLines?: string | undefined;
  /** Every source that has code. */
  sources(): Awaitable<readonly SymbolSource[]>;
  /**
   * Where a 1-based source line has code: one range per place a breakpoint belongs, inlined copies and generic instances included.
   * A line without code moves to the next line with code of the same function or source; `undefined` where there is none.
   */
  offsetsOf(source: SymbolSource, line: number, column?: number): Awaitable<LineMatch | undefined>;
  /** 1-based lines, from `from` to `to` inclusive, that have code of their own. */
  linesWithCode(source: SymbolSource, from: number, to: number): Awaitable<readonly number[]>;
  /** 1-based columns of a line at which breakpoints of their own can be; absent where lines have no columns. */
  columnsOf?(source: SymbolSource, line: number): Awaitable<readonly number[]>;
  /** Source position of the instruction at `offset`; `undefined` where there is none. */
  positionOf(offset: ModuleOffset): Awaitable<SourcePosition | undefined>;
  functionAt(offset: ModuleOffset): Awaitable<FunctionInfo | undefined>;
  /**
   * Where breakpoints on a function belong, for languages in which users spell names in more than one way. Without it a name must be that of
   * {@link functionAt}.
   */
  functionPlaces?(name: string): Awaitable<{ readonly offsets: readonly ModuleOffset[]; readonly problem?: string }>;
  /**
   * Everything that belongs to the source line at `offset`, within its function: what a source step may run through without a stop.
   * `inlined` says what becomes of calls that were inlined into the line: a step over runs through them ("skip", the default),
   * a step into stops in them ("enter"), a step out of one runs through all that was inlined at `offset` ("leave").
   */
  stepRanges(offset: ModuleOffset, inlined?: "skip" | "enter" | "leave"): Awaitable<readonly ModuleRange[]>;
  /** Variables in scope, innermost scope first. */
  scopesAt(frame: LogicalFrame): Awaitable<readonly Scope[]>;
  /** Language of the code at `offset`; `undefined` where that is not known. */
  languageAt?(offset: ModuleOffset): Language | undefined;
  /** Names that are no variables of a scope, where the debug information has such. */
  readonly names?: NameSource<LogicalFrame, Variable> | undefined;
  /** What functions were called when the module was linked, where the debug information has such. */
  readonly linkedNames?: LinkedNames;
  /** Where the program's threads are not the engine's. */
  readonly threads?: ThreadSource;
  /** How such threads are stepped. */
  readonly stepping?: StepStrategist;
  /** Where the language's runtime gives up. */
  readonly exceptions?: ExceptionSource;
  /** How the language's expressions are evaluated, where they are not like those of C. */
  readonly expressions?: ExpressionSource<LogicalFrame> | undefined;
}

export interface LineMatch {
  /** 1-based line that was found; not the asked one where that has no code. */
  readonly line: number;
  /** 1-based, where known. */
  readonly column?: number;
  /** Each starts at the instruction for a breakpoint. */
  readonly ranges: readonly ModuleRange[];
}

export interface SourcePosition {
  readonly source: SymbolSource;
  /** 1-based. */
  readonly line: number;
  /** 1-based; 1 where unknown. */
  readonly column: number;
  /** Functions that were inlined around this place, innermost first, each with the position of its call. */
  readonly inlined: readonly InlinedCall[];
}

export interface InlinedCall {
  readonly functionName: string;
  readonly callSource: SymbolSource;
  readonly callLine: number;
  readonly callColumn: number;
}

export interface FunctionInfo {
  readonly index: FunctionIndex | undefined;
  /** As the language's users write it. */
  readonly name: string;
  readonly range: ModuleRange;
  /** First instruction behind the prologue: where a function breakpoint or a step into stops. */
  readonly bodyStart: ModuleOffset;
}

/** A frame as the user sees it: an engine frame, or one that symbols unwound themselves. */
export interface LogicalFrame {
  readonly module: EngineModule;
  readonly offset: ModuleOffset;
  /** How many inlined calls lie inside this frame at the same engine frame; 0 for the innermost. */
  readonly inlineDepth: number;
  readonly state: WasmState;
  readonly stop: Stop;
  /** What the symbols unwound, where the frame is of one of their threads. */
  readonly unwound?: UnwoundFrame;
  /** Address that places of variables count from, where it is known otherwise than by the debug information. */
  readonly frameBase?: number;
}

export interface Scope {
  readonly name: string;
  readonly kind: "arguments" | "locals" | "globals" | "registers";
  readonly variables: readonly Variable[];
}

export interface Variable {
  readonly name: string;
  /** Type as the language spells it; `undefined` where unknown. */
  readonly typeName: string | undefined;
  readonly language: Language;
  readonly value: VariableValue;
  /** Not listed, but found by its name: a member of the object whose method runs, a global by its short name. */
  readonly isImplicit?: true;
}

export type Language = "c" | "c++" | "rust" | "zig" | "assemblyscript" | "wat" | "go" | "tinygo" | "other";

/** Where a variable's value is, worked out for one frame. */
export type VariableValue =
  | { readonly kind: "memory"; readonly memoryIndex: number; readonly address: number; readonly type: DataType }
  /** `field`: the bits of memory that are the whole of it, of a bit-field; `global`: index of the module's global that it is. */
  | { readonly kind: "bytes"; readonly bytes: Uint8Array; readonly type: DataType; readonly field?: BitField; readonly global?: number }
  /** `global`: index of the module's global that it is. */
  | { readonly kind: "wasm"; readonly value: WasmValue; readonly global?: number }
  | { readonly kind: "go"; readonly load: () => Promise<GoShownValue>; readonly place?: () => Promise<GoNamedPlace> }
  | { readonly kind: "unavailable"; readonly reason: string };

/** Bits in memory: `bitOffset` counts from the least significant bit of the little-endian bytes at `address`. */
export interface BitField {
  readonly memoryIndex: number;
  readonly address: number;
  readonly bitOffset: number;
  readonly bitSize: number;
}
