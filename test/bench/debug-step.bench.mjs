// Steps by source line at the adapter's standard streams, from request to stop. `node test/bench/debug-step.bench.mjs`
import { DebugSession, input, markedLine, percentile, report } from "./support/debug-session.mjs";

const name = "test/corpus/debug/modules/c/prog.O0.wasm";
const source = input("test/corpus/debug/modules/c/prog.c");
const rounds = 20;

const times = { next: [], stepIn: [], stepOut: [] };

for (let round = 0; round < rounds; round++) {
  const session = new DebugSession();
  await session.stopAt({ program: input(name) }, source, markedLine(source, "calls") - 1);
  for (const step of ["stepIn", "stepIn", "stepIn", "stepIn", "stepOut", "stepOut", "next", "next"]) {
    const begin = performance.now();
    await session.request(step, { threadId: 1 });
    await session.event("stopped");
    times[step].push(performance.now() - begin);
  }
  await session.end();
}
const all = Object.values(times).flat();
report("source step, median", name, percentile(all, 0.5), "ms", 3);
report("source step, P95", name, percentile(all, 0.95), "ms", 8);
for (const [step, values] of Object.entries(times)) {
  report(`${step}, median`, name, percentile(values, 0.5), "ms");
  report(`${step}, P95`, name, percentile(values, 0.95), "ms");
}
