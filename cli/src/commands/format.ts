import { resolve } from "node:path";
import { text as textOf } from "node:stream/consumers";
import { WatDocument } from "#core/wat/document.ts";
import { formatText } from "#core/wat/format/format.ts";
import { defaultFormat, type FormatOptions } from "#core/wat/format/options.ts";
import { inputFiles } from "../check/inputs.ts";
import { plain } from "../check/plain.ts";
import { watFindings } from "../check/wat.ts";
import { type Command, type CommandArguments, type CommandContext, CommandError, exitCode } from "../command.ts";
import { readBytes, writeWhole } from "../files.ts";

/** The layout of the editor, for hooks and continuous integration. */
export const format: Command = {
  name: "format",
  summary: "lay out WAT; only white space changes",
  operands: "<file or folder>... [options]",
  options: {
    check: { type: "boolean", help: "write nothing; name the files that are not formatted, and fail if there are any" },
    stdin: { type: "boolean", help: "format the standard input to the standard output" },
    indent: { type: "string", value: "columns", help: "of a level; 2 by default" },
    tabs: { type: "boolean", help: "a tab for each level" },
    "print-width": { type: "string", value: "columns", help: "that a line should not exceed; 100 by default" },
    closing: { type: "string", value: "how", help: "closing parentheses: keep (the default), together or split" },
  },
  run: async ({ values, operands }, context) => {
    const options = optionsOf(values);
    if (values["stdin"] === true) {
      if (operands.length > 0 || values["check"] === true) throw new CommandError("--stdin goes with no file and without --check", true);
      const text = await textOf(process.stdin);
      context.out(formatText(WatDocument.open(text, "wat"), options));
      return exitCode.done;
    }
    if (operands.length === 0) throw new CommandError("give it files or folders; ./... is this folder and all below it", true);
    const files = await inputFiles(context.folder, operands, (name) => /\.was?t$/i.test(name), ".wat nor .wast");
    if (files.length === 0) throw new CommandError("there is nothing to format there");
    let isRight = true;
    for (const file of files) {
      if (context.signal.aborted) throw new CommandError("stopped");
      if (!(await formatFile(file, options, values["check"] === true, context))) isRight = false;
    }
    return isRight ? exitCode.done : exitCode.problems;
  },
};

/** Whether the file is formatted now and has no syntax error. */
async function formatFile(file: string, options: FormatOptions, isCheck: boolean, context: CommandContext): Promise<boolean> {
  const path = resolve(context.folder, file);
  const bytes = await readBytes(path);
  const written = bytes.toString("utf8");
  // What is no UTF-8 would not come back as it was.
  if (!Buffer.from(written, "utf8").equals(bytes)) throw new CommandError(`${file} is no UTF-8 text; save it as UTF-8 first`);
  const mark = written.startsWith("\uFEFF") ? "\uFEFF" : "";
  const text = written.slice(mark.length);
  const document = WatDocument.open(text, /\.wast$/i.test(file) ? "wast" : "wat");
  const formatted = formatText(document, options);
  const unread = document.fields.some(({ problems }) => problems.length > 0);
  const errors = unread ? watFindings(file, document).filter(({ severity }) => severity === "error") : [];
  if (errors.length > 0) context.err(plain(errors));
  if (formatted === text) return errors.length === 0;
  context.out(`${file}\n`);
  if (!isCheck) await writeWhole(path, mark + formatted);
  return !isCheck && errors.length === 0;
}

function optionsOf(values: CommandArguments["values"]): FormatOptions {
  const closing = values["closing"] ?? "keep";
  if (closing !== "keep" && closing !== "together" && closing !== "split")
    throw new CommandError("--closing is keep, together or split", true);
  return {
    ...defaultFormat,
    indentWidth: columns(values, "indent", defaultFormat.indentWidth, 1, 16),
    useTabs: values["tabs"] === true,
    printWidth: columns(values, "print-width", defaultFormat.printWidth, 20, 1000),
    closingParens: closing,
  };
}

function columns(values: CommandArguments["values"], name: string, fallback: number, least: number, most: number): number {
  const given = values[name];
  if (given === undefined) return fallback;
  const number = Number(given);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new CommandError(`--${name} is a number from ${least} to ${most}`, true);
}
