/** What a carried out fix changes in the files as they are. */
import type { GoFile } from "../source/syntax.ts";
import type { CreatedFile } from "./draft.ts";
import { changesBetween, type TextChange } from "./text-change.ts";
import type { Outcome } from "./verify.ts";

export interface FileChanges {
  readonly changes: ReadonlyMap<GoFile, readonly TextChange[]>;
  readonly created: readonly CreatedFile[];
}

export function changesOf({ texts, created }: Outcome): FileChanges {
  const changes = new Map<GoFile, readonly TextChange[]>();
  for (const [file, text] of texts) {
    const between = changesBetween(file.text, text);
    if (between.length > 0) changes.set(file, between);
  }
  return { changes, created };
}
