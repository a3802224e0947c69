/**
 * Programs that others wrote, fetched through Go's module proxy and debugged in their own lines; and pauses wherever a program happens to be, each
 * of which must show a whole stack.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { GoTestProgram } from "../debug-adapter/go/programs.ts";
import { adapterTests } from "../support/adapter-test.ts";
import type { DapClient } from "../support/dap-client.ts";

const { connect } = adapterTests();
const folder = mkdtempSync(join(tmpdir(), "go-wasm-soak-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A copy of a module that can be built as the main one. */
function fetched(module: string): string {
  const { Dir } = JSON.parse(execFileSync("go", ["mod", "download", "-json", module], { cwd: folder }).toString()) as { Dir: string };
  const copy = join(folder, module.replaceAll(/[^\w.]/g, "_"));
  cpSync(Dir, copy, { recursive: true });
  // Modules are kept without the right to write.
  for (const name of ["", ...readdirSync(copy, { recursive: true, encoding: "utf8" })]) {
    const path = join(copy, name);
    chmodSync(path, statSync(path).mode | 0o200);
  }
  return copy;
}

/** 1-based. */
function lineOf(path: string, text: string): number {
  const at = readFileSync(path, "utf8")
    .split("\n")
    .findIndex((line) => line.startsWith(text));
  if (at < 0) throw new Error(`${path} has no line ${text}`);
  return at + 1;
}

/** MIT. 8 MB. */
const gojq = fetched("github.com/itchyny/gojq@v0.12.17");
/** MIT. 20 MB, with functions of thousands of lines. */
const esbuild = fetched("github.com/evanw/esbuild@v0.25.12");

describe("a program that others wrote", () => {
  const cases: readonly (readonly [name: string, launch: object, file: string, func: string, frames: readonly string[]])[] = [
    [
      "gojq",
      { program: join(gojq, "cmd/gojq"), args: ["-n", "[range(3)] | map(. * 2)"] },
      join(gojq, "compiler.go"),
      "func Compile(",
      ["gojq.Compile", "cli.(*cli).runInternal", "cli.(*cli).run", "cli.Run", "main.main", "runtime.main", "runtime.goexit"],
    ],
    [
      "esbuild",
      { program: join(esbuild, "cmd/esbuild"), args: ["--minify", "--loader=ts"], stdin: join(folder, "small.ts") },
      join(esbuild, "internal/js_parser/js_parser.go"),
      "func (p *parser) parseStmt(",
      ["js_parser.(*parser).parseStmt", "js_parser.(*parser).parseStmtsUpTo", "js_parser.Parse"],
    ],
  ];

  test.each(cases)("%s stops, steps and shows variables in its own lines", async (_, launch, file, func, wanted) => {
    writeFileSync(join(folder, "small.ts"), "let x: number = 1; console.log(x)\n");
    const line = lineOf(file, func) + 1;
    const client = connect();
    const answers = await client.launch(launch, { breakpoints: { [file]: [line] }, filters: [] });
    expect(answers[file]).toMatchObject([{ verified: true, line }]);
    await client.stopped();
    expect((await client.stack()).map(({ name }) => name).slice(0, wanted.length)).toEqual(wanted);
    const { Locals } = await client.scopes((await client.top()).id);
    expect(Object.values(Locals!).filter(({ value }) => value.includes("unreadable"))).toEqual([]);
    expect(Object.keys(Locals!).length).toBeGreaterThan(0);
    for (let step = 0; step < 20; step++) expect(await client.step("next")).not.toBe("end");
  });
});

describe("pauses anywhere", () => {
  const pauses = 400;

  /** Names of the innermost functions at so many stops. */
  async function paused(client: DapClient): Promise<Set<string>> {
    const innermost = new Set<string>();
    for (let pause = 0; pause < pauses; pause++) {
      await setTimeout(Math.random() * 12);
      await client.request("pause", { threadId: 1 });
      await client.stopped();
      const names = (await client.stack()).map(({ name }) => name);
      expect(names.at(-1), names.join(" < ")).toBe("runtime.goexit");
      innermost.add(names[0]!);
      await client.continue();
    }
    return innermost;
  }

  const large = join(folder, "large.ts");
  const busy = new GoTestProgram("busy");
  const programs: readonly (readonly [name: string, launch: object])[] = [
    ["busy", { program: busy.folder }],
    ["gojq", { program: join(gojq, "cmd/gojq"), args: ["-n", "last(range(1000000000000))"] }],
    ["esbuild", { program: join(esbuild, "cmd/esbuild"), args: ["--minify", "--loader=ts"], stdin: large }],
  ];

  test.each(programs)("%s: every stack ends where its goroutine began", async (_, launch) => {
    const functions = Array.from(
      { length: 600_000 },
      (_, n) => `export function f${n}(a, b) { let x = a + b * ${n}; return [x, { a, b }].map((y) => y) }`,
    );
    writeFileSync(large, functions.join("\n"));
    const client = connect();
    await client.launch(launch, { filters: [] });
    await setTimeout(1500);
    expect((await paused(client)).size).toBeGreaterThan(20);
  });
});
