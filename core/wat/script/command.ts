/** Commands of a script. Source: WebAssembly/spec, interpreter/README.md, "Scripts". */
import type { PlacedProblem } from "../problem.ts";

/** A constant, or a pattern for results. */
export interface ScriptValue {
  /** Such as `i32.const`, `ref.null`, `ref.extern`, `either`. */
  readonly word: string;
  /** Tokens from `(` to behind `)`. */
  readonly first: number;
  readonly end: number;
  /** Of `either`. */
  readonly alternatives: readonly ScriptValue[];
}

/** A call of an exported function, or a look at an exported global. */
export interface ScriptAction {
  readonly word: "invoke" | "get";
  /** Token of the action's word. */
  readonly at: number;
  /** Token of the module's name; `undefined` where the last module is meant. */
  readonly module: number | undefined;
  /** Token of the export's name. */
  readonly name: number;
  readonly values: readonly ScriptValue[];
}

/** Where the strings of a module in strings stand. */
export interface ModuleStrings {
  readonly form: "quote" | "binary";
  /** Token of the first string; the others follow. */
  readonly first: number;
  readonly count: number;
}

export type ScriptCommand =
  | { readonly kind: "module"; readonly name: number | undefined; readonly isDefinition: boolean; readonly strings: ModuleStrings }
  | { readonly kind: "instance"; readonly name: number | undefined; readonly definition: number | undefined }
  | { readonly kind: "register"; readonly as: number; readonly module: number | undefined }
  | { readonly kind: "action"; readonly action: ScriptAction }
  | {
      readonly kind: "assertion";
      /** Such as `assert_return`. */
      readonly word: string;
      readonly action: ScriptAction;
      readonly results: readonly ScriptValue[];
      readonly message: number | undefined;
    }
  | { readonly kind: "module-assertion"; readonly word: string; readonly strings: ModuleStrings; readonly message: number | undefined };

export interface ReadCommand {
  /** `undefined` for what is not read, such as threads, and where there are problems. */
  readonly command: ScriptCommand | undefined;
  /** Offsets count from the start of the field. */
  readonly problems: readonly PlacedProblem[];
}
