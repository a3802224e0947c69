// The entry that VS Code loads into its extension host: runs all tests there by mocha's API and writes mocha's JSON report.
import Mocha from "mocha";
import { activation } from "./activation.ts";
import { debugging } from "./debugging.ts";
import type { HostTest } from "./host-test.ts";
import { language } from "./language.ts";
import { watFeatures } from "./wat-features.ts";

const suites: Readonly<Record<string, readonly HostTest[]>> = { activation, language, "WebAssembly text": watFeatures, debugging };

/** Rejects when a test fails. The report goes to the file that `GO_WASM_REPORT` names. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ timeout: 120_000, reporter: "json", reporterOptions: { output: process.env["GO_WASM_REPORT"] } });
  for (const [name, tests] of Object.entries(suites)) {
    const suite = Mocha.Suite.create(mocha.suite, name);
    for (const { title, run: body } of tests) suite.addTest(new Mocha.Test(title, body));
  }
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
