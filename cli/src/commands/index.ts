/** The commands, in the order of the help. */
import type { Command } from "../command.ts";
import { build } from "./build.ts";
import { check } from "./check.ts";
import { dwarf } from "./dwarf.ts";
import { format } from "./format.ts";

export const commands: readonly Command[] = [build, check, format, dwarf];
