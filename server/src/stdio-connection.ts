/** The conversation over standard streams. */
import { Console } from "node:console";
import { Writable } from "node:stream";
import { createConnection, ProposedFeatures, StreamMessageWriter } from "vscode-languageserver/node";
import { type Connection, type DataCallback, type Disposable, Message } from "vscode-languageserver/node";
import { WholeMessageReader } from "./message-reader.ts";

export function stdioConnection(): Connection {
  // What some library prints must not get between the messages.
  globalThis.console = new Console(process.stderr);
  const reader = new ClientMessages(process.stdin);
  // A client that is gone takes its server along.
  for (const end of ["end", "close"]) process.stdin.on(end, () => process.exit(reader.hasShutDown ? 0 : 1));
  return createConnection(ProposedFeatures.all, reader, new StreamMessageWriter(new WholeMessages(process.stdout)));
}

/** Its input may end before the client's last words have been heeded. */
class ClientMessages extends WholeMessageReader {
  hasShutDown = false;

  override listen(callback: DataCallback): Disposable {
    return super.listen((message) => {
      this.hasShutDown ||= Message.isRequest(message) && message.method === "shutdown";
      callback(message);
    });
  }
}

/**
 * Writes each message at once. The library writes the head of a message, a string, and then its body, bytes, which wakes the client twice:
 * with small documents that takes longer than to read and check them.
 */
export class WholeMessages extends Writable {
  readonly #out: NodeJS.WritableStream;
  #head = Buffer.alloc(0);

  constructor(out: NodeJS.WritableStream) {
    super({ decodeStrings: false });
    this.#out = out;
    out.on("error", (error: Error) => this.destroy(error));
    out.on("close", () => this.destroy());
  }

  override _write(part: string | Uint8Array, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (typeof part === "string") {
      this.#head = Buffer.from(part, encoding);
      done();
      return;
    }
    const message = Buffer.concat([this.#head, part]);
    this.#head = Buffer.alloc(0);
    this.#out.write(message, done);
  }
}
