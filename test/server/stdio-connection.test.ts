import { PassThrough } from "node:stream";
import { StreamMessageReader, StreamMessageWriter, type Message } from "vscode-languageserver/node";
import { expect, test } from "vitest";
import { WholeMessages } from "../../server/src/stdio-connection.ts";

/** Has the library write messages, and gives what arrives: the parts as they were written, and the messages that they mean. */
async function written(messages: readonly Message[]): Promise<{ readonly parts: readonly string[]; readonly read: readonly Message[] }> {
  const pipe = new PassThrough();
  const parts: string[] = [];
  const read: Message[] = [];
  pipe.on("data", (part: Buffer) => parts.push(part.toString()));
  new StreamMessageReader(pipe).listen((message) => read.push(message));
  const writer = new StreamMessageWriter(new WholeMessages(pipe));
  await Promise.all(messages.map((message) => writer.write(message)));
  await expect.poll(() => read.length).toBe(messages.length);
  return { parts, read };
}

test("a message is written at once", async () => {
  const messages = ["a", "ü €", "x".repeat(100_000)].map((method) => ({ jsonrpc: "2.0", method }));
  const { parts, read } = await written(messages);
  expect(read).toEqual(messages);
  expect(parts.map((part) => part.slice(0, 15))).toEqual(messages.map(() => "Content-Length:"));
});

test("an output that fails ends the stream", async () => {
  const pipe = new PassThrough();
  const stream = new WholeMessages(pipe);
  const failed = new Promise<Error>((resolve) => stream.once("error", resolve));
  pipe.destroy(new Error("EPIPE"));
  expect((await failed).message).toBe("EPIPE");
  expect(stream.destroyed).toBe(true);
});
