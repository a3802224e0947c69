import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readBeside } from "../../../debug-adapter/src/symbols/read-beside.ts";
import { temporaryFolder } from "../../support/debug-corpus.ts";

const folder = temporaryFolder({ "app.wasm": "", "app.map": "{}" });
afterAll(() => folder.remove());
const read = readBeside(join(folder.path, "app.wasm"));

test("a file beside the module, and one that is not there", async () => {
  expect(Buffer.from((await read("./app.map"))!).toString()).toBe("{}");
  expect(await read("nothing.map")).toBeUndefined();
  expect(await read(".")).toBeUndefined();
});

test("a file of another machine is not asked for", async () => {
  // On this system two slashes mean the same as one, so the file is there to be found.
  expect(await read(`/${folder.path}/app.map`)).toBeUndefined();
  expect(await read("\\\\server\\share\\app.map")).toBeUndefined();
});

test.runIf(process.platform !== "win32")("what has no end is not read", async () => {
  execFileSync("mkfifo", [join(folder.path, "pipe")]);
  expect(await read("pipe")).toBeUndefined();
  expect(await read("/dev/zero")).toBeUndefined();
});
