/** A binary module without its custom section `name`. Section sizes are read as LEB128. */
export function withoutNameSection(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [bytes.subarray(0, 8)];
  for (let at = 8; at < bytes.length;) {
    const start = at;
    const id = bytes[at++]!;
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!;
      size += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    const isName = id === 0 && bytes[at] === 4 && Buffer.from(bytes.subarray(at + 1, at + 5)).toString() === "name";
    at += size;
    if (!isName) parts.push(bytes.subarray(start, at));
  }
  return Buffer.concat(parts);
}
