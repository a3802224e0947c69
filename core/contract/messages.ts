/** Custom messages between the extension and its language server (JSON-RPC methods, with the shapes of what they carry). */
export const messages = {
  /** Request: encode the text of an open or saved `.wat` document with npm `wabt`. */
  buildWat: "goWasm/buildWat",
  /** Request: print a binary module as text with npm `wabt`. */
  printWasm: "goWasm/printWasm",
} as const;

export interface BuildWatParams {
  /** URI of the `.wat` document. */
  readonly uri: string;
  /** The text to encode. */
  readonly text: string;
}

export interface BuildWatResult {
  /** The module in base64; missing where there are errors. */
  readonly wasm?: string;
  readonly errors: readonly BuildError[];
}

export interface BuildError {
  readonly message: string;
  /** 0-based; columns in UTF-16 code units. */
  readonly line: number;
  readonly startCharacter: number;
  readonly endCharacter: number;
}

export interface PrintWasmParams {
  /** The module in base64. */
  readonly wasm: string;
}

export interface PrintWasmResult {
  readonly text?: string;
  /** Why there is no text. */
  readonly error?: string;
}
