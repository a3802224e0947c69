import type { ModuleOffset } from "#core/wasm/offsets.ts";
import type { Stop } from "../engine/engine.ts";
import type { GoCodeScope } from "../expressions/compile/go-scope.ts";
import type { GoShownValue } from "../values/go/shown-value.ts";

/** Expressions of a language whose symbols evaluate them themselves. `Frame`: a frame as those symbols see it. */
export interface ExpressionSource<Frame> {
  /** `undefined` where the frame's variables are not known. */
  at(frame: Frame): Promise<FrameExpressions | undefined>;
  /** What names mean at `offset` in every frame there is, for conditions that the engine checks; `undefined` where that is not known. */
  codeScope(offset: ModuleOffset): Promise<GoCodeScope | undefined>;
  /** Settles when the variables are known; `undefined` where they are, or never will be. */
  readonly pending: Promise<void> | undefined;
  /** Memory was written at the stop: what was read before does not hold any more. */
  forget(stop: Stop): void;
}

/** Expressions in one frame. Everything rejects with `ExpressionError` where there is no value. */
export interface FrameExpressions {
  /**
   * `whole`: the value is not cut. `longStrings`: more of a string is shown than in a list of variables. `quick`: only by what is known
   * already.
   */
  evaluate(
    text: string,
    how?: { readonly whole?: boolean; readonly longStrings?: boolean; readonly quick?: boolean },
  ): Promise<GoShownValue>;
  /** Whether a condition is true. */
  holds(text: string): Promise<boolean>;
  /** Gives what `target` is the value of `source`. Answers the type of `target`. */
  assign(target: string, source: string): Promise<string>;
  /** The value of an expression that may call functions of the program, and what it has given of them where the whole expression is a call. */
  call(text: string): Promise<GoShownValue>;
  /** What may stand at the end of `text`: names, or members behind a dot. */
  complete(text: string): Promise<readonly Completion[]>;
}

export interface Completion {
  readonly name: string;
  readonly kind: "variable" | "field" | "function" | "module" | "constant";
  readonly type?: string;
}
