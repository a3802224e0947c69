import { afterAll, beforeAll, expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { planScript } from "#core/wat/script/plan.ts";
import { nodeScriptThreads } from "../../../server/src/scripts/node-script-thread.ts";
import { ScriptRunner } from "../../../server/src/scripts/script-runner.ts";
import { bundleServer, type ServerBundle } from "../../support/server-bundle.ts";

let bundle: ServerBundle;
let runner: ScriptRunner;
beforeAll(async () => {
  bundle = await bundleServer(["script-worker"]);
  runner = new ScriptRunner(nodeScriptThreads(bundle.scriptWorker), 1_000);
});
afterAll(() => {
  runner.dispose();
  bundle.dispose();
});

const steps = (text: string): ReturnType<typeof planScript> => planScript(WatDocument.open(text, "wast"));
const module = '(module (func (export "f")) (func (export "forever") (loop (br 0))))';

test("a command that never ends is stopped and told, what was before it is kept", async () => {
  const outcomes = await runner.run("a", steps(`${module} (invoke "f") (invoke "forever") (invoke "f")`));
  expect(outcomes?.map(({ state }) => state)).toEqual(["passed", "passed", "failed", "skipped"]);
  expect(outcomes?.[2]?.message).toBe("It did not end within 1 s and was stopped.");
});

test("a new run takes the place of the one before", async () => {
  const first = runner.run("b", steps(`${module} (invoke "forever")`));
  const second = runner.run("b", steps(`${module} (invoke "f")`));
  expect(await first).toBeUndefined();
  expect((await second)?.map(({ state }) => state)).toEqual(["passed", "passed"]);
});

test("memory without end takes the thread, not the server", async () => {
  const grow = `(module (memory 1) (func (export "grow") (loop (drop (memory.grow (i32.const 1000))) (br 0))))`;
  const outcomes = await runner.run("c", steps(`${grow} (invoke "grow")`));
  expect(outcomes?.at(-1)?.state).toBe("failed");
});

test("a script of nothing", async () => {
  expect(await runner.run("d", steps(";; nothing"))).toEqual([]);
});
