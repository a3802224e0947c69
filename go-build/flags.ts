/** Flags of `go build`: those of the user, and those that make a program debuggable. */

/** Splits a command line as Delve does: by spaces, with single and double quotes. */
export function splitFlags(given: string | readonly string[] | undefined): string[] {
  if (given === undefined) return [];
  if (typeof given !== "string") return [...given];
  const flags: string[] = [];
  let flag: string | undefined;
  let quote = "";
  for (const char of given) {
    if (quote !== "") {
      if (char === quote) quote = "";
      else flag += char;
    } else if (char === '"' || char === "'") {
      quote = char;
      flag ??= "";
    } else if (/\s/.test(char)) {
      if (flag !== undefined) flags.push(flag);
      flag = undefined;
    } else {
      flag = (flag ?? "") + char;
    }
  }
  if (flag !== undefined) flags.push(flag);
  return flags;
}

/**
 * The user's flags, then `-gcflags` for every pattern: of several that match a package the last one counts, so the user's own, as far as
 * they hold for the named packages, are joined to ours, and those with a pattern of their own stand before them.
 */
export function withCompilerFlags(user: readonly string[], patterns: readonly string[], ours: string): string[] {
  const flags: string[] = [];
  const plain: string[] = [];
  for (let at = 0; at < user.length; at++) {
    const flag = user[at]!;
    const value = /^--?gcflags=(.*)$/s.exec(flag)?.[1] ?? (/^--?gcflags$/.test(flag) ? user[++at] : undefined);
    if (value === undefined) flags.push(flag);
    else if (value === "" || value.startsWith("-")) plain.push(value);
    else flags.push(`-gcflags=${value}`);
  }
  const joined = [ours, ...plain].filter((part) => part !== "").join(" ");
  return [...flags, ...patterns.map((pattern) => `-gcflags=${pattern}=${joined}`)];
}

/** Whether the user's flags have the compiler optimise what our `-N` keeps it from. */
export function isOptimised(user: readonly string[]): boolean {
  return withCompilerFlags(user, ["."], "").some((flag) => /^-gcflags=\.=(?:.*\s)?-N=(?:0|f|F|false|False|FALSE)(?:\s|$)/.test(flag));
}

/** The user's flags as they hold for one package that is not theirs, with `ours` for its compiler. */
export function withPackageFlags(user: readonly string[], path: string, ours: string): string[] {
  const flags: string[] = [];
  let compiler = "";
  for (let at = 0; at < user.length; at++) {
    const flag = user[at]!;
    const value = /^--?gcflags=(.*)$/s.exec(flag)?.[1] ?? (/^--?gcflags$/.test(flag) ? user[++at] : undefined);
    if (value === undefined) {
      flags.push(flag);
      continue;
    }
    const [, pattern, options] = /^([^-=][^=]*)=(.*)$/s.exec(value) ?? [];
    if (pattern !== undefined && matches(pattern, path)) compiler = options!;
  }
  return [...flags, `-gcflags=${path}=${[compiler, ours].filter((part) => part !== "").join(" ")}`];
}

/** As `go help packages` says, as far as patterns go by names. */
function matches(pattern: string, path: string): boolean {
  if (pattern === "all" || pattern === path) return true;
  if (pattern === "std") return !path.split("/")[0]!.includes(".");
  return pattern.endsWith("/...") && (path === pattern.slice(0, -4) || path.startsWith(pattern.slice(0, -3)));
}
