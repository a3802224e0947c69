/** SARIF 2.1.0 (OASIS standard), which code hosts show beside the code. */
import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import type { Location, Log, PhysicalLocation, Result } from "sarif";
import { toPosition1, type Range0 } from "#core/text/positions.ts";
import { slashed } from "#platform";
import { pageOf, type Finding, type Severity } from "./finding.ts";

const levels: Readonly<Record<Severity, Result.level>> = { error: "error", warning: "warning", information: "note", hint: "note" };

export function sarif(findings: readonly Finding[], version: string): string {
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  const log: Log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "go-wasm",
            semanticVersion: version,
            informationUri: "https://github.com/go-wasm/vscode-go-wasm",
            rules: codes.map((code) => ({ id: code, helpUri: pageOf(code) })),
          },
        },
        columnKind: "utf16CodeUnits",
        results: findings.map((finding) => resultOf(finding, codes.indexOf(finding.code))),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function resultOf({ file, range, severity, code, message, related }: Finding, ruleIndex: number): Result {
  return {
    ruleId: code,
    ruleIndex,
    level: levels[severity],
    message: { text: message },
    locations: [{ physicalLocation: placeOf(file, range) }],
    ...(related.length > 0 && { relatedLocations: related.map(relatedLocation) }),
  };
}

const relatedLocation = (other: Finding["related"][number], id: number): Location => ({
  id,
  physicalLocation: placeOf(other.file, other.range),
  message: { text: other.message },
});

function placeOf(file: string, { start, end }: Range0): PhysicalLocation {
  const [from, to] = [toPosition1(start), toPosition1(end)];
  return {
    artifactLocation: { uri: isAbsolute(file) ? pathToFileURL(file).href : encodeURI(slashed(file)) },
    region: { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column },
  };
}
