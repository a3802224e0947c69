/** What the language server and the thread that runs wabt say to each other. */

/** Work for the thread; it does one job at a time. */
export type WabtJob =
  /** Encode a text module, given as UTF-8. */
  | { readonly kind: "build"; readonly utf8: Uint8Array }
  /** Print a binary module. */
  | { readonly kind: "print"; readonly wasm: Uint8Array };

export type WabtOutcome =
  | { readonly kind: "built"; readonly wasm: Uint8Array }
  | { readonly kind: "printed"; readonly text: string }
  /** wabt refused the input; its words, a header line first. */
  | { readonly kind: "refused"; readonly report: string }
  /** wabt crashed; its instance is of no further use, and the thread ends. */
  | { readonly kind: "crashed"; readonly reason: string };

/** `ready` comes once, when wabt has been loaded. */
export type WabtMessage = { readonly kind: "ready" } | WabtOutcome;
