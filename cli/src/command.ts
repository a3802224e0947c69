/** What a command is and what it works with. */
import type { ParseArgsConfig } from "node:util";

export interface CommandContext {
  /** Of this program. */
  readonly version: string;
  /** Folder that relative paths count from. */
  readonly folder: string;
  /** Aborted when the user stops the program. */
  readonly signal: AbortSignal;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Values of options by their long names, and what is no option. */
export interface CommandArguments {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly operands: readonly string[];
}

export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Behind the command's name, such as `<file.wat>... [options]`. */
  readonly operands: string;
  readonly options: Readonly<Record<string, CommandOption>>;
  /** Resolves to the exit code. Rejects with {@link CommandError} for what the user can mend. */
  readonly run: (given: CommandArguments, context: CommandContext) => Promise<number>;
}

export interface CommandOption {
  readonly type: "boolean" | "string";
  readonly short?: string;
  /** What the value is called in the help. */
  readonly value?: string;
  readonly help: string;
}

export const exitCode = { done: 0, problems: 1, usage: 2 } as const;

/** Something that the user can mend; `isUsage`: by another command line. */
export class CommandError extends Error {
  readonly isUsage: boolean;
  constructor(message: string, isUsage = false) {
    super(message);
    this.isUsage = isUsage;
  }
}

/** The options as `node:util` wants them. */
export function parseOptions(options: Command["options"]): NonNullable<ParseArgsConfig["options"]> {
  return Object.fromEntries(
    Object.entries(options).map(([name, { type, short }]) => [name, short === undefined ? { type } : { type, short }]),
  );
}
