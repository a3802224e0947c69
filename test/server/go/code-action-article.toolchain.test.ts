/** The sample with exports as articles print them: each gets its diagnostic, and with the preferred fixes the module builds and runs. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WASI } from "node:wasi";
import { afterAll, expect, test } from "vitest";
import { goCodeActions } from "../../../server/src/go/code-action.ts";
import { goDiagnostics, type GoCheckOptions } from "#go-check/diagnostics.ts";
import { GoDocument } from "#go-check/go-document.ts";
import { goEnvironment } from "../../support/go-toolchain.ts";

const sample = join(import.meta.dirname, "../../../samples/go-article");
const folder = mkdtempSync(join(tmpdir(), "go-wasm-article-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const options: GoCheckOptions = { target: "wasip1-reactor", goVersion: "1.26", siblings: [], importPath: "example.com/article" };
const printed = readFileSync(join(sample, "main.go"), "utf8");

function documentOf(text: string): GoDocument {
  return new GoDocument("/article/main.go", text, { uri: "file:///article/main.go" });
}

/** The first line of each diagnostic. */
function told(text: string): string[] {
  return goDiagnostics(documentOf(text), options).map(({ message }) => (message as string).split("\n", 1)[0]!);
}

/** Applies preferred actions until there are none. */
function fixed(text: string): string {
  let current = text;
  for (let round = 0; round < 10; round++) {
    const document = documentOf(current);
    const [action] = goCodeActions({
      document,
      options,
      range: document.lines.rangeOf({ start: 0, end: current.length }),
      context: { diagnostics: [], only: ["quickfix"] },
      isOwn: () => true,
      versionOf: undefined,
      canCreate: false,
    }).filter(({ isPreferred }) => isPreferred === true);
    if (action === undefined) return current;
    for (const { range, newText } of [...(action.edit?.changes?.[document.uri] ?? [])].reverse())
      current = current.slice(0, document.lines.offsetAt(range.start)) + newText + current.slice(document.lines.offsetAt(range.end));
  }
  throw new Error("the fixes have no end");
}

interface Exports {
  readonly memory: WebAssembly.Memory;
  process(request: number): number;
  safe_call(first: number, second: number): void;
  alloc(size: number): bigint;
  free(address: bigint): void;
}

async function run(name: string, text: string): Promise<Exports> {
  writeFileSync(join(folder, "go.mod"), readFileSync(join(sample, "go.mod")));
  writeFileSync(join(folder, "main.go"), text);
  const module = join(folder, `${name}.wasm`);
  execFileSync("go", ["build", "-buildmode=c-shared", "-o", module, "."], {
    cwd: folder,
    env: goEnvironment({ os: "wasip1" }),
    timeout: 60_000,
  });
  const wasi = new WASI({ version: "preview1" });
  const { instance } = await WebAssembly.instantiate(readFileSync(module), wasi.getImportObject() as WebAssembly.Imports);
  wasi.initialize(instance);
  return instance.exports as unknown as Exports;
}

test("each example has its diagnostic", () => {
  expect(told(printed)).toEqual([
    "go:wasmexport: unsupported parameter type *Request",
    "go:wasmexport: unsupported result type *Response",
    "go:wasmexport: too many return values",
    "the garbage collector may free what this export returns the address of",
  ]);
});

test("with the fixes nothing is left to say, gofmt has nothing to change, and the exports do what they are for", async () => {
  const text = fixed(printed);
  expect(told(text)).toEqual([]);
  expect(execFileSync("gofmt", { input: text }).toString()).toBe(text);

  const go = await run("fixed", text);
  const view = (): DataView => new DataView(go.memory.buffer);
  const alloc = (size: number): number => Number(go.alloc(size));

  const [first, second] = [alloc(4), alloc(4)];
  go.safe_call(first, second);
  expect([view().getInt32(first, true), view().getUint32(second, true)]).toEqual([-7, 42]);

  const name = alloc(3);
  new Uint8Array(go.memory.buffer).set(new TextEncoder().encode("Ada"), name);
  const request = alloc(12);
  [name, 3, 5].forEach((value, index) => view().setUint32(request + 4 * index, value, true));
  const response = go.process(request);
  const [at, length] = [view().getUint32(response, true), view().getUint32(response + 4, true)];
  expect(new TextDecoder().decode(new Uint8Array(go.memory.buffer, at, length))).toBe("hello, Ada");
  expect(view().getFloat64(response + 8, true)).toBe(7.5);
});

/** How many of the first buffers are still what the host wrote after so many more that the collector has run. */
function survivors(go: Exports): number {
  const { memory } = go;
  const addresses = Array.from({ length: 20 }, () => Number(go.alloc(100_000)));
  for (const address of addresses) new Uint8Array(memory.buffer, address, 100_000).fill(0xa5);
  for (let count = 0; count < 300; count++) go.alloc(100_000);
  return addresses.filter((address) => new Uint8Array(memory.buffer, address, 100_000).every((byte) => byte === 0xa5)).length;
}

test("the buffers of alloc outlive the garbage collector, as they do not without the fix", async () => {
  // The other examples do not compile as they are printed.
  const lone = printed.slice(0, printed.indexOf("// Request comes")) + printed.slice(printed.indexOf("// alloc:"));
  expect(survivors(await run("kept", fixed(lone)))).toBe(20);
  expect(survivors(await run("printed", lone))).toBeLessThan(20);
});
