/** From arguments to an exit code. */
import { parseArgs } from "node:util";
import { type Command, type CommandContext, CommandError, type CommandOption, exitCode, parseOptions } from "./command.ts";
import { commands } from "./commands/index.ts";

const help: CommandOption = { type: "boolean", short: "h", help: "show this" };

/** Never rejects for what the user can mend: that is said on the standard error. */
export async function runCommandLine(args: readonly string[], context: CommandContext): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    (name === undefined ? context.err : context.out)(overview());
    return name === undefined ? exitCode.usage : exitCode.done;
  }
  if (name === "--version" || name === "-v") {
    context.out(`${context.version}\n`);
    return exitCode.done;
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) {
    context.err(`go-wasm: there is no command "${name}"\n\n${overview()}`);
    return exitCode.usage;
  }
  try {
    const given = parsed(command, rest);
    if (given.values["help"] === true) {
      context.out(commandHelp(command));
      return exitCode.done;
    }
    return await command.run(given, context);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    context.err(`go-wasm ${command.name}: ${error.message}\n`);
    if (error.isUsage) context.err(`"go-wasm ${command.name} --help" tells what it takes\n`);
    return error.isUsage ? exitCode.usage : exitCode.problems;
  }
}

function parsed(command: Command, args: readonly string[]): { values: Record<string, string | boolean | undefined>; operands: string[] } {
  try {
    const options = parseOptions({ ...command.options, help });
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    return { values: values as Record<string, string | boolean | undefined>, operands: positionals };
  } catch (error) {
    // Only the words of the first sentence are about this program.
    throw new CommandError(error instanceof Error ? error.message.split(". ")[0]! : String(error), true);
  }
}

function overview(): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return ["Usage: go-wasm <command> ...", "", "Commands:", ...lines, "", '"go-wasm <command> --help" tells more.', ""].join("\n");
}

function commandHelp({ name, summary, operands, options }: Command): string {
  const rows = Object.entries({ ...options, help }).map(([long, { short, value, help: text }]) => {
    const flags = `${short === undefined ? "    " : `-${short}, `}--${long}${value === undefined ? "" : ` <${value}>`}`;
    return { flags, text };
  });
  const width = Math.max(...rows.map(({ flags }) => flags.length));
  const lines = rows.map(({ flags, text }) => `  ${flags.padEnd(width)}  ${text}`);
  return [`Usage: go-wasm ${name} ${operands}`, "", `${summary[0]!.toUpperCase()}${summary.slice(1)}.`, "", "Options:", ...lines, ""].join(
    "\n",
  );
}
