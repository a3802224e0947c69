import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { encodeUtf8 } from "#core/bytes/utf8.ts";
import { InstructionCursor } from "#core/wasm/instruction-cursor.ts";
import { readLocals } from "#core/wasm/locals.ts";
import { readModule } from "#core/wasm/module.ts";

const folder = new URL("../../corpus/debug/modules/", import.meta.url);
const corpus = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => /\.wasm(\.gz)?$/.test(path));

function load(path: string): Uint8Array<ArrayBuffer> {
  const bytes = readFileSync(new URL(path, folder));
  return new Uint8Array(path.endsWith(".gz") ? gunzipSync(bytes) : bytes);
}

const v8Kinds = { func: "function", table: "table", memory: "memory", global: "global", tag: "tag" } as const;

describe.each(corpus.filter((path) => !path.includes("external.debug") && !path.endsWith(".dwp")))("%s", (path) => {
  const bytes = load(path);
  const { module, problems } = readModule(bytes);

  test("V8 sees the same imports, exports and custom sections", () => {
    const compiled = new WebAssembly.Module(bytes);
    expect(problems).toEqual([]);
    expect(module.imports.map((entry) => ({ module: entry.module, name: entry.name, kind: v8Kinds[entry.type.kind] }))).toEqual(
      WebAssembly.Module.imports(compiled),
    );
    expect(module.exports.map((entry) => ({ name: entry.name, kind: v8Kinds[entry.kind] }))).toEqual(WebAssembly.Module.exports(compiled));
    for (const section of module.sections) {
      if (section.customName === undefined) continue;
      const ours = module.customSections(section.customName).map((range) => Buffer.from(bytes.subarray(range.start, range.end)));
      const theirs = WebAssembly.Module.customSections(compiled, section.customName).map((contents) => Buffer.from(contents));
      expect(Buffer.concat(ours).equals(Buffer.concat(theirs)) && ours.length === theirs.length).toBe(true);
    }
  });

  test("instructions of every body end where the body ends, with as many ends as blocks", () => {
    for (const func of module.functions) {
      if (!func.body) continue;
      const locals = readLocals(module, func)!;
      const cursor = new InstructionCursor(bytes, { start: locals.bodyStart, end: func.body.end });
      let depth = 1;
      for (let instruction = cursor.next(); instruction; instruction = cursor.next()) {
        if (["block", "loop", "if", "try", "try_table"].includes(instruction.name)) depth++;
        if (instruction.name === "end") depth--;
        if (depth === 0) break;
      }
      expect(cursor.end).toBe(func.body.end);
      expect(module.functionAt(cursor.offset)).toBe(func);
    }
  });
});

test("names, producers and start", () => {
  const { module } = readModule(load("c/prog.O0.wasm"));
  expect([...module.names().functions.values()]).toContain("main");
  expect(module.producers().get("language")?.[0]?.name).toMatch(/^C/);
  expect(module.start).toBeUndefined();
  expect(module.functionAt(module.codeStart!)).toBeUndefined();
});

describe("damaged input", () => {
  const good = load("c/prog.O0.wasm");

  test.each([
    ["empty", new Uint8Array(), /empty/],
    ["three bytes", good.subarray(0, 3), /ends within the first 8 bytes/],
    ["version 2", new Uint8Array([0, 0x61, 0x73, 0x6d, 2, 0, 0, 0]), /version 2 is not supported/],
    ["component", new Uint8Array([0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0]), /component.*component unbundle/],
    ["text", encodeUtf8("(module)"), /looks like WebAssembly text.*\.wat/],
    ["gzip", new Uint8Array([0x1f, 0x8b, 8, 0]), /gzip/],
    ["ELF", new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2]), /ELF/],
    ["other bytes", new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]), /starts with the bytes 01 02 03 04/],
    ["unknown section", new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 99, 0]), /99 is not the id of a section/],
  ])("%s", (_name, bytes, message) => {
    const { module, problems } = readModule(bytes);
    expect(problems).toHaveLength(1);
    expect(problems[0]!.message).toMatch(message);
    expect(module.functions).toEqual([]);
  });

  test("cut in the code section: what stands before it stays", () => {
    const whole = readModule(good).module;
    const code = whole.sections.find((section) => section.kind === "code")!;
    const { module, problems } = readModule(good.subarray(0, code.start + 1000));
    expect(problems).toHaveLength(1);
    expect(problems[0]!.message).toMatch(/truncated: its code section needs \d+ bytes and the file has 1000 of them/);
    expect(module.exports).toEqual(whole.exports);
    expect(module.functions.find((func) => func.body)?.body).toEqual(whole.functions.find((func) => func.body)?.body);
  });

  test("cut anywhere: never throws, and says so unless the cut is between sections", () => {
    const boundaries = new Set(readModule(good).module.sections.map((section) => section.end as number));
    for (let length = 0; length < good.length; length += length < 2000 ? 1 : 131) {
      const { problems } = readModule(good.subarray(0, length));
      if (length !== 8 && !boundaries.has(length)) expect(problems.length, `cut at ${length}`).toBeGreaterThan(0);
    }
  });
});
