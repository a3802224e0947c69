import type { Listing } from "#core/go/listing/go-lines.ts";
import type { GoVariableSource, LayoutsAnswer } from "#go-build/answers.ts";

export type { GoVariableSource, LayoutsAnswer } from "#go-build/answers.ts";

/** What a Go module brings with it beyond its bytes. */
export interface GoBuild {
  /** Of the packages that were built for debugging; none for a module that was built elsewhere. */
  readonly listings: readonly Listing[];
  /** How the runtime's own types lie in memory; asked while the module is built. Never rejects. */
  readonly runtime: Promise<LayoutsAnswer>;
  /** Asked for while the program runs already; resolves to `undefined` where there are none. */
  readonly variables: Promise<GoVariableSource | undefined>;
  /** Variables may be elsewhere than in their places in the frame. */
  readonly optimised?: boolean;
  /** Lists another package of the program; none where that is not possible. Never rejects. */
  readonly listPackage?: (asked: PackageOfFile) => Promise<readonly Listing[]>;
  /** Functions and variables of another package of the program, by its import path; `undefined` where they cannot be had. Never rejects. */
  readonly describePackage?: (path: string) => Promise<GoVariableSource | undefined>;
}

export interface PackageOfFile {
  /** Import path. */
  readonly name: string;
  /** One of its files, as the function table has it. */
  readonly file: string;
}
