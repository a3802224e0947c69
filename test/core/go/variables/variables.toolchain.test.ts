/** The variables of functions against the type checker of Go: what the source declares is what the compiler's debug information has. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ListingIndexer } from "#core/go/listing/listing-index.ts";
import { readFunctionVariables } from "#core/go/variables/function-variables.ts";
import { goEnvironment } from "../../../support/go-toolchain.ts";
import { buildDebuggable, type GoDebuggable } from "../../../support/go-debuggable.ts";

const folder = join(import.meta.dirname, "../../../corpus/debug/delve/kinds");

let program: GoDebuggable;

beforeAll(() => {
  program = buildDebuggable(folder);
}, 300_000);

afterAll(() => program?.remove());

describe("the variables of all functions", () => {
  test("every variable that the source declares in a function is there", () => {
    const found = new Set([...program.functions.values()].flatMap((func) => func.variables.map(({ name, line }) => `${name}:${line}`)));
    const missing: string[] = [];
    let count = 0;
    for (const declarations of program.layouts.declarations.values()) {
      for (const { name, line, scopeLine } of declarations) {
        count++;
        if (!found.has(`${name}:${line}`) && !found.has(`${name}:${scopeLine}`)) missing.push(name);
      }
    }
    expect(count).toBeGreaterThan(120);
    // A name inside of a function type declares nothing that a frame could hold.
    expect(missing).toEqual(["yield"]);
  });

  test("every variable of the source that is there is declared", () => {
    const declared = new Set<string>();
    for (const declarations of program.layouts.declarations.values()) {
      for (const { name, line, scopeLine } of declarations) declared.add(`${name}:${line}`).add(`${name}:${scopeLine}`);
    }
    // Functions that compare values are the compiler's own.
    const ofSource = [...program.functions.values()].filter(({ name }) => !name.startsWith("type:.eq."));
    const stray = ofSource.flatMap(({ name: func, variables }) =>
      variables
        .filter(({ name, line, closureOffset }) => closureOffset === undefined && !/^[.~#]/.test(name) && !declared.has(`${name}:${line}`))
        .map(({ name, line }) => `${func} ${name}:${line}`),
    );
    expect(stray).toEqual([]);
  });
});

describe("damaged debug information", () => {
  test("is no variables, or some, but never an exception", { timeout: 60_000 }, () => {
    const args = ["list", "-export", "-gcflags=example.com/team/kinds/...=-N -l -dwarf=true -dwarflocationlists=false -S -S", "."];
    const listing = spawnSync("go", args, { cwd: folder, env: goEnvironment({ os: "wasip1" }), maxBuffer: 1 << 28 }).stderr;
    const indexer = new ListingIndexer();
    indexer.push(listing);
    const index = indexer.finish();
    const [range] = index.find("variables", "main.closures");
    const symbol = listing.subarray(range!.start, range!.end);
    const whole = readFunctionVariables(symbol)!;
    expect(whole.variables.map(({ name }) => name)).toContain("increment");
    for (let end = 0; end < symbol.length; end += 7)
      expect(readFunctionVariables(symbol.subarray(0, end))?.variables ?? []).not.toBe(whole);
    let state = 1;
    for (let seed = 0; seed < 400; seed++) {
      const bytes = Uint8Array.from(symbol);
      for (let at = 0; at < 5; at++) {
        state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
        // A hexadecimal digit stays one, so that the damage is inside.
        const place = state % bytes.length;
        if (/[0-9a-f]/.test(String.fromCharCode(bytes[place]!))) bytes[place] = "0123456789abcdef".charCodeAt(state % 16);
      }
      expect(() => readFunctionVariables(bytes)).not.toThrow();
    }
  });
});
