// Random WAT texts, until one breaks a law or the time is up. `tsx test/soak/wat-fuzz.ts [--minutes N] [--seed N]` (default: 10 minutes, new
// seeds at each run). A text that fails is made short and kept among the tests.
import { fuzzed, keptFailure } from "../core/wat/fuzz/fuzz.ts";

function valueOf(option: string): number | undefined {
  const at = process.argv.indexOf(option);
  return at < 0 ? undefined : Number(process.argv[at + 1]);
}

const end = performance.now() + (valueOf("--minutes") ?? 10) * 60_000;
const first = valueOf("--seed") ?? Date.now() % 2 ** 31;
let seed = first;
while (performance.now() < end && process.exitCode === undefined) {
  const failure = await fuzzed(seed++);
  if (failure === undefined) continue;
  console.error(keptFailure(failure));
  process.exitCode = 1;
}
console.log(`WAT fuzz: seeds ${first} to ${seed - 1}`);
