import { basename, dirname, relative, resolve } from "node:path";
import { buildWat } from "#core/wat/debug-info/build.ts";
import { WatDocument } from "#core/wat/document.ts";
import { watFindings } from "../check/wat.ts";
import { plain } from "../check/plain.ts";
import { type Command, type CommandArguments, type CommandContext, CommandError, exitCode } from "../command.ts";
import { slashed } from "#platform";
import { readText, writeWhole } from "../files.ts";

/** A module in the text format to one in the binary format, with what debuggers need. */
export const build: Command = {
  name: "build",
  summary: "write a .wat as a module, with debug information on request",
  operands: "<file.wat> [options]",
  options: {
    output: { type: "string", short: "o", value: "file", help: "where to write the module; the default is the .wat's name with .wasm" },
    "source-map": { type: "boolean", help: "write a source map beside the module, and its name into it" },
    dwarf: { type: "boolean", help: "write lines, functions and variables as DWARF into the module" },
    names: { type: "boolean", help: "write the names of the text into the module" },
  },
  run: async ({ values, operands }, context) => {
    const [name, ...more] = operands;
    if (name === undefined || more.length > 0) throw new CommandError("give it one .wat file", true);
    const file = resolve(context.folder, name);
    const document = WatDocument.open(await readText(file), "wat");
    const findings = watFindings(name, document);
    if (findings.length > 0) context.err(plain(findings));
    if (findings.some(({ severity }) => severity === "error")) return exitCode.problems;
    await writeModule(document, file, values, context);
    return exitCode.done;
  },
};

async function writeModule(
  document: WatDocument,
  file: string,
  values: CommandArguments["values"],
  context: CommandContext,
): Promise<void> {
  const output = resolve(context.folder, outputOf(values["output"], file));
  const map = `${output}.map`;
  const { bytes, sourceMap, problems } = buildWat(document, {
    names: values["names"] === true,
    ...(values["dwarf"] === true && {
      dwarf: { name: slashed(relative(context.folder, file)), directory: slashed(context.folder), producer: `go-wasm ${context.version}` },
    }),
    ...(values["source-map"] === true && {
      sourceMap: { file: basename(output), source: slashed(relative(dirname(map), file)), url: encodeURI(basename(map)) },
    }),
  });
  if (!bytes) throw new CommandError(problems[0]?.message ?? "there is no module in this file");
  await writeWhole(output, bytes);
  if (sourceMap !== undefined) await writeWhole(map, sourceMap);
}

function outputOf(given: string | boolean | undefined, file: string): string {
  if (typeof given !== "string") return file.replace(/\.wat$/i, "") + ".wasm";
  if (given === "") throw new CommandError("--output needs the name of a file", true);
  return given;
}
