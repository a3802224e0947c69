/** The refactorings of names and instructions where they are used; a new one is a file and a line here. */
import { nameOrIndex } from "./name-or-index.ts";
import type { Refactor } from "./refactoring.ts";

export const useRefactorings: readonly Refactor[] = [nameOrIndex];
