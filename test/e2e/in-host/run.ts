// Runs the tests of this folder inside a real extension host. `tsx test/e2e/in-host/run.ts REPORT` writes mocha's JSON report to REPORT.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { Host } from "../support/host.ts";

interface Report {
  readonly stats: { readonly passes: number; readonly failures: number };
  readonly failures: readonly { readonly fullTitle: string; readonly err: { readonly message?: string; readonly stack?: string } }[];
}

const here = fileURLToPath(new URL(".", import.meta.url));
const report = resolve(process.argv[2] ?? "build/test/in-host.json");
// Beside node_modules, so that the bundle finds mocha, which cannot be bundled.
const entry = join(here, "../build/in-host.cjs");

rmSync(report, { force: true });
await esbuild.build({
  entryPoints: [join(here, "main.ts")],
  outfile: entry,
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  external: ["vscode", "mocha"],
  logLevel: "warning",
});

// Without this option a built VS Code does not listen to a page that asks for tests.
const host = await Host.start({
  options: ["--vscode-option", "enable-smoke-test-driver"],
  env: { ...process.env, GO_WASM_REPORT: report },
});
try {
  await host.runInside(host.samples("C: main"), join(here, "extension"), entry, 180_000);
} catch (error) {
  process.exitCode = 1;
  // A report says better what failed.
  if (!existsSync(report)) console.log(`${error instanceof Error ? error.message : String(error)}\n${host.server.log().slice(-3000)}`);
} finally {
  await host.stop();
}
if (existsSync(report)) {
  const { stats, failures } = JSON.parse(readFileSync(report, "utf8")) as Report;
  for (const { fullTitle, err } of failures) console.log(`failed: ${fullTitle}\n${err.stack ?? err.message ?? ""}`);
  console.log(`in the extension host: ${stats.passes} passed, ${stats.failures} failed`);
  if (stats.failures > 0 || stats.passes === 0) process.exitCode = 1;
} else {
  console.log("the extension host wrote no report");
  process.exitCode = 1;
}
