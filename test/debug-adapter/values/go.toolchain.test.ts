/** Values of running Go programs against what Delve says of the same programs, built natively. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { GoShownValue } from "../../../debug-adapter/src/values/go/shown-value.ts";
import { Debuggee } from "../../support/go-toolchain-debuggee.ts";
import { breakAt, buildDebuggable, markedLines, stoppedFrame } from "../../support/go-debuggable.ts";

const corpus = join(import.meta.dirname, "../../corpus/debug/delve");

interface GoldenVariable {
  readonly name: string;
  /** An object: runs of Delve disagreed. */
  readonly value: string | { readonly "~": readonly string[] };
  readonly type: string;
  readonly evaluateName?: string;
  readonly children?: readonly GoldenVariable[];
  /** Of more than a hundred elements, the first and the last of two pages. */
  readonly pages?: readonly {
    readonly start: number;
    readonly got: number;
    readonly first: GoldenVariable;
    readonly last: GoldenVariable;
  }[];
  readonly namedChildren?: readonly GoldenVariable[];
  readonly memory?: boolean;
  readonly indexed?: number;
  readonly named?: number;
}

interface GoldenStep {
  readonly op: string;
  readonly at?: string;
  readonly stops?: readonly { readonly at?: string }[];
  readonly scopes?: readonly { readonly variables: readonly GoldenVariable[] }[];
  readonly frame?: number;
}

/** Where the program stopped, and the variables there. */
interface GoldenStop {
  readonly at: string;
  readonly variables: readonly GoldenVariable[];
}

function goldenStops(name: string): GoldenStop[] {
  const golden = JSON.parse(readFileSync(join(corpus, `golden/${name}.json`), "utf8")) as {
    readonly sessions: Readonly<Record<string, readonly GoldenStep[]>>;
  };
  const stops: GoldenStop[] = [];
  let at = "";
  for (const step of golden.sessions["scopes"]!) {
    at = step.at ?? step.stops?.[0]?.at ?? at;
    if (step.op === "scopes" && step.frame === 0) stops.push({ at, variables: step.scopes![0]!.variables });
  }
  return stops;
}

const cleanups: (() => unknown)[] = [];

afterAll(async () => {
  for (const cleanup of cleanups) await cleanup();
});

/** Addresses, and offsets within the linked types, differ between any two programs; so does where a text that holds some is cut. */
function comparable(text: string): string {
  const plain = text.replace(/(?<!= )(?<!\w)0x[0-9a-f]{5,16}\b/g, "0xADDR").replace(/\b(Str|PtrToThis): \d+/g, "$1: OFFSET");
  return plain.includes("0xADDR") && plain.endsWith("...") ? `${plain.slice(0, 190)}...` : plain;
}

interface Line {
  readonly path: string;
  readonly text: string;
}

const printed = (lines: readonly Line[]): string => lines.map(({ path, text }) => `${path} = ${text}`).join("\n");

function goldenLines(variables: readonly GoldenVariable[], prefix: string): Line[] {
  return variables.flatMap((variable) => {
    const path = `${prefix}/${variable.name}`;
    const pages = (variable.pages ?? []).flatMap(({ got, first, last }) => [
      { path, text: `${got} elements` },
      ...goldenLines([first, last], path),
    ]);
    return [
      { path, text: goldenText(variable) },
      ...goldenLines(variable.namedChildren ?? [], path),
      ...pages,
      ...goldenLines(variable.children ?? [], path),
    ];
  });
}

function goldenText({ value, type, evaluateName, memory, indexed, named }: GoldenVariable): string {
  const text = typeof value === "string" ? comparable(value) : "(varies)";
  return [text, type, evaluateName ?? "", memory ? "memory" : "", indexed ?? 0, named ?? 0].join(" | ");
}

