// Delve on the native build and this debugger on the wasm build of the same programs, live: same places, same words.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { adapterTests } from "../../support/adapter-test.ts";
import { buildNative, connectDelve, delveLaunch } from "./delve.ts";
import { type Program, programs } from "./program.ts";
import { record, type Recorded } from "./record.ts";

const { connect } = adapterTests();
const reports = join(import.meta.dirname, "../../../build/delve");
const limit = 240_000;
const total = { equal: 0, all: 0 };

/** What differs and why, by program; an entry is how the facts begin. Addresses are no difference, wherever they show. */
const differences = JSON.parse(readFileSync(join(import.meta.dirname, "differences.json"), "utf8")) as Record<
  string,
  Record<string, string>
>;

afterAll(() => {
  expect(total.equal / total.all, `${total.equal} of ${total.all} facts are as Delve has them`).toBeGreaterThanOrEqual(0.98);
});

test.each(programs)("$name", { timeout: limit }, async (program) => {
  const native = buildNative(program.folder);
  try {
    const { facts, refused } = await recordDelve(native.file, program);
    // Where Delve finds no statement we may find one, or take the next line; neither is compared.
    const stops = program.stops.filter((stop) => !refused.has(stop));
    const ours = await record(connect(), { mode: "debug", program: program.folder }, { ...program, stops });
    const differing = compare(facts, ours.facts);
    total.all += facts.size;
    total.equal += facts.size - differing.length;
    const known = differences[program.name] ?? {};
    const unknown = differing.filter(({ about }) => !Object.keys(known).some((start) => about.startsWith(start)));
    const settled = Object.keys(known).filter((start) => !differing.some(({ about }) => about.startsWith(start)));
    expect(settled, "what does not differ any more is to be taken off the list").toEqual([]);
    report(program.name, unknown);
    expect(unknown.slice(0, 5), `${unknown.length} facts differ, see build/delve/${program.name}.txt`).toEqual([]);
  } finally {
    native.remove();
  }
});

/** Two runs of Delve; what differs between them, such as the order of a map, says nothing. */
async function recordDelve(file: string, program: Program): Promise<Recorded> {
  const runs: Recorded[] = [];
  for (let run = 0; run < 2; run++) {
    const delve = await connectDelve();
    runs.push(await record(delve, delveLaunch(file), program));
    await delve.close();
  }
  const [{ facts, refused }, again] = runs as [Recorded, Recorded];
  return { facts: new Map([...facts].filter(([about, text]) => again.facts.get(about) === text)), refused };
}

interface Difference {
  readonly about: string;
  readonly delve: string;
  readonly ours: string | undefined;
}

function compare(theirs: Recorded["facts"], ours: Recorded["facts"]): Difference[] {
  return [...theirs].flatMap(([about, delve]) => (isSame(about, delve, ours.get(about)) ? [] : [{ about, delve, ours: ours.get(about) }]));
}

/** The words of a dictionary, which generic code has for its types, are addresses. A text that is cut off after so many characters ends elsewhere where an address or a type's name in it was longer. */
function isSame(about: string, delve: string, ours: string | undefined): boolean {
  if (ours === delve || (ours !== undefined && /\.\.dict\.? value$/.test(about))) return true;
  if (ours === undefined || ours.length < 100) return false;
  const [short, long] = [delve, ours].map((text) => text.replace(/\.{3}$/, "")).toSorted((a, b) => a.length - b.length);
  return delve.endsWith("...") && long!.startsWith(short!);
}

/** All of them, to read at leisure. */
function report(name: string, differing: readonly Difference[]): void {
  mkdirSync(reports, { recursive: true });
  const texts = differing.map(({ about, delve, ours }) => `${about}\n  Delve: ${delve}\n  ours:  ${ours ?? "-"}\n`);
  writeFileSync(join(reports, `${name}.txt`), texts.join(""));
}
