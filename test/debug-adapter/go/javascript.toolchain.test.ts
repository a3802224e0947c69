// Go programs for JavaScript (GOOS=js), run by the toolchain's own wasm_exec.js.
import { execFileSync } from "node:child_process";
import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { adapterTests } from "../../support/adapter-test.ts";
import { buildLimit, GoTestProgram } from "./programs.ts";

const { connect } = adapterTests();
const page = new GoTestProgram("page");
const main = page.path();

const goRoot = (): string => execFileSync("go", ["env", "GOROOT"], { encoding: "utf8" }).trim();

describe("a program that imports syscall/js", () => {
  test("is built for JavaScript without being asked, and gets arguments and environment", { timeout: buildLimit }, async () => {
    const client = connect();
    await client.launch(
      { program: page.folder, args: ["one", "two"], env: { WHO: "me" } },
      { breakpoints: { [main]: [page.line("callback"), page.line("values")] } },
    );
    await client.stopped();
    const names = (await client.stack()).map(({ name }) => name);
    // Below the goroutine's frames are those of the timer that has called it.
    expect(names.slice(0, 6)).toEqual([
      "main.main.func1",
      "js.handleEvent",
      "runtime.handleEvent",
      "runtime.goexit",
      "_resume",
      "(anonymous)",
    ]);
    expect(client.output("stdout")).toBe("args [one two] me\n");
    expect(await client.evaluate("first")).toBe("21");
    expect(await client.step("next")).toBe(`${page.line("callback") + 1} main.main.func1`);
    expect(await client.evaluate("double")).toBe("42");
    await client.setBreakpoints(main, [page.line("values")]);
    await client.continue();
    await client.stopped();
    expect((await client.stack()).map(({ name }) => name)).toEqual([
      "main.main",
      "runtime.main",
      "runtime.goexit",
      "_resume",
      "(anonymous)",
    ]);
    // The callback that the line calls runs on a goroutine of its own while this one waits in JavaScript.
    expect(await client.step("next")).toBe(`${page.line("values") + 1} main.main`);
    await client.continue();
    expect(await client.ended()).toBe(3);
    expect(client.output("stdout")).toBe("args [one two] me\nfrom a timer 42\nsum 8 8 3\nfrom a promise 14\n");
  });

  test("steps over channels, timers and sleeps, and out of a callback into what it resumed", { timeout: buildLimit }, async () => {
    const client = connect();
    await client.launch({ program: page.folder }, { breakpoints: { [main]: [page.line("timer")] } });
    await client.stopped();
    expect(await client.step("next")).toBe(`${page.line("timer") + 1} main.main`);
    const set = page.line("set", "dom/dom.go");
    expect(await client.step("stepIn")).toBe(`${set - 3} dom.Object`);
    expect(await client.step("next")).toBe(`${set - 2} dom.Object`);
    expect(await client.step("next")).toBe(`${set - 1} dom.Object`);
    expect(await client.step("next")).toBe(`${set} dom.Object`);
    expect(await client.step("stepOut")).toBe(`${page.line("timer") + 1} main.main`);
    await client.setBreakpoints(main, [page.line("sleep")]);
    await client.continue();
    await client.stopped();
    expect(await client.step("next")).toBe(`${page.line("sleep") + 2} main.main`);
  });

  test("shows the JavaScript value behind a js.Value", { timeout: buildLimit }, async () => {
    const client = connect();
    await client.launch({ program: page.folder }, { breakpoints: { [main]: [page.line("values")] } });
    await client.stopped();
    const { Locals } = await client.scopes((await client.top()).id);
    expect(Object.fromEntries(Object.entries(Locals!).map(([name, { value }]) => [name, value]))).toMatchObject({
      point: 'js.Value {x: 3, label: "here"}',
      list: "js.Value Array(3) [1, 2, 3]",
      text: 'js.Value "héllo"',
      number: "js.Value 1.5",
      nothing: "js.Value undefined",
      null: "js.Value null",
    });
    const inside = await client.children(Locals!["point"]!.variablesReference);
    expect(inside.slice(0, 2).map(({ name, value }) => `${name}: ${value}`)).toEqual(["x: 3", 'label: "here"']);
  });

  test("is debugged by its tests, too", { timeout: buildLimit }, async () => {
    const client = connect();
    const file = page.path("dom/dom_test.go");
    const check = page.line("check", "dom/dom_test.go");
    await client.launch({ program: file, args: ["-test.v"] }, { breakpoints: { [file]: [check] } });
    await client.stopped();
    expect(await client.top()).toMatchObject({ name: "dom.TestObject", line: check });
    expect(await client.evaluate("got")).toBe("1");
    await client.continue();
    expect(await client.ended()).toBe(0);
    expect(client.output("stdout")).toContain("--- PASS: TestObject");
  });

  test("whose call throws in JavaScript stops at the panic", { timeout: buildLimit }, async () => {
    const client = connect();
    await client.launch({ program: page.folder, args: ["throw"] }, { filters: ["trap", "unrecovered-panic", "runtime-fatal-throw"] });
    expect(await client.stopped()).toMatchObject({
      reason: "exception",
      text: `"JavaScript error: Cannot read properties of null (reading 'missing')"`,
    });
    expect((await client.stack()).map(({ name }) => name)).toContain("main.main");
    await client.continue();
    expect(await client.ended()).toBe(2);
    expect(client.output("stderr")).toMatch(/^panic: JavaScript error: Cannot read properties of null/);
  });

  test("reads its standard input from a file, and nothing without one", { timeout: buildLimit }, async () => {
    for (const [stdin, word] of [
      [page.path("go.mod"), "module"],
      [undefined, "EOF"],
    ] as const) {
      const client = connect();
      await client.launch({ program: page.folder, args: ["read"], ...(stdin === undefined ? {} : { stdin }) });
      expect(await client.ended()).toBe(3);
      expect(client.output("stdout")).toContain(`read ${word}\n`);
    }
  });

  test("is paused while it waits for callbacks: its goroutines are there, and it goes on", { timeout: buildLimit }, async () => {
    const client = connect();
    await client.launch({ program: page.folder, args: ["idle"] });
    await client.outputMatching("stdout", /idle/);
    // Its printing is a callback, too.
    await setTimeout(300);
    await client.request("pause", { threadId: 1 });
    expect(await client.stopped()).toMatchObject({ reason: "pause" });
    const { threads } = await client.request<{ threads: { name: string }[] }>("threads");
    expect(threads.map(({ name }) => name)).toContain("* [Go 1] main.main (Thread 1)");
    const frames = await client.stack();
    expect(frames.map(({ name }) => name)).toContain("main.main");
    const main = frames.find(({ name }) => name === "main.main")!;
    expect(main.line).toBe(page.line("idle"));
    expect((await client.scopes(main.id))["Locals"]!["point"]!.value).toBe('js.Value {x: 3, label: "here"}');
    await client.continue();
    expect(await client.ended()).toBe(3);
  });

  test("that waits for what never comes is told so by Go", { timeout: buildLimit }, async () => {
    const client = connect();
    await client.launch({ program: page.folder, args: ["wait"] }, { filters: ["runtime-fatal-throw"] });
    expect(await client.stopped()).toMatchObject({ reason: "exception", text: '"all goroutines are asleep - deadlock!"' });
    await client.continue();
    expect(await client.ended()).toBe(2);
    expect(client.output("stderr")).toContain("goroutine 1 [chan receive]:");
  });
});

