/** Values of a running Go program against what Delve says of the same program, built natively. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { GoShownValue } from "../../../debug-adapter/src/values/go/shown-value.ts";
import { Debuggee } from "../../support/go-toolchain-debuggee.ts";
import { breakAt, buildDebuggable, markedLines, stoppedFrame, type GoDebuggable } from "../../support/go-debuggable.ts";

const corpus = join(import.meta.dirname, "../../corpus/debug/delve");

interface GoldenVariable {
  readonly name: string;
  readonly value: string | { readonly "~": readonly string[] };
  readonly type: string;
  readonly evaluateName?: string;
  readonly children?: readonly GoldenVariable[];
  readonly memory?: boolean;
  readonly indexed?: number;
  readonly named?: number;
}

interface GoldenStep {
  readonly op: string;
  readonly frame?: number;
  readonly scopes?: readonly { readonly name: string; readonly variables: readonly GoldenVariable[] }[];
}

const golden = JSON.parse(readFileSync(join(corpus, "golden/values.json"), "utf8")) as {
  readonly sessions: Readonly<Record<string, readonly GoldenStep[]>>;
};
/** One list of variables for each stop. */
const scopes = golden.sessions["scopes"]!.flatMap((step) => (step.op === "scopes" && step.frame === 0 ? [step.scopes![0]!.variables] : []));

let program: GoDebuggable;
let debuggee: Debuggee;

beforeAll(async () => {
  program = buildDebuggable(join(corpus, "values"));
  debuggee = new Debuggee(program.file, undefined);
  await debuggee.start();
}, 300_000);

afterAll(async () => {
  await debuggee?.end();
  program?.remove();
});

/** Addresses, and offsets within the linked types, differ between any two programs. */
const comparable = (text: string): string =>
  text.replace(/(?<!= )(?<!\w)0x[0-9a-f]{5,16}\b/g, "0xADDR").replace(/\b(Str|PtrToThis): \d+/g, "$1: OFFSET");

interface Line {
  readonly path: string;
  readonly text: string;
}

function goldenLines(variables: readonly GoldenVariable[], prefix: string): Line[] {
  return variables.flatMap((variable) => {
    const { name, value, type, evaluateName, memory, indexed, named, children } = variable;
    const path = `${prefix}/${name}`;
    const text = [
      typeof value === "string" ? comparable(value) : "(varies)",
      type,
      evaluateName ?? "",
      memory ? "memory" : "",
      indexed ?? 0,
      named ?? 0,
    ].join(" | ");
    return [{ path, text }, ...goldenLines(children ?? [], path)];
  });
}

/** The same of our values, as deep as the golden goes. */
async function shownLines(values: readonly GoShownValue[], like: readonly GoldenVariable[], prefix: string): Promise<Line[]> {
  const lines: Line[] = [];
  for (const [at, shown] of values.entries()) {
    const pattern = like[at];
    const path = `${prefix}/${shown.name}`;
    const text = [
      pattern && typeof pattern.value !== "string" ? "(varies)" : comparable(shown.value),
      shown.type,
      comparable(shown.evaluateName ?? ""),
      shown.memoryReference === undefined ? "" : "memory",
      shown.inside?.indexedCount ?? 0,
      shown.inside?.namedCount ?? 0,
    ].join(" | ");
    lines.push({ path, text });
    if (pattern?.children) lines.push(...(await shownLines((await shown.inside?.list()) ?? [], pattern.children, path)));
  }
  return lines;
}

describe("the variables of each stop are Delve's", () => {
  test("values, types, expressions and children", { timeout: 120_000 }, async () => {
    const marks = markedLines(readFileSync(join(corpus, "values/main.go"), "utf8"));
    const stops = ["numbers", "text", "collections", "composites", "interfaces", "shadow", "results"].map((name) => marks.get(name)!);
    await breakAt(debuggee, program, "values/main.go", stops);
    const expected: Line[] = [];
    const seen: Line[] = [];
    for (const [at, variables] of scopes.entries()) {
      expect(await debuggee.resume()).toBe(true);
      const stopped = await stoppedFrame(debuggee, program);
      const title = `${at} ${stopped.functionName}:${stopped.line}`;
      expected.push(...goldenLines(variables, title));
      seen.push(...(await shownLines(await stopped.variables(), variables, title)));
    }
    const print = (lines: readonly Line[]): string => lines.map(({ path, text }) => `${path} = ${text}`).join("\n");
    expect(print(seen)).toBe(print(expected));
  });
});
