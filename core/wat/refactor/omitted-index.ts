/** Writes the memory or table that an instruction leaves out, or leaves out the first one where it is written. */
import { firstEntry, indexChoice, missingIndices } from "../lints/omitted-index.ts";
import { removal } from "../lints/lint.ts";
import { Space } from "../field.ts";
import { instructionAt } from "./cursor-instruction.ts";
import { insertion } from "./fields.ts";
import type { Refactor } from "./refactoring.ts";

export const omittedIndex: Refactor = ({ document, selection }) => {
  const place = instructionAt(document, selection.start);
  const choice = place === undefined ? undefined : indexChoice(place.source.field, place.word);
  if (place === undefined || choice === undefined) return [];
  const { module, source, word } = place;
  const { space, count, isGiven } = choice;
  const what = space === Space.memory ? "memory" : "table";
  if (!isGiven) {
    if (module.names.countOf(space) === 0) return [];
    const edits = [insertion(source.endOf(word), missingIndices(module.names, choice))];
    return [{ title: `Write the ${what} \`${firstEntry(module.names, space)}\``, kind: "rewrite", edits }];
  }
  for (let token = word + 1; token <= word + count; token++) if (module.names.resolve(space, source, token) !== 0) return [];
  const { start, end, text } = removal(source, word + 1, word + 1 + count);
  const edits = [{ span: { start: source.base + start, end: source.base + end }, text }];
  return [{ title: `Leave out the ${what}, which is the first`, kind: "rewrite", edits }];
};
