/** Names of types as they stand in values: with the last element of the import path only. */

/** `*example.com/a/b.T` becomes `*b.T`. Like Delve's, the name stays whole where it has just one slash, or an anonymous type inside. */
export function shortTypeName(name: string): string {
  return shorten(name, 0) ?? name;
}

const deepest = 100;

/** `undefined`: it cannot be shortened. */
function shorten(name: string, depth: number): string | undefined {
  if (depth > deepest) return undefined;
  const prefix = /^(?:\*|\[[^\]]*\])/.exec(name)?.[0];
  if (prefix !== undefined) return prefixed(prefix, shorten(name.slice(prefix.length), depth + 1));
  if (name.startsWith("map[")) return shortenMap(name, depth);
  if (/^(?:interface|struct) ?\{\}$/.test(name)) return name;
  if (/(?:interface ?\{|struct ?\{|func ?\()[^})]/.test(name)) return undefined;
  const bracket = name.indexOf("[");
  if (bracket >= 0) return shortenInstance(name, bracket, depth);
  if (!/^[\p{L}\p{Nd}_./@%-]*$/u.test(name)) return undefined;
  return name.split("/").length > 2 ? name.slice(name.lastIndexOf("/") + 1) : name;
}

const prefixed = (prefix: string, rest: string | undefined): string | undefined => (rest === undefined ? undefined : prefix + rest);

function shortenMap(name: string, depth: number): string | undefined {
  let open = 1;
  let end = 4;
  for (; end < name.length && open > 0; end++) {
    if (name[end] === "[") open++;
    else if (name[end] === "]") open--;
  }
  if (open > 0) return undefined;
  const key = shorten(name.slice(4, end - 1), depth + 1);
  const elem = shorten(name.slice(end), depth + 1);
  return key === undefined || elem === undefined ? undefined : `map[${key}]${elem}`;
}

function shortenInstance(name: string, bracket: number, depth: number): string | undefined {
  if (!name.endsWith("]")) return undefined;
  const generic = shorten(name.slice(0, bracket), depth + 1);
  const args = name
    .slice(bracket + 1, -1)
    .split(",")
    .map((argument) => shorten(argument.trim(), depth + 1));
  if (generic === undefined || args.includes(undefined)) return undefined;
  return `${generic}[${args.join(", ")}]`;
}
