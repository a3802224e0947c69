import { chmodSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { adapterTests } from "../support/adapter-test.ts";
import { temporaryFolder } from "../support/debug-corpus.ts";

const { connect } = adapterTests();
const folder = temporaryFolder({
  "one.wat": '(module (func (export "_start")))',
  // Stands for a toolchain that takes its time.
  go: "#!/bin/sh\nsleep 2\nexit 1\n",
  "go.mod": "module example.com/slow\n\ngo 1.24\n",
  "main.go": "package main\n\nfunc main() {}\n",
});
afterAll(() => folder.remove());
const program = join(folder.path, "one.wat");

test("a second launch is refused while the first one builds, which goes on", async () => {
  chmodSync(join(folder.path, "go"), 0o755);
  const client = connect({ ...process.env, PATH: `${folder.path}:${process.env["PATH"] ?? ""}` });
  await client.initialize();
  const first = client.raw("launch", { program: folder.path });
  expect(await client.raw("launch", { program })).toMatchObject({
    success: false,
    message: "a program is being launched already; wait for it, or end the session",
  });
  expect((await first).message).toMatch(/go/);
  // It has failed: this session still can launch another.
  expect(await client.raw("launch", { program })).toMatchObject({ success: true });
});

test("a second launch is refused while a program is debugged, and after it has ended", async () => {
  const client = connect();
  await client.launch({ program });
  const message = "this session has launched its program already; begin another session for another program";
  expect(await client.raw("launch", { program })).toMatchObject({ success: false, message });
  expect(await client.ended()).toBe(0);
  expect(await client.raw("launch", { program })).toMatchObject({ success: false, message });
});
