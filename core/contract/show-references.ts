/** What a lens above a definition asks the extension to show. */

/** Command that the lenses name; it is in no menu, since it needs to be told where. */
export const showReferencesCommand = "goWasm.showReferences";

export interface ShowReferences {
  /** URI of the file. */
  readonly uri: string;
  /** 0-based, in UTF-16 units, as the protocol has them. */
  readonly position: { readonly line: number; readonly character: number };
}
