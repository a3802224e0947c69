/** Reads `vendor/modules.txt`: which packages the vendor folder holds (cmd/go/internal/modload/vendor.go). */

/** Import paths; a `#` line names the module that the packages below it are of. */
export function vendoredPackages(text: string): ReadonlySet<string> {
  const packages = new Set<string>();
  for (const line of text.split("\n")) {
    const path = line.trim();
    if (path !== "" && !path.startsWith("#")) packages.add(path);
  }
  return packages;
}
