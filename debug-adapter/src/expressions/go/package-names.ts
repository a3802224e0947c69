/** Names of packages, as far as import paths tell them: by convention a package is called as the last element of its path, versions left out. */

/** `example.com/a/yaml%2ev3` and `example.com/yaml/v3` are both `yaml`. */
export function packageNameOf(path: string): string {
  const plain = path.replace(/\/v\d+$/, "").replace(/(?:%2e|\.)v\d+$/, "");
  const name = plain.slice(plain.lastIndexOf("/") + 1);
  return name.replace(/^go-|-go$|%2ego$/g, "");
}

/** A name of a type with packages' names in place of their import paths. */
export function withPackageNames(typeName: string): string {
  if (!typeName.includes("/") && !typeName.includes("%")) return typeName;
  return typeName.replace(/([\w\-.~%]+(?:\/[\w\-.~%]+)*)\.([\p{L}_][\p{L}\p{Nd}_]*)/gu, (_, path: string, name: string) => {
    return `${packageNameOf(path)}.${name}`;
  });
}
