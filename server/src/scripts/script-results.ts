/** Outcomes of scripts that have been run, for as long as the text before them stays the same. */
import type { WatDocument } from "#core/wat/document.ts";
import type { Field } from "#core/wat/field.ts";
import { Node } from "#core/wat/node.ts";
import type { StepOutcome } from "./script-jobs.ts";

interface Results {
  readonly fields: readonly Field[];
  readonly outcomes: readonly StepOutcome[];
}

export class ScriptResults {
  readonly #byUri = new Map<string, Results>();

  set(uri: string, document: WatDocument, outcomes: readonly StepOutcome[]): void {
    this.#byUri.set(uri, { fields: document.fields, outcomes });
  }

  forget(uri: string): void {
    this.#byUri.delete(uri);
  }

  /** Outcomes that still hold: those before the first field that an edit has touched. */
  of(uri: string, document: WatDocument): readonly StepOutcome[] {
    const results = this.#byUri.get(uri);
    if (results === undefined) return [];
    const { fields } = document;
    let same = 0;
    while (same < results.fields.length && results.fields[same] === fields[same]) same++;
    if (same === fields.length && same === results.fields.length) return results.outcomes;
    return results.outcomes.filter(({ at }) => at < same && endOf(fields, at) < same);
  }
}

/** Place of the last field of what begins at a place: a module goes up to its `)`. */
function endOf(fields: readonly Field[], at: number): number {
  let depth = 0;
  for (let end = at; end < fields.length; end++) {
    if (fields[end]!.kind === Node.opening) depth++;
    else if (fields[end]!.kind === Node.closing && --depth <= 0) return end;
    if (depth === 0) return end;
  }
  return fields.length;
}
