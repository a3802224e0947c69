/**
 * Names that AssemblyScript gives to wasm items, as its users write them: `main/Point#len2` is `Point.len2`,
 * `~lib/array/Array<~lib/string/String>#push` is `Array<String>.push`. Source: AssemblyScript, src/common.ts (`CommonNames`, path and instance delimiters).
 */
export function sourceName(internal: string): string {
  return internal
    .replace(/^export:/, "")
    .replaceAll(/[^<>,()\s/]*\//g, "")
    .replaceAll("#", ".");
}

/** Whether an item belongs to the standard library or the runtime. */
export function isLibraryName(internal: string): boolean {
  return internal.startsWith("~") || internal.startsWith("__");
}

/**
 * Names of locals, each once: a compiler that gives an inner variable a slot of its own marks its name (`i|3`), or writes the plain name again.
 * Slots without a name were made by the compiler and are left out.
 */
export function localNames(names: ReadonlyMap<number, string>): ReadonlyMap<number, string> {
  const used = new Map<string, number>();
  const result = new Map<number, string>();
  for (const [index, internal] of [...names].sort(([a], [b]) => a - b)) {
    const plain = internal.replace(/[|~]\d+$/, "");
    if (plain === "" || /^(\$?\d+|var\$\d+)$/.test(plain)) continue;
    const times = (used.get(plain) ?? 0) + 1;
    used.set(plain, times);
    result.set(index, times === 1 ? plain : `${plain} (${times})`);
  }
  return result;
}