describe("a script as the host", () => {
  test("of a reactor, which it initializes and calls", { timeout: buildLimit }, async () => {
    const reactor = new GoTestProgram("reactor");
    const file = reactor.path();
    const client = connect();
    await client.launch(
      { program: reactor.folder, host: reactor.path("host.mjs") },
      { breakpoints: { [file]: [reactor.line("receive")] } },
    );
    await client.stopped();
    expect((await client.stack()).map(({ name }) => name)).toEqual(["main.twice", "runtime.goexit", "callTwice", "(anonymous)"]);
    expect(await client.evaluate("n")).toBe("21");
    expect(await client.step("next")).toBe(`${reactor.line("return")} main.twice`);
    await client.continue();
    expect(await client.ended()).toBe(0);
    expect(client.output("stdout")).toBe("42\nnoted 5\n");
  });

  test("of a program for JavaScript, with a wasm_exec.js that it loads itself", { timeout: buildLimit }, async () => {
    const client = connect();
    await client.launch(
      { program: page.folder, host: page.path("host.cjs"), env: { GOROOT_OF_TEST: goRoot() } },
      { breakpoints: { [main]: [page.line("values")] } },
    );
    await client.stopped();
    const { Locals } = await client.scopes((await client.top()).id);
    expect(Locals!["point"]!.value).toBe('js.Value {x: 3, label: "here"}');
    await client.continue();
    expect(await client.ended()).toBe(3);
  });
});
