import { ByteWriter } from "#core/bytes/writer.ts";
import { readModule } from "#core/wasm/module.ts";

/** A small generator: the same numbers for the same seed. */
export type Random = (below: number) => number;

export function random(seed: number): Random {
  let state = Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995;
  return (below) => {
    // Source: xorshift32 (Marsaglia, "Xorshift RNGs", 2003).
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return below <= 0 ? 0 : (state >>> 0) % below;
  };
}

type Change = (bytes: Uint8Array, next: Random) => Uint8Array;

const extremes = [
  [0xff, 0xff, 0xff, 0xff],
  [0xff, 0xff, 0xff, 0x7f],
  [0xff, 0xff, 0xff, 0xff, 0x0f],
  [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
  [0, 0, 0, 0],
  [0, 0, 0, 0x80],
  [0x7f],
];

/** Ways to damage a section. */
const changes: readonly Change[] = [
  (bytes, next) => edited(bytes, (copy) => (copy[next(copy.length)] = next(256))),
  (bytes, next) => edited(bytes, (copy) => (copy[next(copy.length)]! ^= 1 << next(8))),
  (bytes, next) =>
    edited(bytes, (copy) => copy.set(extremes[next(extremes.length)]!.slice(0, copy.length), next(Math.max(1, copy.length - 10)))),
  (bytes, next) => bytes.subarray(0, next(bytes.length)),
  (bytes, next) => {
    const [from, to, length] = [next(bytes.length), next(bytes.length), next(Math.min(64, bytes.length))];
    return edited(bytes, (copy) => copy.copyWithin(to, from, from + length));
  },
  (bytes, next) => {
    const at = next(bytes.length);
    return joined(bytes.subarray(0, at), bytes.subarray(at + 1 + next(16)));
  },
  (bytes, next) => {
    const at = next(bytes.length);
    return joined(bytes.subarray(0, at), Uint8Array.from(extremes[next(extremes.length)]!), bytes.subarray(at));
  },
  (bytes, next) => {
    const at = next(bytes.length);
    return edited(bytes, (copy) => copy.fill(next(2) * 255, at, at + next(256)));
  },
];

function edited(bytes: Uint8Array, edit: (copy: Uint8Array) => void): Uint8Array {
  const copy = Uint8Array.from(bytes);
  if (copy.length > 0) edit(copy);
  return copy;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const writer = new ByteWriter();
  for (const part of parts) writer.bytes(part);
  return writer.finish();
}

/** Damages a text, such as a source map. */
export function damagedText(text: Uint8Array, next: Random): Uint8Array {
  let bytes = text;
  for (let rounds = 1 + next(6); rounds > 0; rounds--) bytes = changes[next(changes.length)]!(bytes, next);
  return bytes;
}

const isDebug = (name: string | undefined): boolean => name !== undefined && /^(?:\.debug|name$|external_debug|sourceMapping)/.test(name);

/** The module with one to eight changes in its debug sections, whose sizes are told as they are then. */
export function damagedModule(bytes: Uint8Array, next: Random): Uint8Array {
  const { sections } = readModule(bytes).module;
  const contents = sections.map(({ start, end }) => bytes.subarray(start, end));
  const candidates = sections.flatMap(({ customName }, at) => (isDebug(customName) ? [at] : []));
  for (let rounds = 1 + next(8); rounds > 0 && candidates.length > 0; rounds--) {
    const at = candidates[next(candidates.length)]!;
    contents[at] = changes[next(changes.length)]!(contents[at]!, next);
  }
  const dropped = next(12) === 0 ? candidates[next(candidates.length)] : undefined;
  const writer = new ByteWriter(bytes.length + 1024);
  writer.bytes(bytes.subarray(0, 8));
  for (const [at, section] of sections.entries()) {
    if (at === dropped) continue;
    const content = new ByteWriter();
    if (section.customName !== undefined) content.name(section.customName);
    content.bytes(contents[at]!);
    writer.u8(bytes[section.header]!);
    writer.uleb(content.length);
    writer.bytes(content.finish());
  }
  return writer.finish();
}
