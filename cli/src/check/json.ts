import { toPosition1, type Range0 } from "#core/text/positions.ts";
import type { Finding } from "./finding.ts";

/** An array of findings; lines and columns count from 1, columns in UTF-16 units, ends are exclusive. */
export function json(findings: readonly Finding[]): string {
  const shown = findings.map(({ related, range, ...finding }) => ({
    ...finding,
    range: range1(range),
    related: related.map((other) => ({ ...other, range: range1(other.range) })),
  }));
  return `${JSON.stringify(shown, undefined, 2)}\n`;
}

const range1 = ({ start, end }: Range0) => ({ start: toPosition1(start), end: toPosition1(end) });
