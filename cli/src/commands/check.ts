import { resolve } from "node:path";
import { WatDocument } from "#core/wat/document.ts";
import type { Finding } from "../check/finding.ts";
import { inputFiles } from "../check/inputs.ts";
import { json } from "../check/json.ts";
import { plain } from "../check/plain.ts";
import { sarif } from "../check/sarif.ts";
import { watFindings } from "../check/wat.ts";
import { type Command, type CommandContext, CommandError, exitCode } from "../command.ts";
import { readText } from "../files.ts";

type Printer = (findings: readonly Finding[], context: CommandContext) => string;

const printers: Readonly<Record<string, Printer>> = {
  plain: (findings) => plain(findings),
  json: (findings) => json(findings),
  sarif: (findings, { version }) => sarif(findings, version),
};

/** The diagnostics of the editor, for continuous integration. */
export const check: Command = {
  name: "check",
  summary: "say what is wrong with .wat and .wast files",
  operands: "<file or folder>... [options]",
  options: {
    format: { type: "string", short: "f", value: "format", help: "plain (the default), json or sarif" },
  },
  run: async ({ values, operands }, context) => {
    const format = values["format"] ?? "plain";
    const printer = typeof format === "string" && Object.hasOwn(printers, format) ? printers[format] : undefined;
    if (!printer) throw new CommandError("--format is plain, json or sarif", true);
    if (operands.length === 0) throw new CommandError("give it files or folders; ./... is this folder and all below it", true);
    const files = await inputFiles(context.folder, operands, isChecked);
    if (files.length === 0) throw new CommandError("there is nothing to check there");
    const findings: Finding[] = [];
    for (const file of files) findings.push(...(await findingsOf(file, context)));
    context.out(printer(findings, context));
    return findings.some(({ severity }) => severity === "error") ? exitCode.problems : exitCode.done;
  },
};

const isChecked = (name: string): boolean => /\.was?t$/i.test(name);

async function findingsOf(file: string, { folder }: CommandContext): Promise<Finding[]> {
  const text = await readText(resolve(folder, file));
  return watFindings(file, WatDocument.open(text, /\.wast$/i.test(file) ? "wast" : "wat"));
}
