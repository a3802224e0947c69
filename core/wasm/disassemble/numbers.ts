import type { ByteReader } from "#core/bytes/reader.ts";

/** An f32 as the shortest text that gives the same bits. */
export function f32Text(reader: ByteReader): string {
  const start = reader.position;
  const bits = reader.u32();
  if ((bits & 0x7f80_0000) === 0x7f80_0000) return specialText(bits >>> 31 === 1, BigInt(bits & 0x7f_ffff), 0x40_0000n);
  reader.position = start;
  const value = reader.f32();
  if (Object.is(value, -0)) return "-0";
  for (let digits = 1; digits < 9; digits++) {
    const text = String(Number(value.toPrecision(digits)));
    if (Math.fround(Number(text)) === value) return text;
  }
  return String(Number(value.toPrecision(9)));
}

/** An f64 as the shortest text that gives the same bits. */
export function f64Text(reader: ByteReader): string {
  const start = reader.position;
  const bits = reader.u64();
  if (((bits >> 52n) & 0x7ffn) === 0x7ffn) return specialText(bits >> 63n === 1n, bits & 0xf_ffff_ffff_ffffn, 0x8_0000_0000_0000n);
  reader.position = start;
  const value = reader.f64();
  return Object.is(value, -0) ? "-0" : String(value);
}

/** `canonical` is the payload of the NaN that plain `nan` means. */
function specialText(negative: boolean, payload: bigint, canonical: bigint): string {
  const sign = negative ? "-" : "";
  if (payload === 0n) return `${sign}inf`;
  return payload === canonical ? `${sign}nan` : `${sign}nan:0x${payload.toString(16)}`;
}
