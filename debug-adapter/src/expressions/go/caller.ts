/** What calls functions for expressions. */
import type { GoType } from "#core/go/layouts/go-type.ts";

/** Makes room for bytes that the program does not have, and puts them there; `undefined` where there is none. */
export type Allocate = (bytes: Uint8Array) => Promise<number | undefined>;

export interface GoParameter {
  readonly name: string;
  readonly type: GoType;
}

export interface GoSignature {
  /** The receiver of a method is the first. */
  readonly parameters: readonly GoParameter[];
  readonly results: readonly GoParameter[];
  /** Bytes of all of them on the stack; `undefined` where that is not known. */
  readonly size: number | undefined;
}

/**
 * `frame`: arguments and results, as the function has left them. `panic`: the two words of the interface that the panic's value is in.
 * `exited`: it has called `runtime.Goexit`.
 */
export type GoCallEnd =
  | { readonly kind: "returned"; readonly frame: Uint8Array }
  | { readonly kind: "panicked"; readonly panic: Uint8Array }
  | { readonly kind: "exited" };

/** Everything rejects with `ExpressionError`, which says why a function cannot be called. */
export interface GoCaller {
  /** Bounds of the stack of the goroutine; what lies there must not be kept by a function. */
  stack(): Promise<{ readonly low: number; readonly high: number }>;
  /** By the name in the function table; `undefined` where the debug information does not say. */
  signature(name: string): GoSignature | undefined;
  /** The same, where somebody has to be asked. */
  askedSignature(name: string): Promise<GoSignature | undefined>;
  /** Address of the descriptor of a type, by the type's name; `undefined` where it is not known. */
  typeDescriptor(name: string): number | undefined;
  /** `frame`: arguments and room for results as they lie on the stack. `closure`: address of the closure, 0 where there is none. */
  call(counter: number, closure: number, frame: Uint8Array): Promise<GoCallEnd>;
  readonly allocate: Allocate;
}
