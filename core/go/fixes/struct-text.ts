/** Lines of a generated struct or literal, aligned as gofmt aligns them. */

/** `name type` pairs, one a line, with the second parts below each other; `end` is put behind each. */
export function alignedFields(pairs: readonly (readonly [string, string])[], end = ""): string {
  const width = Math.max(...pairs.map(([first]) => Array.from(first).length));
  return pairs.map(([first, second]) => `\t${first}${" ".repeat(width - Array.from(first).length + 1)}${second}${end}`).join("\n");
}
