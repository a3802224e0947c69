/** A `time.Time` as text (RFC 3339), which stands before its fields. */
import type { GoStructType, GoTypeId } from "#core/go/layouts/go-type.ts";
import { decodeUtf8 } from "#core/bytes/utf8.ts";
import type { GoMemory } from "./go-program.ts";
import { readBytes, readWord, readWords, viewOf } from "./memory-words.ts";
import type { GoTypeSource } from "./runtime-types.ts";

const hasMonotonic = 1n << 63n;
/** Seconds from year 1, and from 1885, to 1970. */
const secondsToYear1 = 62_135_596_800n;
const secondsTo1885 = 2_682_288_000n;
/** Dates of JavaScript go as far, before 1970 and after; from a year before the end on, no zone leads out of them. */
const furthest = 8_640_000_000_000n - 366n * 86_400n;
const longestZone = 100;

/** In the time's own zone where that has a known name, else in UTC; with a monotonic clock its reading in nanoseconds. `undefined`: it is hundreds of thousands of years away. */
export async function timeText(memory: GoMemory, types: GoTypeSource, type: GoStructType, address: number): Promise<string | undefined> {
  const [wallField, extField, locField] = ["wall", "ext", "loc"].map((name) => type.fields.find((field) => field.name === name));
  if (!wallField || !extField || !locField) return undefined;
  const wall = viewOf(await readBytes(memory, address + wallField.offset, 8)).getBigUint64(0, true);
  const ext = viewOf(await readBytes(memory, address + extField.offset, 8)).getBigInt64(0, true);
  const location = await types.get(locField.type);
  const zone = location.kind === "pointer" ? await zoneName(memory, types, address + locField.offset, location.elem) : "";
  if ((wall & hasMonotonic) === 0n) return zonedText(ext - secondsToYear1, zone);
  const seconds = (wall & ~hasMonotonic) >> 30n;
  return `${zonedText(seconds - secondsTo1885, zone)}, ${ext < 0n ? "" : "+"}${ext}`;
}

/** Name of the `time.Location` that the pointer at `address` points to; empty for UTC. */
async function zoneName(memory: GoMemory, types: GoTypeSource, address: number, elem: GoTypeId): Promise<string> {
  const location = await readWord(memory, address);
  const struct = await types.get(elem);
  const field = struct.kind === "struct" ? struct.fields.find(({ name }) => name === "name") : undefined;
  if (location === 0 || !field) return "";
  const [base, length] = await readWords(memory, location + field.offset, 2);
  return length! > 0 && length! < longestZone ? decodeUtf8(await readBytes(memory, base!, length!)) : "";
}

function zonedText(unixSeconds: bigint, zone: string): string | undefined {
  if (unixSeconds > furthest || unixSeconds < -furthest) return undefined;
  const date = new Date(Number(unixSeconds) * 1000);
  const minutes = zoneMinutes(date, zone);
  const text = goYear(new Date(date.getTime() + minutes * 60_000).toISOString()).replace(/\.\d+Z$/, "");
  if (minutes === 0) return `${text}Z`;
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${text}${minutes < 0 ? "-" : "+"}${String(hours).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
}

/** Go writes a year with as many digits as it has, at least four; JavaScript writes those beyond 0 to 9999 with a sign and six. */
const goYear = (text: string): string =>
  text.replace(/^([+-])(\d{6})/, (_, sign: string, digits: string) => (sign === "-" ? "-" : "") + String(Number(digits)).padStart(4, "0"));

/** How far the zone is ahead of UTC at that time. `Local` is the zone of this machine, on which the program runs. */
function zoneMinutes(date: Date, zone: string): number {
  if (zone === "" || zone === "UTC") return 0;
  if (zone === "Local") return -date.getTimezoneOffset();
  try {
    const parts = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" }).formatToParts(date);
    const offset = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
    const [, sign, hours, minutes] = /^GMT([+-])(\d+):(\d+)$/.exec(offset) ?? [];
    return sign === undefined ? 0 : (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  } catch {
    // No zone of that name is known here.
    return 0;
  }
}
