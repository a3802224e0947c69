// Steps in functions that a host calls and that block in them: as Delve steps in them where a main function calls them.
import { join } from "node:path";
import { expect, test } from "vitest";
import { adapterTests } from "../../support/adapter-test.ts";
import { buildNative, connectDelve, delveLaunch } from "./delve.ts";
import { readProgram } from "./program.ts";
import { record, type Recorded } from "./record.ts";

const { connect } = adapterTests();
const limit = 240_000;
const program = readProgram("exports", join(import.meta.dirname, "exports"));

/** Where steps end, and how often each stop came. */
const compared = ({ facts }: Recorded): [string, string][] =>
  [...facts].filter(([about]) => about.includes(" step ") || about === "order of the stops");

test("steps in exports that block", { timeout: limit }, async () => {
  const native = buildNative(program.folder);
  try {
    const client = await connectDelve();
    const delve = await record(client, delveLaunch(native.file), program);
    await client.close();
    const launch = { mode: "debug", program: program.folder, host: join(program.folder, "host.mjs") };
    const ours = await record(connect(), launch, program);
    expect(compared(ours)).toEqual(compared(delve));
    expect(compared(ours).length).toBeGreaterThan(25);
  } finally {
    native.remove();
  }
});
