/** A `time.Time` as text (RFC 3339), which stands before its fields. */
import type { GoStructType } from "#core/go/layouts/go-type.ts";
import { readBytes, viewOf } from "./memory-words.ts";
import type { GoMemory } from "./go-program.ts";

const hasMonotonic = 1n << 63n;
/** Seconds from year 1, and from 1885, to 1970. */
const secondsToYear1 = 62_135_596_800n;
const secondsTo1885 = 2_682_288_000n;
/** Beyond the year 9999 there is no text of that form. */
const latest = 253_402_300_799n;

/** In UTC; the seconds, then with a monotonic clock its reading in nanoseconds. `undefined` where it has no such text. */
export async function timeText(memory: GoMemory, type: GoStructType, address: number): Promise<string | undefined> {
  const [wallField, extField] = ["wall", "ext"].map((name) => type.fields.find((field) => field.name === name));
  if (!wallField || !extField) return undefined;
  const wall = viewOf(await readBytes(memory, address + wallField.offset, 8)).getBigUint64(0, true);
  const ext = viewOf(await readBytes(memory, address + extField.offset, 8)).getBigInt64(0, true);
  if ((wall & hasMonotonic) === 0n) return utcText(ext - secondsToYear1);
  const seconds = (wall & ~hasMonotonic) >> 30n;
  return `${utcText(seconds - secondsTo1885)}, ${ext < 0n ? "" : "+"}${ext}`;
}

function utcText(unixSeconds: bigint): string | undefined {
  if (unixSeconds > latest || unixSeconds < -secondsToYear1) return undefined;
  return new Date(Number(unixSeconds) * 1000).toISOString().replace(/\.\d+Z$/, "Z");
}
