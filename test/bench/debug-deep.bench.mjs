// A stop 5 000 frames deep: until its first 20 frames are shown, beside V8's own pause at the same instruction in the same run.
// `node test/bench/debug-deep.bench.mjs`
import { bareStop } from "./support/bare-stop.cjs";
import { DebugSession, markedLine, percentile, report } from "./support/debug-session.mjs";
import { smallModule } from "./support/small-module.mjs";
import { dwarfSymbolsOf } from "./support/symbols.mjs";

const depth = 5_000;
const rounds = 7;
const inputName = `${depth} calls of a function of C in itself`;
const { module, source } = smallModule(
  "deep",
  `static volatile int sink;
__attribute__((noinline)) int down(int rest) {
  if (rest == 0) {
    sink = 1; //@bottom
    return 0;
  }
  return down(rest - 1) + 1;
}
__attribute__((export_name("run"))) int run(int depth) {
  sink = 0; //@top
  return down(depth);
}
`,
);
const [top, bottom] = [markedLine(source, "top"), markedLine(source, "bottom")];

const offsets = await offsetsOfLines();
const bare = [];
const ours = [];
// In turns: what else the machine does meets both.
for (let round = 0; round < rounds; round++) {
  bare.push(bareStop(module, ...offsets, "run", [depth], 1).toStop);
  ours.push(await shownTime());
}
const differences = ours.map((time, at) => time - bare[at]);
report("5 000 frames deep: V8's own pause", inputName, percentile(bare, 0.5), "ms");
report("5 000 frames deep: continue to 20 frames shown", inputName, percentile(ours, 0.5), "ms");
report("5 000 frames deep: the same less V8's own pause", inputName, percentile(differences, 0.5), "ms", 100);

/** Milliseconds from a stop before the calls to the answer with the first frames at their end. */
async function shownTime() {
  const session = new DebugSession();
  await session.stopAt({ program: module, host: "none", invoke: { export: "run", args: [depth] } }, source, top);
  const breakpoints = [{ line: top }, { line: bottom }];
  await session.request("setBreakpoints", { source: { path: source }, breakpoints });
  const begin = performance.now();
  await session.request("continue", { threadId: 1 });
  await session.event("stopped");
  const { stackFrames, totalFrames } = await session.request("stackTrace", { threadId: 1, levels: 20 });
  const shown = performance.now() - begin;
  if (stackFrames.length !== 20 || stackFrames[0].line !== bottom || totalFrames < depth)
    throw new Error("this is not the stop it should be");
  await session.end();
  return shown;
}

async function offsetsOfLines() {
  const symbols = await dwarfSymbolsOf(module);
  const [file] = await symbols.sources();
  return Promise.all([top, bottom].map(async (line) => (await symbols.offsetsOf(file, line)).ranges[0].start));
}
