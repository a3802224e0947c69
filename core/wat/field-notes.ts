/** What is worked out about a field when an editor asks, and kept on the field itself: it lives as long as the field does. */
import type { Feature } from "#core/wasm/features.ts";
import type { LintFinding } from "./lints/finding.ts";
import type { PlacedProblem } from "./problem.ts";
import type { ReadCommand } from "./script/command.ts";
import type { ExportLookup } from "./script/export-lookup.ts";

export interface FieldNotes {
  /** What its names and indices mean in its module. */
  resolved?: ResolvedField;
  /** What features of WebAssembly it needs by itself. */
  neededFeatures?: readonly NeededFeature[];
  /** Of a script's command: what it says, what is wrong with the module in it, and what that module exports. */
  command?: ReadCommand;
  embeddedProblems?: readonly PlacedProblem[];
  embeddedExports?: ExportLookup;
  /** What `lints/` says of the field by itself. */
  lints?: readonly LintFinding[];
  /** Of a function, what is said where nothing but calls uses it. */
  unusedParameters?: readonly LintFinding[];
  innerNames?: InnerNames;
  /** What can be folded, as the server has it; it also hangs on whether other text is before the field in its first line. */
  folds?: { readonly isAfterOther: boolean; readonly ranges: Uint32Array };
  /** Semantic tokens of names and indices, and of all tokens, as `features/semantic-tokens.ts` has them. */
  semanticTokens?: Uint32Array;
  allSemanticTokens?: Uint32Array;
}

/** How a field uses an entry of its module, as bits. */
export const EntryUse = {
  any: 1,
  /** A global is set. */
  set: 2,
  /** A function is referred to otherwise than by a call. */
  handed: 4,
} as const;

/** Numbers for each entry in {@link ResolvedField.uses}. */
export const useStride = 3;

/** What the names and indices of a field mean in its module. */
export interface ResolvedField {
  /** As long as the names of the module are this object. */
  readonly names: object;
  /** Offsets count from the start of the field. */
  readonly problems: readonly PlacedProblem[];
  /** Space, index and `EntryUse` of each entry that it uses, each once; types without a definition are none. */
  readonly uses: readonly number[];
  /** Number of types with those that only uses imply, where the problems hang on it. */
  readonly typeCount?: number;
}

/** A feature, and the first token of a field that needs it. */
export interface NeededFeature {
  readonly feature: Feature;
  readonly token: number;
}

/** Locals and labels of a function. */
export interface InnerNames {
  readonly locals: readonly InnerLocal[];
  /** {@link innerUseStride} numbers for each use: token, kind (`InnerUse`), and what is meant; -1 where nothing is. */
  readonly uses: Int32Array;
  /** Nodes that have a label, in the order of the text. */
  readonly labels: readonly number[];
  /** Those whose name a label around their instructions has, too. */
  readonly hiding: ReadonlySet<number>;
}

export interface InnerLocal {
  readonly isParameter: boolean;
  /** Node of the `(param ...)` or `(local ...)`. */
  readonly node: number;
  /** Token of its name; `undefined` where it has none. */
  readonly name: number | undefined;
  /** First token of its type, and the one behind the type. */
  readonly type: number;
  readonly typeEnd: number;
}

export const innerUseStride = 3;

export const InnerUse = {
  /** What is meant is the place in {@link InnerNames.locals}. */
  localByName: 0,
  /** What is meant is an index, parameters counted that only the function's type has. */
  localByIndex: 1,
  /** What is meant is the node of the block; 0 is the function. */
  labelByName: 2,
  labelByIndex: 3,
  /** A label repeated behind `end` or `else`. */
  labelRepeated: 4,
} as const;
