import { expect, test } from "vitest";
import { LineSplitter } from "../../../debug-adapter/src/debuggee/line-splitter.ts";

test.each([1, 2, 3, 7, 100])("lines and raw bytes come out whole from chunks of %i bytes", (size) => {
  const bytes = Buffer.concat([Buffer.from("ä€𝄞\n\n5\n"), Buffer.from([10, 0, 255, 10, 1]), Buffer.from("last\nrest")]);
  const lines: string[] = [];
  let raw: Uint8Array | undefined;
  const splitter: LineSplitter = new LineSplitter((line) => {
    lines.push(line);
    if (line === "5") splitter.takeRaw(5, (taken) => (raw = taken));
  });
  for (let at = 0; at < bytes.length; at += size) splitter.push(Buffer.from(bytes.subarray(at, at + size)));
  expect(lines).toEqual(["ä€𝄞", "", "5", "last"]);
  expect([...raw!]).toEqual([10, 0, 255, 10, 1]);
});
