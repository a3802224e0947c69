// Functions of the standard library, stepped into: what is shown of them is what Delve shows, which has them without optimisation.
import { join } from "node:path";
import { expect, test } from "vitest";
import { adapterTests } from "../../support/adapter-test.ts";
import type { DapClient } from "../../support/dap-client.ts";
import { buildNative, connectDelve, delveLaunch } from "./delve.ts";
import { readProgram } from "./program.ts";

const { connect } = adapterTests();
const limit = 240_000;
const program = readProgram("library", join(import.meta.dirname, "programs/library"));
const main = join(program.folder, "main.go");

/** Delve's of a whole program and ours of optimised code; only where they lie differs. */
const neutral = (value: string): string => value.replaceAll(/\b0x[0-9a-f]{5,16}\b/g, "0xADDRESS");

/** Local variables of the function that each line steps into, where that is one of the standard library. */
async function locals(client: DapClient, launch: object): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  await client.launch(launch, { breakpoints: { [main]: program.stops.map(({ line }) => line) }, filters: [] });
  for (const { line } of program.stops) {
    await client.stopped();
    await client.request("stepIn", { threadId: client.threadId });
    await client.stopped();
    const { id, name, source } = await client.top();
    if (source?.path !== main) {
      const { scopes } = await client.request<{ scopes: { variablesReference: number }[] }>("scopes", { frameId: id });
      for (const variable of await client.children(scopes[0]!.variablesReference))
        found.set(`${line} ${name} ${variable.name}`, neutral(variable.value));
    }
    await client.continue();
  }
  return found;
}

test("parameters have their values, and what is not known is said", { timeout: limit }, async () => {
  const native = buildNative(program.folder);
  try {
    const delve = await connectDelve();
    const theirs = await locals(delve, delveLaunch(native.file));
    await delve.close();
    const ours = await locals(connect(), { mode: "debug", program: program.folder });
    const known = [...ours].filter(([, value]) => !value.startsWith("<optimised"));
    expect(known.length).toBeGreaterThan(6);
    expect(known).toEqual(known.map(([about]) => [about, theirs.get(about)]));
    expect([...ours].map(([about]) => about).filter((about) => !theirs.has(about))).toEqual([]);
  } finally {
    native.remove();
  }
});
