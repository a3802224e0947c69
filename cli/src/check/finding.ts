/** What `go-wasm check` finds, whatever language it is in. */
import type { Range0 } from "#core/text/positions.ts";
import { lintCodes } from "#core/wat/lints/finding.ts";

export type Severity = "error" | "warning" | "information" | "hint";

export interface Finding {
  /** As the user named it, or below a folder that the user named. */
  readonly file: string;
  readonly range: Range0;
  readonly severity: Severity;
  /** Which check it comes from, such as `wat`. */
  readonly source: string;
  readonly code: string;
  readonly message: string;
  readonly related: readonly { readonly file: string; readonly range: Range0; readonly message: string }[];
}

const docs = "https://github.com/go-wasm/vscode-go-wasm/blob/main/docs";

/** The page that explains a code. */
export function pageOf(code: string): string {
  const isLint = lintCodes.some((lint) => lint === code);
  return isLint ? `${docs}/wat-lints.md#${code}` : `${docs}/diagnostics/${code}.md`;
}
