/** What a lens above a Go function asks the extension to start. */

/** Command that the lenses name; it is in no menu, since it needs to be told what to start. */
export const startGoCommand = "goWasm.startGo";

export interface GoStart {
  /** URI of the file. */
  readonly uri: string;
  /** At full speed, without a debugger. */
  readonly noDebug: boolean;
  /** The launch attribute `host`; missing where the package decides. */
  readonly host?: "js";
  readonly what:
    | { readonly kind: "main" }
    | { readonly kind: "export"; readonly name: string; readonly parameters: readonly GoStartParameter[] }
    /** `args`: of the test program. */
    | { readonly kind: "test"; readonly name: string; readonly args: readonly string[] };
}

export interface GoStartParameter {
  readonly name: string;
  /** A type of WebAssembly; missing where only the module tells. */
  readonly type?: string;
}
