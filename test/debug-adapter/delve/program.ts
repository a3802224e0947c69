// The programs of these tests and the script that their comments hold:
//   //@eval EXPRESSION     evaluated at the next stop below
//   //@step next stepIn    steps to make from there, at the first hit
//   ... //@stop            a breakpoint
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

export interface StopLine {
  /** Path in the program's folder, with slashes. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly expressions: readonly string[];
  readonly steps: readonly Step[];
}

export type Step = "next" | "stepIn" | "stepOut";

export interface Program {
  readonly name: string;
  readonly folder: string;
  readonly stops: readonly StopLine[];
}

const folder = join(import.meta.dirname, "programs");

export const programs: readonly Program[] = readdirSync(folder).map((name) => readProgram(name, join(folder, name)));

export function readProgram(name: string, at: string): Program {
  const files = readdirSync(at, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".go"));
  return { name, folder: at, stops: files.toSorted().flatMap((file) => stopsOf(at, join(at, file))) };
}

function stopsOf(root: string, path: string): StopLine[] {
  const file = relative(root, path).replaceAll("\\", "/");
  const stops: StopLine[] = [];
  let expressions: string[] = [];
  let steps: Step[] = [];
  for (const [index, text] of readFileSync(path, "utf8").split("\n").entries()) {
    const [, word, rest = ""] = /\/\/@(eval|step|stop)\b ?(.*)$/.exec(text) ?? [];
    if (word === "eval") expressions.push(rest);
    else if (word === "step") steps = rest.split(" ") as Step[];
    else if (word === "stop") {
      stops.push({ file, line: index + 1, expressions, steps });
      [expressions, steps] = [[], []];
    }
  }
  return stops;
}
