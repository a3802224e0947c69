// Primes, in AssemblyScript: an export that the launch configuration "AssemblyScript: countPrimes" calls with 30.
//
// Set a breakpoint in this file and press F5. The module in build/ was made in the folder assemblyscript/ by
//   npx asc assembly/index.ts --target debug
// The call returns 10: 2, 3, 5, 7, 11, 13, 17, 19, 23 and 29.

/** How many divisions were tried by all calls so far. */
let divisions: i32 = 0;

/** Whether no number from 2 to the square root divides `candidate`. */
function isPrime(candidate: i32): bool {
  if (candidate < 2) return false;
  for (let divisor = 2; divisor * divisor <= candidate; divisor++) {
    divisions++;
    const rest = candidate % divisor;
    if (rest == 0) return false;
  }
  return true;
}

/** How many primes there are up to `limit`, itself included. */
export function countPrimes(limit: i32): i32 {
  let count = 0;
  let share: f64 = 0;
  for (let candidate = 2; candidate <= limit; candidate++) {
    if (isPrime(candidate)) {
      count++;
    }
    share = f64(count) / f64(candidate);
  }
  assert(share <= 1);
  return count;
}

/** How many divisions the calls before have cost. */
export function divisionCount(): i32 {
  return divisions;
}

/** Traps where `index` is out of bounds: the debugger stops here with the reason. */
export function pick(index: i32): i32 {
  const primes: StaticArray<i32> = [2, 3, 5, 7];
  return primes[index];
}
