/** `from` is a path prefix in the editor, `to` the one in the binary. */
export interface PathSubstitution {
  readonly from: string;
  readonly to: string;
}

/** The editor's spelling of a path out of debug information: the first rule whose `to` is the path or a folder above it. */
export function fromBinary(name: string, substitutions: readonly PathSubstitution[]): string {
  for (const { from, to } of substitutions) {
    const prefix = to.replace(/[\\/]+$/, "");
    if (name === prefix) return from;
    if (prefix !== "" && name.startsWith(prefix) && /[\\/]/.test(name.charAt(prefix.length))) {
      return from.replace(/[\\/]+$/, "") + name.slice(prefix.length);
    }
    // An empty `to` stands for relative names, as in programs built with trimmed paths.
    if (to === "" && !/^([\\/]|[A-Za-z]:)/.test(name)) return `${from.replace(/[\\/]+$/, "")}/${name}`;
  }
  return name;
}
