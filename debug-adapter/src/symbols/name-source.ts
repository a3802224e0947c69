import type { DataType, EnumType } from "#core/dwarf/data-type.ts";
import type { FunctionIndex, ModuleOffset } from "#core/wasm/offsets.ts";
import type { Completion } from "./expression-source.ts";

/**
 * What names mean that are no variables of a frame's scopes: those of the whole module, the ones of the code at hand first.
 * Names may be qualified: `geo::Point`, and `Color::Red` for an enumerator. `Frame`, `Variable`: as the symbols have them.
 */
export interface NameSource<Frame, Variable> {
  typeNamed(name: string, offset: ModuleOffset): DataType | undefined;
  /** A global or static variable of any unit. */
  variableNamed(name: string, frame: Frame): Promise<Variable | undefined>;
  enumeratorNamed(name: string, offset: ModuleOffset): NamedEnumerator | undefined;
  /** More than one where the name has several meanings, as overloaded functions have. */
  functionsNamed(name: string, offset: ModuleOffset): readonly NamedFunction[];
  /** The function of the module's index space; `undefined` where nothing is known of it. */
  functionWith?(index: FunctionIndex): NamedFunction | undefined;
  /** Names that begin with `prefix`; of one that is qualified, their last parts. */
  namesWith(prefix: string, offset: ModuleOffset): readonly Completion[];
}

export interface NamedEnumerator {
  readonly type: EnumType;
  readonly value: bigint;
}

/** A function that has code of its own. */
export interface NamedFunction {
  readonly index: FunctionIndex;
  readonly name: string;
  /** With the object of a method, which comes first. `undefined` types are not known. */
  readonly parameters: readonly (DataType | undefined)[];
  /** `undefined`: it gives nothing. */
  readonly result: DataType | undefined;
  /** Of a virtual method: its place in the table of methods that objects begin with a pointer to. */
  readonly virtualSlot?: number | undefined;
}
