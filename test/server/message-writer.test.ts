import { PassThrough } from "node:stream";
import { StreamMessageReader, type Message } from "vscode-languageserver/node";
import { expect, test } from "vitest";
import { WholeMessageWriter } from "../../server/src/message-writer.ts";

/** Writes messages, and gives what arrives: the parts as they were written, and the messages that they mean to the library. */
async function written(messages: readonly Message[]): Promise<{ readonly parts: readonly string[]; readonly read: readonly Message[] }> {
  const pipe = new PassThrough();
  const parts: string[] = [];
  const read: Message[] = [];
  pipe.on("data", (part: Buffer) => parts.push(part.toString()));
  new StreamMessageReader(pipe).listen((message) => read.push(message));
  const writer = new WholeMessageWriter(pipe);
  await Promise.all(messages.map((message) => writer.write(message)));
  await expect.poll(() => read.length).toBe(messages.length);
  return { parts, read };
}

test("a message is written at once, as bytes", async () => {
  const messages = ["a", "ü €", "x".repeat(100_000)].map((method) => ({ jsonrpc: "2.0", method }));
  const { parts, read } = await written(messages);
  expect(read).toEqual(messages);
  expect(parts.map((part) => part.slice(0, 15))).toEqual(messages.map(() => "Content-Length:"));
});

test("who writes hears of an output that fails, and so does who listens", async () => {
  const pipe = new PassThrough();
  const writer = new WholeMessageWriter(pipe);
  const told: [string, number | undefined][] = [];
  let isClosed = false;
  writer.onError(([error, , count]) => told.push([error.message, count]));
  writer.onClose(() => (isClosed = true));
  pipe.destroy(new Error("EPIPE"));
  await expect(writer.write({ jsonrpc: "2.0" })).rejects.toThrow();
  await expect.poll(() => isClosed).toBe(true);
  expect(told).toContainEqual(["EPIPE", undefined]);
  expect(told.at(-1)![1]).toBe(1);
});
