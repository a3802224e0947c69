/** What a field uses of its module: names and indices that must exist, inline types that must be those of the type they name. */
import { spaceWords } from "./bind.ts";
import type { ModuleNames } from "./bind.ts";
import { signatureText } from "./definitions.ts";
import { EntryUse } from "./field-notes.ts";
import type { ResolvedField } from "./field-notes.ts";
import { defaultIndex, Space } from "./field.ts";
import type { Field, FieldText } from "./field.ts";
import { Node } from "./node.ts";
import type { PlacedProblem, WatCode } from "./problem.ts";
import { instructionTag, Token } from "./token.ts";

const setTag = instructionTag("global.set");
const callTag = instructionTag("call");
const returnCallTag = instructionTag("return_call");

/** By space and index, where an entry may stand among the uses of the field being read; it does if it is found there. */
const places = Array.from({ length: Space.structField }, () => new Uint32Array(16));

function addUse(uses: number[], space: Space, index: number, use: number): void {
  const known = placesFor(space, index);
  const place = known[index]!;
  if (place < uses.length && uses[place] === space && uses[place + 1] === index) {
    uses[place + 2]! |= use;
    return;
  }
  known[index] = uses.length;
  uses.push(space, index, use);
}

function placesFor(space: Space, index: number): Uint32Array {
  const known = places[space]!;
  if (index < known.length) return known;
  const grown = new Uint32Array(Math.max(2 * known.length, index + 1));
  grown.set(known);
  places[space] = grown;
  return grown;
}

function useAt({ tags }: Field, space: Space, token: number): number {
  const before = tags[token - 1];
  if (space === Space.global && before === setTag) return EntryUse.any | EntryUse.set;
  if (space === Space.func && before !== callTag && before !== returnCallTag) return EntryUse.any | EntryUse.handed;
  return EntryUse.any;
}

/** `typeCount` tells how many types the module has with those that only uses imply; it is asked only where an index is beyond the written ones. */
export function resolveField(source: FieldText, names: ModuleNames, typeCount: () => number): ResolvedField {
  const { field } = source;
  const problems: PlacedProblem[] = [];
  const uses: number[] = [];
  let count: number | undefined;
  const report = (code: WatCode, message: string, token: number, type?: number): void => {
    const problem = { code, message, start: field.spans[2 * token]!, end: field.spans[2 * token + 1]! };
    problems.push(type === undefined ? problem : { ...problem, about: { space: Space.type, index: type } });
  };
  const { references } = field;
  for (let at = 0; at < references.length; at += 2) {
    const token = references[at + 1]!;
    if (references[at]! >= defaultIndex) {
      const space = (references[at]! - defaultIndex) as Space;
      const [word, code] = spaceWords[space]!;
      if (names.countOf(space) === 0) report(code, `\`${source.tokenText(token)}\` needs a ${word}, and this module has none.`, token);
      else addUse(uses, space, 0, EntryUse.any);
      continue;
    }
    const space = references[at] as Space;
    if (space === Space.structField) {
      const message = missingStructField(source, names, references[at - 1]!, token);
      if (message !== undefined) report("unknown-struct-field", message, token, names.resolve(Space.type, source, references[at - 1]!));
      continue;
    }
    const index = names.resolve(space, source, token);
    if (index !== undefined && index < names.countOf(space)) addUse(uses, space, index, useAt(field, space, token));
    else if (isMissing(space, index, () => (count ??= typeCount())))
      report(spaceWords[space]![1], missingMessage(source, names, space, token), token);
  }
  for (const node of field.checkedTypeUses) {
    const message = inlineTypeMismatch(source, names, node);
    const token = field.firstToken(node) + 2;
    if (message !== undefined) report("inline-type-mismatch", message, token, names.resolve(Space.type, source, token));
  }
  return count === undefined ? { names, problems, uses } : { names, problems, uses, typeCount: count };
}

/** Whether an index that is none of an entry that a field defines is none at all. */
function isMissing(space: Space, index: number | undefined, typeCount: () => number): boolean {
  return index === undefined || space !== Space.type || index >= typeCount();
}

function missingMessage(source: FieldText, names: ModuleNames, space: Space, token: number): string {
  const [word] = spaceWords[space]!;
  const written = source.tokenText(token);
  if (source.field.tags[token] !== Token.natural) return `There is no ${word} \`${written}\` in this module.`;
  const count = names.countOf(space);
  if (count === 0) return `There is no ${word} ${written}: this module has none.`;
  return count === 1
    ? `There is no ${word} ${written}: this module has one, with index 0.`
    : `There is no ${word} ${written}: this module has ${count}, with indices 0 to ${count - 1}.`;
}

function missingStructField(source: FieldText, names: ModuleNames, typeToken: number, token: number): string | undefined {
  const type = names.resolve(Space.type, source, typeToken);
  const fields = type === undefined ? undefined : names.typeAt(type)?.fields;
  // Whether the type is a struct at all is not asked here.
  if (fields === undefined) return undefined;
  const written = source.tokenText(token);
  const isKnown =
    source.field.tags[token] === Token.natural
      ? Number(written.replaceAll("_", "")) < fields.length
      : fields.includes(source.nameOf(token));
  return isKnown ? undefined : `The struct type \`${source.tokenText(typeToken)}\` has no field \`${written}\`.`;
}

function inlineTypeMismatch(source: FieldText, names: ModuleNames, node: number): string | undefined {
  const { field } = source;
  const index = names.resolve(Space.type, source, field.firstToken(node) + 2);
  const declared = index === undefined ? undefined : names.typeAt(index)?.signature;
  if (declared === undefined) return undefined;
  const inline = signatureText(source, signatureNodes(field, node));
  if (comparable(inline) === comparable(declared)) return undefined;
  return `The type says \`${readable(declared)}\`, but the parameters and results written here are \`${readable(inline)}\`. Make them equal, or leave one of them out.`;
}

/** The parameters and results behind a `typeUse` node. */
function signatureNodes(field: Field, typeUse: number): number[] {
  const nodes: number[] = [];
  const end = field.nodeEnd(field.parentOf(typeUse));
  for (let node = field.nodeEnd(typeUse); node < end; node = field.nodeEnd(node)) {
    const kind = field.kindOf(node);
    if (kind !== Node.param && kind !== Node.result) break;
    nodes.push(node);
  }
  return nodes;
}

/** Two types may be named differently and still be equal, which is not decided here: names are left out of the comparison. */
function comparable(signature: string): string {
  return signature.replace(/\{[^}]*\}/g, "{}");
}

function readable(signature: string): string {
  return signature.replace(/[{}]/g, "").trim();
}
