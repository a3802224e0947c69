/** The refactorings of definitions; a new one is a file and a line here. */
import type { Refactor } from "./refactoring.ts";

export const refactorings: readonly Refactor[] = [];
