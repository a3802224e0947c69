import { LineIndex } from "#core/text/line-index.ts";
import { toPosition1, type Span } from "#core/text/positions.ts";
import { WatDocument } from "#core/wat/document.ts";
import { encodeWat } from "#core/wat/encode.ts";
import { LaunchError, type LaunchKind } from "./launch-plan.ts";
import { readProgramFile } from "./program-file.ts";

const mostShown = 5;

/** A module in the text format: encoded in memory, as it stands on disk. */
export const watFile: LaunchKind = {
  takes: (path) => /\.wat$/i.test(path),
  build: async ({ path, signal }) => {
    const file = Buffer.from(await readProgramFile(path, signal)).toString("utf8");
    // Editors do not show a byte order mark, and count columns without it.
    const watText = file.replace(/^\uFEFF/, "");
    const document = WatDocument.open(watText, "wat");
    const errors = document.problems().filter((problem) => !problem.isWarning);
    if (errors.length > 0) throw new LaunchError(problemText(path, watText, errors));
    const { bytes, problems } = encodeWat(document);
    if (!bytes) throw new LaunchError(problemText(path, watText, problems));
    return { path, bytes, watText };
  },
};

/** As compilers print it, so that the client makes links of it. */
function problemText(path: string, text: string, problems: readonly { readonly message: string; readonly span: Span }[]): string {
  const lines = new LineIndex(text);
  const shown = problems.slice(0, mostShown).map(({ message, span }) => {
    const { line, column } = toPosition1(lines.positionAt(span.start));
    return `${path}:${line}:${column}: ${message}`;
  });
  const rest = problems.length - shown.length;
  return [...shown, ...(rest > 0 ? [`and ${rest} problems more`] : [])].join("\n") || `${path}: there is no module in this file`;
}
