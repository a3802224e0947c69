// From the launch request to the first stop, each time in a new adapter, as VS Code starts it. `node test/bench/debug-start.bench.mjs`
import { DebugSession, input, lineOf, percentile, report } from "./support/debug-session.mjs";

const starts = 50;
const name = "samples/c/main.wasm";
const source = input("samples/c/main.c");
const line = lineOf(source, "double interest =");

const times = [];
for (let count = 0; count < starts; count++) {
  const session = new DebugSession();
  // The adapter's own start is VS Code's business before it sends anything.
  await session.request("threads");
  const begin = performance.now();
  await session.stopAt({ program: input(name) }, source, line);
  times.push(performance.now() - begin);
  await session.end();
}
report("launch to first stop, median", name, percentile(times, 0.5), "ms");
report("launch to first stop, P95", name, percentile(times, 0.95), "ms", 500);
