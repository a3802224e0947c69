// JavaScript as the host of a program: it gets the module's path, and loads it in any way that there is.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { adapterTests } from "../support/adapter-test.ts";
import { markedLine, type DapClient } from "../support/dap-client.ts";
import { corpusFile, expectation, temporaryFolder } from "../support/debug-corpus.ts";

const { connect } = adapterTests();
const open: { remove: () => void }[] = [];

afterEach(() => {
  for (const folder of open.splice(0)) folder.remove();
});

function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = temporaryFolder(files);
  open.push(folder);
  return folder.path;
}

const adder = `(module
  (import "env" "add" (func $add (param i32 i32) (result i32)))
  (func (export "sum") (param i32 i32) (result i32)
    local.get 0 ;;@first
    local.get 1
    call $add
    i32.const 0
    i32.add)
  (func (export "crash") unreachable) ;;@crash
)
`;

const imports = "{ env: { add: (a, b) => a + b } }";
const read = `readFileSync(process.env.WASM_PROGRAM)`;

/** Hosts that call `sum(2, 3)` of the module they are given, and print the result. */
const hosts: Readonly<Record<string, string>> = {
  "instantiate.mjs": `
    import { readFileSync } from "node:fs";
    const { instance } = await WebAssembly.instantiate(${read}, ${imports});
    console.log(instance.exports.sum(2, 3));`,
  "compiled.mjs": `
    import { readFileSync } from "node:fs";
    const module = await WebAssembly.compile(${read});
    const instance = await WebAssembly.instantiate(module, ${imports});
    console.log(instance.exports.sum(2, 3));`,
  "streaming.mjs": `
    import { readFileSync } from "node:fs";
    const answer = new Response(${read}, { headers: { "content-type": "application/wasm" } });
    const { instance } = await WebAssembly.instantiateStreaming(answer, ${imports});
    console.log(instance.exports.sum(2, 3));`,
  "arguments.cjs": `
    const { readFileSync } = require("node:fs");
    if (require.main !== module) throw new Error("not the main module");
    const compiled = new WebAssembly.Module(readFileSync(process.argv[2]));
    if (!(compiled instanceof WebAssembly.Module)) throw new Error("no module");
    const instance = new WebAssembly.Instance(compiled, ${imports});
    console.log(instance.exports.sum(2, 3), process.argv.slice(3), process.env.WHO);`,
  "later.js": `
    const { readFileSync } = require("node:fs");
    setTimeout(() => {
      WebAssembly.instantiate(${read}, ${imports}).then(({ instance }) => console.log(instance.exports.sum(2, 3)));
    }, 20);`,
};

describe("the module that is given", () => {
  test.each(Object.entries(hosts))("%s: breakpoints are bound before its first instruction", async (name, text) => {
    const folder = folderWith({ "adder.wat": adder, [name]: text });
    const wat = join(folder, "adder.wat");
    const line = markedLine(wat, "first");
    const client = connect();
    const answers = await client.launch(
      { program: wat, host: `./${name}`, args: ["one"], env: { WHO: "me" } },
      { breakpoints: { [wat]: [line] } },
    );
    expect(answers[wat]).toMatchObject([{ verified: true }]);
    await client.stopped();
    const frames = await client.stack();
    expect(frames[0]).toMatchObject({ line, source: { path: wat } });
    expect(frames[1]).toMatchObject({ source: { path: join(folder, name) }, presentationHint: "subtle" });
    await client.continue();
    expect(await client.ended()).toBe(0);
    expect(client.output("stdout")).toBe(name.endsWith(".cjs") ? "5 [ 'one' ] me\n" : "5\n");
  });

  test("runs at full speed without a debugger", async () => {
    const folder = folderWith({ "adder.wat": adder, "host.mjs": hosts["instantiate.mjs"]! });
    const client = connect();
    await client.launch({ program: join(folder, "adder.wat"), host: "host.mjs", noDebug: true });
    expect(await client.ended()).toBe(0);
    expect(client.output("stdout")).toBe("5\n");
  });
});

