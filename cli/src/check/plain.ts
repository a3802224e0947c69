import { toPosition1, type Range0 } from "#core/text/positions.ts";
import type { Finding } from "./finding.ts";

/** One line each, as compilers print it, so that editors and terminals make links of it. Columns count UTF-16 units, from 1. */
export function plain(findings: readonly Finding[]): string {
  return findings
    .flatMap(({ file, range, severity, code, message, related }) => [
      `${place(file, range)}: ${severity}: ${indented(message)} [${code}]`,
      ...related.map((other) => `${place(other.file, other.range)}: note: ${indented(other.message)}`),
    ])
    .map((line) => `${line}\n`)
    .join("");
}

function place(file: string, { start }: Range0): string {
  const { line, column } = toPosition1(start);
  return `${file}:${line}:${column}`;
}

/** Lines behind the first one must not look like findings of their own; nothing in a message may speak to the terminal. */
function indented(message: string): string {
  // oxlint-disable-next-line no-control-regex
  return message.replaceAll(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, "\u{FFFD}").replaceAll("\n", "\n    ");
}
