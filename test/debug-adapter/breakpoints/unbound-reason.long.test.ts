import { readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { afterAll, describe, expect, test } from "vitest";
import { ByteWriter } from "#core/bytes/writer.ts";
import { withCustomSections } from "#core/wasm/custom-sections.ts";
import { readModule } from "#core/wasm/module.ts";
import { sharedAdapterTests } from "../../support/adapter-test.ts";
import { corpusFile, expectation, temporaryFolder, unpacked } from "../../support/debug-corpus.ts";

const { connect } = sharedAdapterTests();
const bare = (bytes: Uint8Array, dropped: RegExp): Uint8Array =>
  withCustomSections(readModule(bytes).module, [], (name) => dropped.test(name));
const program = readFileSync(corpusFile("c/prog.c"), "utf8");
const folder = temporaryFolder({
  "as.wasm": bare(readFileSync(corpusFile("as/main.debug.wasm")), /^sourceMappingURL$/),
  "tinygo.wasm": bare(unpacked("tinygo/main.opt0.wasm.gz"), /^\.debug/),
  "rust.wasm": unpacked("panics/panics.wasi.wasm.gz"),
  "prog.dwarf5.wasm": readFileSync(corpusFile("c/prog.dwarf5.wasm")),
  "prog.O0.wasm": readFileSync(corpusFile("c/prog.O0.wasm")),
  "shifted.wasm": shifted(readFileSync(corpusFile("c/prog.O0.wasm"))),
  "prog.c": program,
  "other.c": program,
});
afterAll(() => folder.remove());
const at = (name: string): string => join(folder.path, name);
const { markers } = expectation("c.prog.c");

/** What the adapter says of a breakpoint, and in the console. */
async function told(
  launch: object,
  path: string,
  line: number,
): Promise<{ readonly answer: DebugProtocol.Breakpoint; readonly notes: string }> {
  const client = connect();
  const answers = await client.launch(launch, { breakpoints: { [path]: [line] } });
  return { answer: answers[path]![0]!, notes: client.output("important") };
}

/** The module with eight instructions more in its first function, as a tool would leave it that knows nothing of debug information. */
function shifted(bytes: Uint8Array): Uint8Array {
  const { module } = readModule(bytes);
  const added = 8;
  const writer = new ByteWriter(bytes.length + 64);
  writer.bytes(bytes.subarray(0, 8));
  for (const section of module.sections) {
    const content = bytes.subarray(section.header, section.end);
    if (section.start !== module.codeStart) {
      writer.bytes(content);
      continue;
    }
    const [first] = module.functions.filter(({ body }) => body);
    const { start, end } = first!.body!;
    const code = new ByteWriter();
    code.uleb(module.functions.filter(({ body }) => body).length);
    code.uleb(end - start + added);
    code.bytes(bytes.subarray(start, end - 1));
    for (let count = 0; count < added; count++) code.u8(0x01);
    code.bytes(bytes.subarray(end - 1, section.end));
    writer.u8(bytes[section.header]!);
    writer.uleb(code.length);
    writer.bytes(code.finish());
  }
  return writer.finish();
}

describe("a module without debug information says which flag is missing", () => {
  test.each([
    ["C", { program: corpusFile("c/prog.nodebug.wasm") }, "c/prog.c", /with -g/],
    ["one that says nothing of itself", { program: corpusFile("c/prog.stripped.wasm") }, "c/prog.c", /with -g \(or the like/],
    ["Rust", { program: at("rust.wasm") }, "panics/panics.rs", /debug = true/],
    ["AssemblyScript", { program: at("as.wasm"), invoke: { export: "run", args: [1] } }, "as/main.ts", /asc --debug --sourceMap/],
    ["TinyGo", { program: at("tinygo.wasm") }, "tinygo/main.go", /-opt=0/],
  ])("%s", async (_, launch, source, flag) => {
    const { answer } = await told(launch, corpusFile(source), 20);
    expect(answer).toMatchObject({ verified: false, message: expect.stringMatching(flag) as string });
  });
});

describe("debug information that does not fit the code", () => {
  test("wasm-opt has dropped the lines", async () => {
    const { answer, notes } = await told({ program: corpusFile("c/prog.O2.wasmopt.wasm") }, corpusFile("c/prog.c"), 40);
    expect(answer).toMatchObject({ verified: false, message: expect.stringMatching(/lost.*wasm-opt.*-g/) as string });
    expect(notes).toMatch(/wasm-opt/);
  });

  test("a tool has moved the code away from under it", async () => {
    const { notes } = await told({ program: at("shifted.wasm") }, at("prog.c"), 40);
    expect(notes).toMatch(/does not fit the module's code.*wasm-opt/);
  });
});

describe("a source that is not what the module was built from", () => {
  const launch = { program: at("prog.dwarf5.wasm") };

  test("is known by its checksum, also where a breakpoint is set", async () => {
    writeFileSync(at("prog.c"), program.replace("total += xs[i];", "total += xs[i] + 1;"));
    const { answer, notes } = await told(launch, at("prog.c"), markers["loop"]!);
    expect(answer).toMatchObject({
      verified: true,
      message: expect.stringMatching(/^prog\.c is not the text that prog\.dwarf5\.wasm/) as string,
    });
    expect(notes.match(/is not the text/g)).toHaveLength(1);
  });

  test("may have other line ends", async () => {
    writeFileSync(at("prog.c"), program.replaceAll("\n", "\r\n"));
    const { answer, notes } = await told(launch, at("prog.c"), markers["loop"]!);
    expect(answer.message).toBeUndefined();
    expect(notes).toBe("");
  });

  test("is suspected where it is newer than the module, and there is no checksum", async () => {
    writeFileSync(at("prog.c"), program);
    const old = new Date(Date.now() - 3_600_000);
    utimesSync(at("prog.O0.wasm"), old, old);
    const set = await told({ program: at("prog.O0.wasm") }, at("prog.c"), markers["loop"]!);
    expect(set.answer).toMatchObject({ verified: true });
    expect(set.answer.message).toBeUndefined();
    expect(set.notes).toMatch(/prog\.c was changed after prog\.O0\.wasm was built: build it again/);
    const unset = await told({ program: at("prog.O0.wasm") }, at("prog.c"), 4000);
    expect(unset.answer.message).toMatch(/no code at or behind this line; prog\.c was changed after/);
    utimesSync(at("prog.c"), old, old);
    expect((await told({ program: at("prog.O0.wasm") }, at("prog.c"), markers["loop"]!)).notes).toBe("");
  });
});

describe("a file or line that the module does not have", () => {
  const launch = { program: corpusFile("c/prog.O2.wasm") };

  test("another file of that name is in it", async () => {
    const elsewhere = temporaryFolder({ "prog.c": program });
    const { answer } = await told(launch, join(elsewhere.path, "prog.c"), 40);
    elsewhere.remove();
    expect(answer).toMatchObject({ verified: false, message: expect.stringMatching(/another prog\.c \(.*\).*"substitutePath"/) as string });
  });

  test("no file of that name is in it", async () => {
    const { answer } = await told(launch, at("other.c"), 40);
    expect(answer).toMatchObject({ verified: false, message: expect.stringMatching(/names this file.*"substitutePath"/) as string });
  });

  test("a function that was optimised away", async () => {
    const { answer } = await told(launch, corpusFile("c/prog.c"), markers["base"]!);
    expect(answer).toMatchObject({ verified: false, message: expect.stringMatching(/no code for this line.*-O0/) as string });
  });

  test("behind the last line", async () => {
    const { answer } = await told(launch, corpusFile("c/prog.c"), 4000);
    expect(answer).toMatchObject({ verified: false, message: "there is no code at or behind this line" });
  });
});
