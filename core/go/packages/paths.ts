/** Paths of files with `/` between their parts, as Node takes them on every platform. Absolute ones start with `/` or a drive. */

export function isAbsolutePath(path: string): boolean {
  return /^(?:[A-Za-z]:)?\//u.test(path);
}

/** Without a `/` at its end; the root stays as it is. */
export function parentFolder(path: string): string {
  const slash = path.lastIndexOf("/");
  if (slash < 0) return ".";
  return slash === 0 ? "/" : path.slice(0, slash);
}

/** Puts `parts` behind each other and takes `.` and `..` away; an absolute part starts anew. */
export function joinPath(...parts: readonly string[]): string {
  let from = 0;
  for (const [index, part] of parts.entries()) if (isAbsolutePath(part)) from = index;
  const all = parts
    .slice(from)
    .filter((part) => part !== "")
    .join("/");
  const root = /^(?:[A-Za-z]:)?\//u.exec(all)?.[0] ?? "";
  const names: string[] = [];
  for (const name of all.slice(root.length).split("/")) {
    if (name === "" || name === ".") continue;
    if (name === ".." && names.length > 0 && names[names.length - 1] !== "..") names.pop();
    else if (name !== ".." || root === "") names.push(name);
  }
  return root + names.join("/");
}

/** The way down from `folder` to `path`; undefined where it is not inside. Empty for the folder itself. */
export function pathInside(folder: string, path: string): string | undefined {
  if (path === folder) return "";
  const prefix = folder.endsWith("/") ? folder : `${folder}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}

/** `folder`, the folder around it, and so on. */
export function* foldersUpward(folder: string): Iterable<string> {
  for (let current = folder; ; current = parentFolder(current)) {
    yield current;
    if (current === "." || current === "/" || !current.includes("/")) return;
  }
}
