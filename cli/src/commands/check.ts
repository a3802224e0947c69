import { resolve } from "node:path";
import { WatDocument } from "#core/wat/document.ts";
import type { GoCheckSettings } from "#go-check/workspace.ts";
import type { Finding } from "../check/finding.ts";
import { GoChecker } from "../check/go.ts";
import { inputFiles } from "../check/inputs.ts";
import { json } from "../check/json.ts";
import { plain } from "../check/plain.ts";
import { sarif } from "../check/sarif.ts";
import { watFindings, watLints } from "../check/wat.ts";
import { type Command, type CommandArguments, type CommandContext, CommandError, exitCode } from "../command.ts";
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
  summary: "say what is wrong with WAT, and with the WebAssembly directives of Go",
  operands: "<file or folder>... [options]",
  options: {
    format: { type: "string", short: "f", value: "format", help: "plain (the default), json or sarif" },
    target: { type: "string", value: "target", help: "of Go files: auto (the default), wasip1, wasip1-reactor, js or host" },
    "go-version": { type: "string", value: "version", help: "of Go, such as 1.26; the default is the installed one" },
    "no-lints": { type: "boolean", help: "errors and warnings of WAT only, without advice about what is right" },
    tags: { type: "string", value: "tags", help: "build tags of Go, with commas between them" },
  },
  run: async ({ values, operands }, context) => {
    const format = values["format"] ?? "plain";
    const printer = typeof format === "string" && Object.hasOwn(printers, format) ? printers[format] : undefined;
    if (!printer) throw new CommandError("--format is plain, json or sarif", true);
    const go = new GoChecker(context.folder, goSettings(values));
    if (operands.length === 0) throw new CommandError("give it files or folders; ./... is this folder and all below it", true);
    const files = await inputFiles(context.folder, operands, isChecked);
    if (files.length === 0) throw new CommandError("there is nothing to check there");
    const findings: Finding[] = [];
    for (const file of files) {
      if (context.signal.aborted) throw new CommandError("stopped");
      findings.push(...(file.endsWith(".go") ? go.findings(file) : await findingsOfWat(file, values["no-lints"] !== true, context)));
    }
    context.out(printer(findings, context));
    return findings.some(({ severity }) => severity === "error") ? exitCode.problems : exitCode.done;
  },
};

const isChecked = (name: string): boolean => /\.(was?t|go)$/i.test(name);

const targets: readonly string[] = ["auto", "wasip1", "wasip1-reactor", "js", "host"] satisfies readonly GoCheckSettings["target"][];

function goSettings({ target = "auto", "go-version": goVersion = "", tags = "" }: CommandArguments["values"]): GoCheckSettings {
  if (typeof target !== "string" || !targets.includes(target)) throw new CommandError(`--target is one of ${targets.join(", ")}`, true);
  return { target: target as GoCheckSettings["target"], goVersion: String(goVersion), buildTags: String(tags) };
}

async function findingsOfWat(file: string, lints: boolean, { folder }: CommandContext): Promise<Finding[]> {
  const text = await readText(resolve(folder, file));
  const document = WatDocument.open(text, /\.wast$/i.test(file) ? "wast" : "wat");
  return [...watFindings(file, document), ...(lints ? watLints(file, document) : [])];
}
