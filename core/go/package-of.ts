/** Import path of the package that a function or variable of this name is in, as the linker spells it. */
export function packageOf(name: string): string {
  const end = name.search(/[([]/);
  const path = end < 0 ? name : name.slice(0, end);
  const slash = path.lastIndexOf("/") + 1;
  const dot = path.indexOf(".", slash);
  return dot < 0 ? path : path.slice(0, dot);
}

/** The path as it stands in an import: the linker escapes dots behind the last slash, and some other characters (cmd/internal/objabi.PathToPrefix). */
export function importPathOf(linkerPath: string): string {
  try {
    return decodeURIComponent(linkerPath);
  } catch {
    // No toolchain writes such a path.
    return linkerPath;
  }
}
