/** Functions called wherever a program of Go happens to be paused: each call gives what it should or says why it cannot be made, and the program comes to its own end. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { adapterTests } from "../support/adapter-test.ts";

const { connect } = adapterTests();
const folder = join(import.meta.dirname, "calls");
const pauses = 400;
const refused = /call not at safe point|call from within the Go runtime|selected goroutine not running/;

/** Sum of the tree that `build` makes in the program. */
const sumOf = (depth: number, value: number): number =>
  depth === 0 ? value : value + sumOf(depth - 1, 2 * value) + sumOf(depth - 1, 2 * value + 1);

test.each(["go1.24.13", "go1.25.11", "go1.26.8", "go1.27.4"])("%s", async (version) => {
  const env = { ...process.env, GOTOOLCHAIN: version };
  const native = execFileSync("go", ["run", "."], { cwd: folder, env, encoding: "utf8" });
  const client = connect(env);
  await client.launch({ program: folder }, { filters: [] });
  let called = 0;
  for (let pause = 0; pause < pauses; pause++) {
    await setTimeout(1 + 15 * Math.random());
    if (!(await client.raw("pause", { threadId: 1 })).success) break;
    if ((await client.event("stopped", "terminated")).event === "terminated") break;
    const { threads } = await client.request<{ threads: { id: number; name: string }[] }>("threads");
    client.threadId = threads.find(({ name }) => name.startsWith("*"))?.id ?? 1;
    const { id } = await client.top();
    const text = await client.evaluate(`call main.probe(${pause})`, id).catch((error: unknown) => String(error));
    if (!refused.test(text)) {
      expect(text).toBe(`"p${pause} ${sumOf(8, pause)}"`);
      called++;
    }
    await client.continue();
  }
  expect(called).toBeGreaterThan(20);
  await client.ended();
  expect(client.output("stdout")).toBe(native);
});
