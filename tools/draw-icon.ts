/** Draws `images/icon.png`, the extension's icon in the marketplace: `tsx tools/draw-icon.ts`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { crc32, deflateSync } from "node:zlib";

const size = 128;
/** Each pixel is the mean of `samples` by `samples` points. */
const samples = 4;
type Colour = readonly [red: number, green: number, blue: number, alpha: number];

const nothing: Colour = [0, 0, 0, 0];
const purple: Colour = [101, 79, 240, 255];
const white: Colour = [255, 255, 255, 255];
const red: Colour = [229, 57, 53, 255];

/** WebAssembly's square with its notch, a triangle to run it, and a breakpoint. Coordinates in pixels. */
function colourAt(x: number, y: number): Colour {
  if (Math.hypot(x - 96, y - 96) < 22) return Math.hypot(x - 96, y - 96) < 17 ? red : white;
  if (x > 42 && Math.abs(y - 72) < ((92 - x) * 34) / 50) return white;
  if (!inRoundedSquare(x, y) || Math.hypot(x - size / 2, y - 6) < 15) return nothing;
  return purple;
}

function inRoundedSquare(x: number, y: number): boolean {
  const margin = 6;
  const radius = 10;
  const beyond = (at: number): number => Math.max(margin + radius - at, at - (size - margin - radius), 0);
  return Math.hypot(beyond(x), beyond(y)) <= radius;
}

function pixel(x: number, y: number): Colour {
  const sum = [0, 0, 0, 0];
  for (let at = 0; at < samples * samples; at++) {
    const [r, g, b, alpha] = colourAt(x + ((at % samples) + 0.5) / samples, y + (Math.floor(at / samples) + 0.5) / samples);
    sum[0]! += r * alpha;
    sum[1]! += g * alpha;
    sum[2]! += b * alpha;
    sum[3]! += alpha;
  }
  const alpha = sum[3]!;
  if (alpha === 0) return nothing;
  return [sum[0]! / alpha, sum[1]! / alpha, sum[2]! / alpha, alpha / samples ** 2];
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

function png(): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6], 8); // eight bits a channel, red green blue alpha
  const rows: number[] = [];
  for (let y = 0; y < size; y++) {
    rows.push(0); // no filter
    for (let x = 0; x < size; x++) rows.push(...pixel(x, y).map(Math.round));
  }
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", deflateSync(Buffer.from(rows))), chunk("IEND", Buffer.alloc(0))]);
}

const folder = new URL("../images/", import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(fileURLToPath(new URL("icon.png", folder)), png());
