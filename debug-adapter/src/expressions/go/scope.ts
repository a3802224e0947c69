/** What the names in an expression mean in one frame. */
import type { GoLoadLimits, GoMemory, GoNamedPlace, GoProgramFacts } from "../../values/go/go-program.ts";

export interface GoScope {
  readonly program: GoProgramFacts;
  /** Memory of the program at this stop. */
  readonly memory: GoMemory;
  readonly limits: GoLoadLimits;
  /** Import path of the package of the frame's function, as the linker spells it. */
  readonly packagePath: string;
  /** A local variable; of several with the name the innermost one. Rejects with `UnreadableError` where it is nowhere. */
  local(name: string): Promise<GoNamedPlace | undefined>;
  /** The `runtime.g` of the frame's goroutine. */
  goroutine(): GoNamedPlace | undefined;
  /** Names of the local variables, without those that are shadowed. */
  localNames(): readonly string[];
  /** Names of the variables of packages that the program has, as the linker spells them. */
  globalNames(): readonly string[];
  /** A variable by such a name. */
  global(fullName: string): Promise<GoNamedPlace | undefined>;
  /** Learns what is in packages of this name or path that are not the user's; whether there was anything to learn. Never rejects. */
  describe(packageName: string): Promise<boolean>;
  /** Program counter of a function by its name in the function table. */
  functionCounter(fullName: string): number | undefined;
  /** Full names of functions that end in `.name` or are it. */
  functionsNamed(name: string): readonly string[];
}
