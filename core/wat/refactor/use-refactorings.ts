/** The refactorings of names and instructions where they are used; a new one is a file and a line here. */
import { brIfToIf } from "./br-if-to-if.ts";
import { emptyLists } from "./empty-lists.ts";
import { ifToBrIf } from "./if-to-br-if.ts";
import { nameOrIndex } from "./name-or-index.ts";
import { omittedIndex } from "./omitted-index.ts";
import type { Refactor } from "./refactoring.ts";
import { removeMut } from "./remove-mut.ts";
import { tailCall } from "./tail-call.ts";

export const useRefactorings: readonly Refactor[] = [nameOrIndex, brIfToIf, ifToBrIf, tailCall, omittedIndex, emptyLists, removeMut];
