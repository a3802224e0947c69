/** What a field adds to its module: names, exports, types. */
import type { NodeKind } from "./node.ts";
import type { Space } from "./space.ts";

/** One entry of an index space. */
export interface Definition {
  readonly space: Space;
  /** Name without `$`. */
  readonly name: string | undefined;
  /** Token of the name, or of the word that defines. */
  readonly token: number;
  /** Of a type: what it is. */
  readonly type?: TypeDefinition;
}

export interface TypeDefinition {
  readonly kind: "func" | "struct" | "array" | "cont" | "unknown";
  /** Of a function: parameters and results as {@link signatureText} writes them. */
  readonly signature?: string;
  /** Of a struct: names of its fields in order. */
  readonly fields?: readonly (string | undefined)[];
}

export interface ExportDefinition {
  readonly name: string;
  /** Token of the name. */
  readonly token: number;
  /** What is exported; `undefined` for the field's own first entry. */
  readonly target: { readonly space: Space; readonly entry: string | number } | undefined;
}

export interface Definitions {
  /** Kind of the field; all that add nothing count as stray. */
  readonly kind: NodeKind;
  readonly entries: readonly Definition[];
  readonly exports: readonly ExportDefinition[];
  /** Token to mark where an import is at the wrong place; `undefined` where the field imports nothing. */
  readonly importToken: number | undefined;
  /** Whether the field defines a function, table, memory, global or tag of its own, behind which no import may stand. */
  readonly isDefinition: boolean;
}
