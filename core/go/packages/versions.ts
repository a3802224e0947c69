/** Compares module versions (Semantic Versioning 2.0.0, section 11, with the `v` that Go puts before them). */

/** Below 0 where `a` is older. What is no version is older than every version. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parse(a), parse(b)];
  if (left === undefined || right === undefined) return Number(left !== undefined) - Number(right !== undefined);
  for (let index = 0; index < 3; index++) {
    const difference = compareNumbers(left.numbers[index] ?? "0", right.numbers[index] ?? "0");
    if (difference !== 0) return difference;
  }
  return comparePrereleases(left.prerelease, right.prerelease);
}

function parse(version: string): { numbers: string[]; prerelease: string[] } | undefined {
  const match = /^v(\d+(?:\.\d+){0,2})(?:-([^+]*))?(?:\+.*)?$/u.exec(version);
  return match === null ? undefined : { numbers: match[1]!.split("."), prerelease: match[2]?.split(".") ?? [] };
}

/** Digits without leading zeros: of any length, as dates and hashes in pseudo-versions are. */
function compareNumbers(a: string, b: string): number {
  return a.length - b.length || compareText(a, b);
}

function comparePrereleases(a: readonly string[], b: readonly string[]): number {
  // A release is newer than what led to it.
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const difference = compareIdentifiers(a[index]!, b[index]!);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function compareIdentifiers(a: string, b: string): number {
  const [aIsNumber, bIsNumber] = [/^\d+$/u.test(a), /^\d+$/u.test(b)];
  if (aIsNumber && bIsNumber) return compareNumbers(a, b);
  return aIsNumber === bIsNumber ? compareText(a, b) : aIsNumber ? -1 : 1;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
