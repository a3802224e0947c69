/**
 * Writes the messages of the base protocol: a header line with the length of the body in bytes, an empty line, the body as JSON.
 * Source: Language Server Protocol 3.17, "Base Protocol".
 */
import { AbstractMessageWriter, type Message, type MessageWriter } from "vscode-languageserver/node";

/**
 * In place of the library's, which waits for a turn of the event loop before each message, and writes head and body apart, so that the
 * client wakes twice: with small documents that takes longer than to read and check them.
 */
export class WholeMessageWriter extends AbstractMessageWriter implements MessageWriter {
  readonly #out: NodeJS.WritableStream;
  #failures = 0;

  constructor(out: NodeJS.WritableStream) {
    super();
    this.#out = out;
    out.on("error", (error: Error) => this.fireError(error));
    out.on("close", () => this.fireClose());
  }

  /** Resolves once the stream has taken the message; rejects where it has not. */
  write(message: Message): Promise<void> {
    return new Promise((resolve, reject) => {
      const body = JSON.stringify(message);
      this.#out.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`, (error) => {
        if (!error) return resolve();
        this.#failures++;
        this.fireError(error, message, this.#failures);
        reject(error);
      });
    });
  }

  end(): void {
    this.#out.end();
  }
}