describe("modules that the host loads itself", () => {
  const loader = `
    import { readFileSync } from "node:fs";
    import { WASI } from "node:wasi";
    const wasi = new WASI({ version: "preview1", args: ["prog"] });
    for (const name of process.argv.slice(2)) {
      const { instance } = await WebAssembly.instantiate(readFileSync(new URL(name, import.meta.url)), wasi.getImportObject());
      if (instance.exports._start) wasi.start(instance);
      else console.log(name, instance.exports.value());
    }`;

  test("their breakpoints become verified when they are loaded, with the debug information of each", async () => {
    const folder = folderWith({
      "host.mjs": loader,
      "prog.wasm": readFileSync(corpusFile("c/prog.O0.wasm")),
      "small.wasm": Buffer.from("0061736d010000000105016000017f030201000709010576616c756500000a0601040041070b", "hex"),
    });
    const { source, markers } = expectation("c.prog.c");
    const file = corpusFile(source);
    const [mark, line] = Object.entries(markers)[0]!;
    const client = connect();
    const answers = await client.launch(
      { host: join(folder, "host.mjs"), args: ["./small.wasm", "./prog.wasm"], workspaceFolders: [corpusFile("c")] },
      { breakpoints: { [file]: [line] } },
    );
    expect(answers[file]).toMatchObject([{ verified: false, message: expect.stringContaining("not loaded a module yet") as unknown }]);
    expect((await client.event("breakpoint")).body).toMatchObject({ reason: "changed", breakpoint: { verified: true } });
    await client.stopped();
    expect(await client.top(), mark).toMatchObject({ line, source: { path: file } });
    expect(client.output("stdout")).toBe("./small.wasm 7\n");
  });
});

async function crash(text: string, filters: readonly string[]): Promise<{ client: DapClient; folder: string }> {
  const folder = folderWith({ "adder.wat": adder, "host.mjs": text });
  const client = connect();
  await client.launch({ program: join(folder, "adder.wat"), host: "./host.mjs" }, { filters });
  return { client, folder };
}

describe("errors", () => {
  const crashing = hosts["instantiate.mjs"]!.replace("sum(2, 3)", "crash()");

  test("a trap below a promise stops where it happens", async () => {
    const { client, folder } = await crash(crashing, ["trap"]);
    expect(await client.stopped()).toMatchObject({ reason: "exception", text: expect.stringContaining("unreachable") as unknown });
    const frames = await client.stack();
    expect(frames[0]).toMatchObject({ line: markedLine(join(folder, "adder.wat"), "crash") });
    expect(frames[1]).toMatchObject({ source: { path: join(folder, "host.mjs") } });
    await client.continue();
    expect(await client.ended()).toBe(1);
    expect(client.output("stderr")).toContain("unreachable");
  });

  test("an error of the script that nothing catches ends it, and is shown with its place", async () => {
    const { client, folder } = await crash(`${hosts["instantiate.mjs"]!}\n    null.missing;`, ["trap"]);
    expect(await client.ended()).toBe(1);
    expect(client.output("stderr")).toMatch(/TypeError: Cannot read properties of null/);
    expect(client.output("stderr")).toContain(`${join(folder, "host.mjs")}:5`);
  });

  test("errors that the script handles do not stop it", async () => {
    const { client } = await crash(`try { null.missing; } catch { console.log("caught"); }`, ["trap"]);
    expect(await client.ended()).toBe(0);
    expect(client.output("stdout")).toBe("caught\n");
  });

  test("a step over a call that handles an error in JavaScript ends behind it", async () => {
    const text = `
    import { readFileSync } from "node:fs";
    const add = (a, b) => { try { null.missing; } catch { return a + b; } };
    const { instance } = await WebAssembly.instantiate(${read}, { env: { add } });
    console.log(instance.exports.sum(2, 3), instance.exports.sum(4, 5));`;
    const folder = folderWith({ "adder.wat": adder, "host.mjs": text });
    const wat = join(folder, "adder.wat");
    const client = connect();
    const line = markedLine(wat, "first");
    await client.launch({ program: wat, host: "./host.mjs" }, { breakpoints: { [wat]: [line + 2] } });
    await client.stopped();
    await client.setBreakpoints(wat, []);
    expect(await client.step("next")).toMatch(new RegExp(`^${line + 3} .*sum`));
    await client.continue();
    expect(await client.ended()).toBe(0);
    expect(client.output("stdout")).toBe("5 9\n");
  });

  test("a script that is not there, and one beside an invocation", async () => {
    const client = connect();
    await client.initialize();
    await expect(client.request("launch", { host: "./missing.mjs" })).rejects.toThrow(/path of a JavaScript file.*missing\.mjs/);
    const folder = folderWith({ "adder.wat": adder, "host.mjs": "" });
    const both = { program: join(folder, "adder.wat"), host: "./host.mjs", invoke: { export: "sum", args: [1, 2] } };
    await expect(client.request("launch", both)).rejects.toThrow(/do not go together/);
  });
});
