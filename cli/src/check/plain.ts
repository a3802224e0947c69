import { toPosition1, type Range0 } from "#core/text/positions.ts";
import type { Finding } from "./finding.ts";

/**
 * A line each, as compilers print it, so that editors and terminals make links of it; advice stands below, indented. Columns count UTF-16
 * units, from 1.
 */
export function plain(findings: readonly Finding[]): string {
  return findings
    .flatMap(({ file, range, severity, code, message, related }) => {
      const [first = "", ...more] = printable(message).split("\n");
      return [
        `${place(file, range)}: ${severity}: ${first} [${code}]`,
        ...more.map((line) => `    ${line}`),
        ...related.map((other) => `${place(other.file, other.range)}: note: ${printable(other.message).replaceAll("\n", "\n    ")}`),
      ];
    })
    .map((line) => `${line}\n`)
    .join("");
}

function place(file: string, { start }: Range0): string {
  const { line, column } = toPosition1(start);
  return `${printable(file)}:${line}:${column}`;
}

/** Nothing in a message may speak to the terminal. */
function printable(message: string): string {
  // oxlint-disable-next-line no-control-regex
  return message.replaceAll(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/g, "\u{FFFD}");
}
