/** The function that carriers are written for, and the choices that were made for it. */
import type { MarkerWish } from "./markers.ts";
import type { FreeNames } from "./names.ts";

export interface CarrierWriting extends MarkerWish {
  readonly names: FreeNames;
  /** What `int` and `uint` become. */
  readonly integerBits: 32 | 64;
  /** Structs that cannot cross are copied into ones that can; else they stay in Go, and a handle crosses. */
  readonly mirrors: boolean;
  /** Declarations that the function needs beside it. */
  readonly declarations: string[];
}
