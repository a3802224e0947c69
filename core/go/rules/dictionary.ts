/** The hidden parameter of generic code. */
import { tokenKind as kind } from "../source/tokens.ts";
import type { FuncDeclaration, GoFile } from "../source/syntax.ts";

/**
 * The shared code behind the instances of a generic function takes a dictionary of what its type arguments need, as a
 * first parameter `*[N]uintptr`. N depends on everything that the body does with its types; it is certain only (and 0)
 * where neither the signature nor a body names them.
 */
export function hasEmptyDictionary(file: GoFile, declaration: FuncDeclaration): boolean {
  if (declaration.parameters.length === 0 || declaration.body === undefined || declaration.body.to - declaration.body.from !== 2)
    return false;
  const { kinds, starts, ends, matches, text } = file.tokens;
  const names = new Set(declaration.parameters.map((parameter) => parameter.name));
  let index = declaration.tokens.from;
  while (index < declaration.tokens.to && kinds[index] !== kind.openBracket) index++;
  for (index = matches[index]!; index > 0 && index < declaration.body.from; index++) {
    if (kinds[index] === kind.name && names.has(text.slice(starts[index], ends[index]))) return false;
  }
  return true;
}
