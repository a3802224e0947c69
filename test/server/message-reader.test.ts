import { PassThrough } from "node:stream";
import * as fc from "fast-check";
import { StreamMessageWriter, type Message } from "vscode-languageserver/node";
import { expect, test } from "vitest";
import { WholeMessageReader } from "../../server/src/message-reader.ts";

/** The bytes that the library makes of messages. */
async function bytesOf(messages: readonly Message[]): Promise<Buffer> {
  const pipe = new PassThrough({ highWaterMark: 2 ** 30 });
  const writer = new StreamMessageWriter(pipe);
  for (const message of messages) await writer.write(message);
  return (pipe.read() as Buffer | null) ?? Buffer.alloc(0);
}

function reading(): { readonly input: PassThrough; readonly read: unknown[]; readonly errors: string[] } {
  const input = new PassThrough();
  const reader = new WholeMessageReader(input);
  const read: unknown[] = [];
  const errors: string[] = [];
  reader.onError(({ message }) => errors.push(message));
  reader.listen((message) => read.push(message));
  return { input, read, errors };
}

/** Lets bytes arrive in parts of some lengths; what is left comes as one. */
function arrive(input: PassThrough, bytes: Buffer, lengths: readonly number[]): void {
  let start = 0;
  for (const length of [...lengths, bytes.length]) {
    const part = bytes.subarray(start, start + length);
    if (part.length > 0) input.emit("data", part);
    start += length;
  }
}

test("messages are read wherever the bytes are cut", async () => {
  const text = fc.string({ unit: fc.constantFrom("a", "ü", "𝒳", "\r\n", "\n\n", "Content-Length: 3") });
  const cuts = fc.array(fc.nat(300), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(fc.array(text, { maxLength: 6 }), cuts, async (methods, lengths) => {
      const messages = methods.map((method) => ({ jsonrpc: "2.0", method }));
      const bytes = await bytesOf(messages);
      const { input, read, errors } = reading();
      arrive(input, bytes, lengths);
      expect({ read, errors }).toEqual({ read: messages, errors: [] });
    }),
  );
});

test("large messages are read wherever the bytes are cut, between small ones", async () => {
  const size = fc.integer({ min: 60_000, max: 200_000 });
  const cuts = fc.array(fc.integer({ min: 1, max: 70_000 }), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(fc.array(size, { minLength: 1, maxLength: 3 }), cuts, async (sizes, lengths) => {
      const methods = sizes.flatMap((length) => ["ü".repeat(length >> 1), "small"]);
      const messages = methods.map((method) => ({ jsonrpc: "2.0", method }));
      const bytes = await bytesOf(messages);
      const { input, read, errors } = reading();
      arrive(input, bytes, lengths);
      expect(errors).toEqual([]);
      expect(read.map((message) => (message as { method: string }).method)).toEqual(methods);
    }),
    { numRuns: 40 },
  );
});

test("a length that no text can have is told, and the next message is read", () => {
  const { input, read, errors } = reading();
  input.emit("data", Buffer.from('Content-Length: 99999999999\r\n\r\nContent-Length: 8\r\n\r\n{"id":1}'));
  expect({ read, errors }).toEqual({ read: [{ id: 1 }], errors: ["a message of 99999999999 bytes is longer than a text can be"] });
});

test("heads may be written in any case, with a content type", () => {
  const { input, read } = reading();
  input.emit("data", Buffer.from('content-type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length:  9 \r\n\r\n{"id": 1}'));
  expect(read).toEqual([{ id: 1 }]);
});

test("what is no message is told, and the next one is read", () => {
  const { input, read, errors } = reading();
  const good = 'Content-Length: 8\r\n\r\n{"id":1}';
  input.emit("data", Buffer.from(`Content-Length: 3\r\n\r\n{x}${good}Length: 7\r\n\r\n${good}`));
  input.emit("data", Buffer.alloc(5000, "x"));
  input.emit("data", Buffer.from(good));
  expect(read).toEqual([{ id: 1 }, { id: 1 }, { id: 1 }]);
  expect(errors).toHaveLength(3);
  input.emit("data", Buffer.from("x\r\n\r\n".repeat(100_000) + good));
  expect({ read: read.length, errors: errors.length }).toEqual({ read: 4, errors: 100_003 });
  expect(errors[1]).toBe("a message has no Content-Length");
});
