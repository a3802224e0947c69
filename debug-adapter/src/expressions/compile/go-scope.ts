import type { GoType } from "#core/go/layouts/go-type.ts";
import type { GoLoadLimits, GoProgramFacts } from "../../values/go/go-program.ts";

/** What the names in a condition mean at one place of the code, in every frame that comes by. */
export interface GoCodeScope {
  readonly program: GoProgramFacts;
  readonly limits: GoLoadLimits;
  /** Import path of the package of the place's function. */
  readonly packagePath: string;
  /** A local variable; of several with the name the innermost one. */
  local(name: string): GoLocalPlace | undefined;
  globalNames(): readonly string[];
  /** A package's variable by its full name. */
  global(fullName: string): { readonly type: GoType; readonly address: number } | undefined;
  functionsNamed(name: string): readonly string[];
  /** Where a `runtime.g` has the goroutine's number, in bytes; `undefined` where the runtime's layout is not known. */
  readonly goroutineIdAt: number | undefined;
}

export interface GoLocalPlace {
  /** `undefined` where it is only known at a stop. */
  readonly type: GoType | undefined;
  /** Above the stack pointer, in bytes. */
  readonly stackOffset: number;
  /** Only its address is there. */
  readonly byReference: boolean;
}
