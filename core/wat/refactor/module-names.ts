/** Names and indices of a whole module: which rewritings there are, and their edits. */
import type { BoundModule } from "../bind.ts";
import type { WatDocument, WatEdit } from "../document.ts";
import { firstInstruction, Token } from "../token.ts";
import { instructions } from "#core/wasm/instructions.ts";
import { indicesForNames } from "./indices-for-names.ts";
import { namesForIndices } from "./names-for-indices.ts";

/** `names`: names in place of indices; `indices`: indices where names are used; `no-names`: that, and no names of definitions. */
export const nameForms = ["names", "indices", "no-names"] as const;
export type NameForm = (typeof nameForms)[number];

/** Whether all names of a module are known: otherwise none of them is touched. */
function isReadable(document: WatDocument, { first, end, isWhole, names }: BoundModule): boolean {
  if (!isWhole || names.problems.length > 0) return false;
  for (let at = first; at < end; at++) if (document.fields[at]!.problems.length > 0) return false;
  return true;
}

/** Which of them change something, as far as a look at the tokens tells. */
export function offeredNameForms(document: WatDocument, module: BoundModule): NameForm[] {
  if (!isReadable(document, module)) return [];
  const { hasName, hasIndex } = spellings(document, module);
  return nameForms.filter((form) => (form === "names" ? hasIndex : hasName));
}

const innerImmediates = new Set(["local", "label", "labels"]);
const takesInner = Uint8Array.from(instructions, ({ immediates: [first] }) => (first !== undefined && innerImmediates.has(first) ? 1 : 0));

function spellings(document: WatDocument, { first, end }: BoundModule): { readonly hasName: boolean; readonly hasIndex: boolean } {
  let hasName = false;
  let hasIndex = false;
  for (let at = first; at < end && !(hasName && hasIndex); at++) {
    const { tags, references } = document.fields[at]!;
    for (let place = 0; place < references.length && !hasIndex; place += 2) hasIndex = tags[references[place + 1]!] === Token.natural;
    for (let token = 1; token < tags.length && !(hasName && hasIndex); token++) {
      const tag = tags[token];
      if (tag === Token.name || tag === Token.quotedName) hasName = true;
      else if (tag === Token.natural && takesInner[tags[token - 1]! - firstInstruction] === 1) hasIndex = true;
    }
  }
  return { hasName, hasIndex };
}

/** The edits of a rewriting, in the order of the text; none where names are missing or defined twice. */
export function rewriteNames(document: WatDocument, module: BoundModule, form: NameForm): WatEdit[] {
  if (!isReadable(document, module)) return [];
  return form === "names" ? namesForIndices(document, module) : indicesForNames(document, module, form === "indices");
}
