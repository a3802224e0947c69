/** Every version of Go that is supported, by each way in which it builds a program: stops, stacks, steps and variables. The go command fetches the toolchains. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { goVersion } from "#core/go/binary/go-module.ts";
import { readModule } from "#core/wasm/module.ts";
import { GoTestProgram } from "../debug-adapter/go/programs.ts";
import { adapterTests } from "../support/adapter-test.ts";

const { connect } = adapterTests();
const channels = new GoTestProgram("channels");
const reactor = new GoTestProgram("reactor");
const optimised = "-gcflags='-N=0 -l=0'";

const folder = mkdtempSync(join(tmpdir(), "go-wasm-soak-"));
const output = join(folder, "program.wasm");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const versions = ["go1.24.13", "go1.25.11", "go1.26.8", "go1.27.4"];

describe.each(versions)("%s", (version) => {
  const env = { ...process.env, GOTOOLCHAIN: version };

  test.each([
    ["wasip1", ""],
    ["js", ""],
    ["wasip1", optimised],
    ["js", optimised],
  ])("a command, %s %s", async (host, buildFlags) => {
    const main = channels.path();
    const client = connect(env);
    const marks = ["receive", "recovered"].map((mark) => channels.line(mark));
    const launch = { program: channels.folder, host, buildFlags, output, hideSystemGoroutines: true };
    const answers = await client.launch(launch, { breakpoints: { [main]: marks } });
    expect(goVersion(readModule(readFileSync(output)).module)).toBe(version);
    expect(answers[main]).toMatchObject(marks.map((line) => ({ verified: true, line })));
    await client.stopped();
    const frames = (await client.stack()).map(({ name }) => name);
    expect(frames.slice(0, 3)).toEqual(["main.main", "runtime.main", "runtime.goexit"]);
    const { threads } = await client.request<{ threads: { name: string }[] }>("threads");
    expect(threads.map(({ name }) => name)).toContain("* [Go 1] main.main (Thread 1)");
    expect(threads.length).toBeGreaterThan(1);
    expect(Object.keys(await client.scopes((await client.top()).id))).toEqual([
      buildFlags === "" ? "Locals" : "Locals (warning: optimized function)",
    ]);
    const step = await client.step("next");
    // Optimised code of one line may be spread over others.
    if (buildFlags === "") expect(step).toBe(`${channels.line("receive2")} main.main`);
    await client.continue();
    await client.stopped();
    expect((await client.top()).line).toBe(channels.line("recovered"));
    await client.continue();
    expect(await client.ended()).toBe(3);
    expect(client.output("stdout")).toContain("recovered: runtime error: integer divide by zero\n");
  });

  test.each(["", optimised])("a reactor %s", async (buildFlags) => {
    const main = reactor.path();
    const client = connect(env);
    const launch = { program: reactor.folder, invoke: { export: "twice", args: [21] }, buildFlags };
    await client.launch(launch, { breakpoints: { [main]: [reactor.line("receive"), reactor.line("return")] } });
    await client.stopped();
    expect((await client.stack()).map(({ name }) => name)).toEqual(["main.twice", "runtime.goexit"]);
    if (buildFlags === "") expect(await client.evaluate("n")).toBe("21");
    await client.continue();
    await client.stopped();
    if (buildFlags === "") expect(await client.evaluate("result")).toBe("42");
    await client.continue();
    expect(await client.ended()).toBe(0);
    expect(client.output("stdout")).toBe("42\n");
  });
});