/** The same of our values, as deep as the golden goes. */
async function shownLines(values: readonly GoShownValue[], like: readonly (GoldenVariable | undefined)[], prefix: string): Promise<Line[]> {
  const lines: Line[] = [];
  for (const [at, shown] of values.entries()) {
    const pattern = like[at];
    const path = `${prefix}/${comparable(shown.name)}`;
    lines.push({ path, text: shownText(shown, typeof (pattern?.value ?? "") !== "string") });
    if (!pattern || !shown.inside) continue;
    if (pattern.namedChildren) lines.push(...(await shownLines(await shown.inside.list("named"), pattern.namedChildren, path)));
    for (const { start, got, first, last } of pattern.pages ?? []) {
      const page = await shown.inside.list("indexed", { start, count: start === 0 ? 100 : shown.inside.indexedCount - start });
      lines.push({ path, text: `${page.length} elements` });
      if (got > 0) lines.push(...(await shownLines([page[0]!, page.at(-1)!], [first, last], path)));
    }
    if (pattern.children) lines.push(...(await shownLines(await shown.inside.list(), pattern.children, path)));
  }
  return lines;
}

function shownText({ value, type, evaluateName, memoryReference, inside }: GoShownValue, varies: boolean): string {
  const text = varies ? "(varies)" : comparable(value);
  const memory = memoryReference === undefined ? "" : "memory";
  return [text, type, comparable(evaluateName ?? ""), memory, inside?.indexedCount ?? 0, inside?.namedCount ?? 0].join(" | ");
}

const programs: readonly (readonly [string, readonly string[]])[] = [
  ["values", ["main.go"]],
  ["kinds", ["main.go", "shapes/shapes.go"]],
];

test.each(programs)("the variables of %s are Delve's at every stop", { timeout: 300_000 }, async (name, files) => {
  const program = buildDebuggable(join(corpus, name));
  cleanups.push(() => program.remove());
  expect(program.undecoded).toEqual([]);
  expect(program.layouts.problems).toEqual([]);
  const debuggee = new Debuggee(program.file, undefined);
  cleanups.push(() => debuggee.end());
  await debuggee.start();
  for (const file of files) {
    const marks = new Map(markedLines(readFileSync(join(corpus, name, file), "utf8")));
    marks.delete("end");
    marks.delete("endless");
    await breakAt(debuggee, program, `${name}/${file}`, marks.values());
  }
  const expected: string[] = [];
  const seen: string[] = [];
  for (const { at, variables } of goldenStops(name)) {
    expect(await debuggee.resume()).toBe(true);
    const stopped = await stoppedFrame(debuggee, program);
    const place = at.replace(/ .*$/, "");
    expect(`${files.find((file) => stopped.file.endsWith(`/${file}`))}:${stopped.line}`).toBe(place);
    expected.push(printed(goldenLines(variables, place)));
    seen.push(printed(await shownLines(await stopped.variables(), variables, place)));
  }
  expect(seen.join("\n")).toBe(expected.join("\n"));
});

test("a value is not cut where it is asked for whole", { timeout: 300_000 }, async () => {
  const program = buildDebuggable(join(corpus, "values"));
  cleanups.push(() => program.remove());
  const debuggee = new Debuggee(program.file, undefined);
  cleanups.push(() => debuggee.end());
  await debuggee.start();
  const marks = markedLines(readFileSync(join(corpus, "values/main.go"), "utf8"));
  await breakAt(debuggee, program, "values/main.go", [marks.get("composites")!]);
  await debuggee.resume();
  const stopped = await stoppedFrame(debuggee, program);
  const type = program.layouts.types.find("*main.Person")!;
  const shown = await stopped.values.at("bob", type, stopped.addressOf("bob"), "bob", true);
  expect(comparable(shown.value)).toBe(
    '*main.Person {Name: "Bob", Age: 0, Tags: []string len: 0, cap: 0, nil, Home: *main.Point nil, Extra: map[string]int nil, ' +
      'next: *main.Person {Name: "Ann", Age: 30, Tags: []string len: 2, cap: 2, ["x","y"], Home: *(*main.Point)(0xADDR), ' +
      "Extra: map[string]int [...], next: *main.Person nil}}",
  );
});
