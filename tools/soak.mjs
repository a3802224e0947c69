// Long runs: damaged debug information for a third of the time (ten minutes by default), random WAT texts for as long, every property test with
// many more generated cases, every fix for Go judged by the compiler, every version of Go and large Go programs under the debugger, then the
// tests that kill and damage things, again and again. `npm run soak [-- --minutes N]` (default 30). Ends at the first failure, with what failed.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./e2e/process.mjs";
import { build } from "./package.mjs";
import { ensureDependencies, root } from "./setup.mjs";

const minutesFlag = process.argv.indexOf("--minutes");
const minutes = minutesFlag < 0 ? 30 : Number(process.argv[minutesFlag + 1]);
const vitest = join(root, "node_modules/vitest/vitest.mjs");

try {
  if (!(minutes > 0)) throw new Error("--minutes must be followed by a number above 0");
  await ensureDependencies();
  await build();
  const end = Date.now() + minutes * 60_000;
  const properties = testsThat((text) => text.includes('from "fast-check"'));
  const violence = testsThat((text) => /\bSIGKILL\b/.test(text));
  if (properties.length === 0 && violence.length === 0) throw new Error("no test in test/ uses fast-check or kills a process");
  console.log(`${properties.length} files with properties, ${violence.length} files that kill, ${minutes} minutes`);
  await fuzz("test/soak/debug-info/fuzz.ts", minutes / 3, "damaged debug information was not read as it should be");
  await fuzz("test/soak/wat-fuzz.ts", minutes / 3, "a WAT text broke a law");
  await once(properties, end, "--config", "test/soak/vitest.config.mjs");
  await once(["test/soak/go-fixes.ts"], end, "--config", "test/soak/go-fixes.config.mjs");
  await once(["test/soak/wasmtime.ts"], end, "--config", "test/soak/wasmtime.config.mjs");
  await once(["test/soak/go-versions.ts", "test/soak/go-programs.ts", "test/soak/go-calls.ts"], end, "--config", "test/soak/go.config.mjs");
  let rounds = 0;
  for (; Date.now() < end && violence.length > 0; rounds++) await once(violence, end);
  console.log(`soak: no failure; the kill tests ran ${rounds} times`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

/** A script that prints the number of the case from which it can be had again where one fails. */
async function fuzz(script, share, complaint) {
  const args = [join(root, "node_modules/tsx/dist/cli.mjs"), script, "--minutes", String(share)];
  const { ok } = await run(process.execPath, args, { cwd: root, limit: share * 60 + 120, show: true });
  if (!ok) throw new Error(`soak: ${complaint}`);
}

/** The test files below test/, but for the end-to-end ones, whose text fits. */
function testsThat(fits) {
  return readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".test.ts") && !path.startsWith("e2e"))
    .filter((path) => fits(readFileSync(join(root, "test", path), "utf8")))
    .map((path) => `test/${path}`);
}

/** One run of these files; a run that began before the end may take as long again. */
async function once(files, end, ...options) {
  if (files.length === 0) return;
  const limit = Math.max(300, (2 * (end - Date.now())) / 1000);
  const { ok } = await run(process.execPath, [vitest, "run", ...options, "--reporter=dot", ...files], { cwd: root, limit, show: true });
  if (!ok) throw new Error("soak: a test failed");
}
