// What a stop shows: 90 variables of all kinds in one function of C, and 64 KB of memory. `node test/bench/debug-values.bench.mjs`
import { basename } from "node:path";
import { bareStop } from "./support/bare-stop.cjs";
import { DebugSession, markedLine, percentile, report } from "./support/debug-session.mjs";
import { rivalFigures } from "./support/rival.mjs";
import { smallModule } from "./support/small-module.mjs";
import { dwarfSymbolsOf } from "./support/symbols.mjs";

const turns = 40;
const memoryBytes = 65_536;
/** The first stops, at which everything is done for the first time, are a figure of their own. */
const cold = 1;

const kinds = [
  (at) => `int number${at} = turn + ${at};`,
  (at) => `double mean${at} = turn * ${at}.25;`,
  (at) => `const char *text${at} = "text number ${at}";`,
  (at) => `struct item item${at} = { turn, ${at}.5, { 'a', 'b', 0 }, &shared };`,
  (at) => `unsigned char bytes${at}[16] = { ${at}, turn };`,
  (at) => `enum color color${at} = (turn + ${at}) % 3;`,
  (at) => `long long wide${at} = 1000000007LL * ${at};`,
  (at) => `struct item *next${at} = &item${at - 4};`,
  (at) => `_Bool odd${at} = turn & 1;`,
];
const declarations = Array.from({ length: 89 }, (_, at) => `  ${kinds[at % kinds.length](at)}`);
const { module, source } = smallModule(
  "variables",
  `enum color { red, green, blue };
struct item { int id; double weight; char name[8]; struct item *next; };
static struct item shared;
static volatile int sink;
static unsigned char heap[${turns * 2 * memoryBytes}];
__attribute__((noinline)) int body(int turn) {
${declarations.join("\n")}
  sink = number0; //@full
  return sink;
}
__attribute__((export_name("run"))) int run(int turns) {
  for (int turn = 0; turn < turns; turn++) heap[turn] = body(turn);
  return sink;
}
`,
);
const inputName = "90 variables of all kinds in a function of C, without optimisation";
const line = markedLine(source, "full");

const listings = [];
const reads = [];
const session = new DebugSession();
await session.stopAt({ program: module, host: "none", invoke: { export: "run", args: [turns] } }, source, line);
for (let turn = 0; turn < turns; turn++) {
  const begin = performance.now();
  const { stackFrames } = await session.request("stackTrace", { threadId: 1, levels: 20 });
  const { scopes } = await session.request("scopes", { frameId: stackFrames[0].id });
  const open = scopes.filter(({ expensive }) => !expensive);
  const listed = await Promise.all(open.map(({ variablesReference }) => session.request("variables", { variablesReference })));
  listings.push(performance.now() - begin);
  const count = listed.reduce((sum, { variables }) => sum + variables.length, 0);
  if (count !== 90) throw new Error(`${count} variables are shown`);
  // Other memory each time, as what was read before comes faster.
  const reading = performance.now();
  const { data } = await session.request("readMemory", { memoryReference: String(memoryBytes * (turn + 2)), count: memoryBytes });
  reads.push(performance.now() - reading);
  if (data.length < memoryBytes) throw new Error("memory is missing");
  await session.request("continue", { threadId: 1 });
  if (turn < turns - 1) await session.event("stopped");
}
await session.end();

report("90 variables: the first stop to all shown", inputName, listings[0], "ms");
report("90 variables: a stop to all shown, median", inputName, percentile(listings.slice(cold), 0.5), "ms", 20);
report("90 variables: a stop to all shown, P95", inputName, percentile(listings.slice(cold), 0.95), "ms", 20);
report("memory read of 64 KB, median", inputName, percentile(reads.slice(cold), 0.5), "ms", 2);
report("memory read of 64 KB, P95", inputName, percentile(reads.slice(cold), 0.95), "ms");

const symbols = await dwarfSymbolsOf(module);
const [file] = await symbols.sources();
const [{ start }] = (await symbols.offsetsOf(file, line)).ranges;
const { memoryRead } = bareStop(module, start, start, "run", [turns], 5);
report("the same memory as VS Code's own debugger reads it", inputName, memoryRead, "ms");
const rival = await rivalFigures(module, basename(source), [line]);
if (rival) {
  const by = "the same; @vscode/dwarf-debugging 0.0.2, memory at hand";
  report(`rival: listing ${rival.variables} variables`, by, rival.listed, "ms");
  report("rival: value of each variable", by, rival.perVariable, "ms");
}
