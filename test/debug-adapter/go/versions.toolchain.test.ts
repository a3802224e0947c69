// The oldest and the newest version of Go that are supported, from the build to the exit code; `npm run soak` goes through all of them.
import { expect, test } from "vitest";
import { adapterTests } from "../../support/adapter-test.ts";
import { buildLimit, GoTestProgram } from "./programs.ts";

const { connect } = adapterTests();
const program = new GoTestProgram("channels");

test.each(["go1.24.13", "go1.27.4"])("%s", { timeout: 2 * buildLimit }, async (version) => {
  const client = connect({ ...process.env, GOTOOLCHAIN: version });
  const main = program.path();
  const launch = { program: program.folder, hideSystemGoroutines: true };
  await client.launch(launch, { breakpoints: { [main]: [program.line("receive2"), program.line("recovered")] } });
  await client.stopped();
  const { threads } = await client.request<{ threads: { name: string }[] }>("threads");
  expect(threads.map(({ name }) => name)).toEqual(["* [Go 1] main.main (Thread 1)", "[Go 6] time.Sleep", "[Go 7] main.main.func1"]);
  expect((await client.stack()).map(({ name }) => name)).toEqual(["main.main", "runtime.main", "runtime.goexit"]);
  await client.continue();
  await client.stopped();
  expect(await client.evaluate("total")).toBe("3");
  await client.continue();
  expect(await client.ended()).toBe(3);
});
