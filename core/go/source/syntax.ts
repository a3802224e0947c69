/** What the parser knows of a Go file. All offsets and spans are UTF-16 offsets into the file's text. */
import type { Span } from "#core/text/positions.ts";
import type { Tokens } from "./tokens.ts";

/** Token indices; `to` is exclusive. */
export interface TokenRange {
  readonly from: number;
  readonly to: number;
}

export interface NameNode {
  readonly text: string;
  readonly span: Span;
}

export type TypeNode =
  | { readonly kind: "name"; readonly span: Span; readonly package: string | undefined; readonly name: string }
  | {
      readonly kind: "instance";
      readonly span: Span;
      readonly package: string | undefined;
      readonly name: string;
      readonly args: readonly TypeNode[];
    }
  | { readonly kind: "pointer"; readonly span: Span; readonly element: TypeNode }
  | { readonly kind: "slice"; readonly span: Span; readonly element: TypeNode }
  | { readonly kind: "array"; readonly span: Span; readonly length: TokenRange; readonly element: TypeNode }
  | { readonly kind: "map"; readonly span: Span; readonly key: TypeNode; readonly element: TypeNode }
  | { readonly kind: "chan"; readonly span: Span; readonly direction: ChannelDirection; readonly element: TypeNode }
  | { readonly kind: "func"; readonly span: Span; readonly signature: SignatureNode }
  | { readonly kind: "struct"; readonly span: Span; readonly fields: readonly FieldNode[] }
  | {
      readonly kind: "interface";
      readonly span: Span;
      readonly methods: readonly MethodNode[];
      readonly embedded: readonly TypeNode[];
      readonly constraint: boolean;
    }
  /** Broken, unfinished, or nested deeper than the parser follows. */
  | { readonly kind: "bad"; readonly span: Span };

export type ChannelDirection = "both" | "receive" | "send";

export interface ParameterNode {
  /** Without a name where the list has only types. */
  readonly name: NameNode | undefined;
  readonly type: TypeNode;
  /** `...T`: `type` is T. */
  readonly variadic: boolean;
  /** From the name (or the type) to the end of the type. */
  readonly span: Span;
}

export interface SignatureNode {
  readonly parameters: readonly ParameterNode[];
  readonly results: readonly ParameterNode[];
  /** The results with their parentheses; an empty span behind the parameters where there are none. */
  readonly resultSpan: Span;
  /** False when something in it could not be read. */
  readonly complete: boolean;
}

/** One name of a field declaration; `a, b int` gives two. */
export interface FieldNode {
  readonly name: string;
  readonly embedded: boolean;
  readonly type: TypeNode;
  /** The tag's source text with its quotes. */
  readonly tag: string | undefined;
  readonly span: Span;
}

export interface MethodNode {
  readonly name: string;
  readonly signature: SignatureNode;
}

export interface ImportSpec {
  readonly name: NameNode | undefined;
  readonly path: string;
  readonly span: Span;
}

export interface ConstSpec {
  readonly names: readonly NameNode[];
  readonly type: TypeNode | undefined;
  /** One expression a name; those of the specification before where this one has none. */
  readonly values: readonly TokenRange[];
  readonly iota: number;
}

export interface TypeParameterNode {
  readonly name: string;
}

export interface TypeSpec {
  readonly name: NameNode;
  readonly parameters: readonly TypeParameterNode[];
  readonly alias: boolean;
  readonly type: TypeNode;
  readonly tokens: TokenRange;
}

export interface VarSpec {
  readonly names: readonly NameNode[];
  readonly type: TypeNode | undefined;
  readonly tokens: TokenRange;
}

export interface FuncDeclaration {
  readonly name: NameNode;
  readonly receiver: ParameterNode | undefined;
  readonly parameters: readonly TypeParameterNode[];
  readonly signature: SignatureNode;
  /** Offset of the first token behind `func`: where the compiler reports everything about this function. */
  readonly position: number;
  /** From `func` to the end of the declaration. */
  readonly span: Span;
  readonly tokens: TokenRange;
  /** Tokens of the body, braces included. */
  readonly body: TokenRange | undefined;
}

/** A well-formed or malformed `//go:wasmimport` or `//go:wasmexport`, and what became of it. */
export interface WasmDirective {
  readonly kind: "wasmimport" | "wasmexport";
  /** The comment from its slashes to its end. */
  readonly span: Span;
  /** Offset of the `g` of `go:`, where the compiler reports it. */
  readonly position: number;
  /** Words behind `go:wasmimport` or `go:wasmexport`. */
  readonly words: readonly NameNode[];
  readonly wellFormed: boolean;
  /** The function that takes it, "dropped" (a declaration that ignores it), or "misplaced". */
  readonly target: FuncDeclaration | "dropped" | "misplaced";
  /** Index of the token at which the parser met it: of several pending ones of a kind only the last counts there. */
  readonly metAt: number;
  /** The declaration whose text holds it, for a directive inside a declaration. */
  readonly inside: FuncDeclaration | undefined;
}

export interface GoFile {
  readonly path: string;
  readonly text: string;
  readonly tokens: Tokens;
  /** Empty where the package clause is missing. */
  readonly packageName: string;
  readonly imports: readonly ImportSpec[];
  readonly constants: readonly ConstSpec[];
  readonly types: readonly TypeSpec[];
  readonly variables: readonly VarSpec[];
  readonly functions: readonly FuncDeclaration[];
  readonly directives: readonly WasmDirective[];
  /** `//go:` comments of any kind that are not alone on their line. */
  readonly strayComments: readonly Span[];
  /** Local names of `//go:linkname` directives. */
  readonly linknames: ReadonlySet<string>;
}
