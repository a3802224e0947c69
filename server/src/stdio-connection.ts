/** The conversation over standard streams. */
import { Console } from "node:console";
import { createConnection, ProposedFeatures, RAL } from "vscode-languageserver/node";
import { type Connection, type DataCallback, type Disposable, Message } from "vscode-languageserver/node";
import { MessagePace } from "./message-pace.ts";
import { WholeMessageReader } from "./message-reader.ts";
import { WholeMessageWriter } from "./message-writer.ts";

export function stdioConnection(): Connection {
  // What some library prints must not get between the messages.
  globalThis.console = new Console(process.stderr);
  const pace = new MessagePace();
  handleAtPace(pace);
  const reader = new ClientMessages(process.stdin, pace);
  // A client that is gone takes its server along.
  for (const end of ["end", "close"]) process.stdin.on(end, () => process.exit(reader.hasShutDown ? 0 : 1));
  return createConnection(ProposedFeatures.all, reader, new ServerMessages(process.stdout, pace));
}

/** Has the library, which waits for a turn of the event loop before each message that it takes from its queue, follow a pace instead. */
function handleAtPace(pace: MessagePace): void {
  const library = RAL();
  const setImmediate: RAL["timer"]["setImmediate"] = (callback, ...values: unknown[]) => pace.soon(() => callback(...values));
  RAL.install({ ...library, timer: { ...library.timer, setImmediate } });
}

/** Its input may end before the client's last words have been heeded. */
class ClientMessages extends WholeMessageReader {
  readonly #pace: MessagePace;
  hasShutDown = false;

  constructor(input: NodeJS.ReadableStream, pace: MessagePace) {
    super(input);
    this.#pace = pace;
  }

  override listen(callback: DataCallback): Disposable {
    return super.listen((message) => {
      this.#pace.heard();
      this.hasShutDown ||= Message.isRequest(message) && message.method === "shutdown";
      callback(message);
    });
  }
}

class ServerMessages extends WholeMessageWriter {
  readonly #pace: MessagePace;

  constructor(out: NodeJS.WritableStream, pace: MessagePace) {
    super(out);
    this.#pace = pace;
  }

  override write(message: Message): Promise<void> {
    const written = super.write(message);
    this.#pace.sent();
    return written;
  }
}
