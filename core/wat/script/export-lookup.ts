/** What a module exports, as scripts ask for it. */

/** A type as scripts tell them apart: `text` for messages, `word` is `i32` and so on, or `ref` for all references. */
export interface ScriptType {
  readonly word: string;
  readonly text: string;
}

export type ModuleExport =
  | { readonly kind: "func"; readonly params: readonly ScriptType[]; readonly results: readonly ScriptType[] }
  | { readonly kind: "global"; readonly type: ScriptType }
  | { readonly kind: "other"; readonly what: string };

/** The exports of a module by name; "unknown" where the module is not right, so that nothing can be said of it. */
export type ExportLookup = (name: string) => ModuleExport | undefined | "unknown";
