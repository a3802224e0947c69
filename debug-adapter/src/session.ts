import type { Writable } from "node:stream";
import { DebugSession, Event, type Response } from "@vscode/debugadapter";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { printableText } from "#core/text/printable.ts";
import { GoneError, StaleError } from "./engine/engine.ts";
import { ExpressionError } from "./expressions/expression-error.ts";
import { requests } from "./requests/index.ts";
import { type ErrorDialog, RequestError, type SessionState } from "./requests/request.ts";
import { checkedArguments } from "./requests/request-arguments.ts";
import { isCall, RequestOrder } from "./requests/request-order.ts";
import { newSessionState } from "./requests/session-state.ts";

/** Bytes that may wait for the client. */
const mostUnread = 1_000_000;

/** How long a client may take to start a terminal. */
const terminalLimit = 30_000;

/** Speaks the Debug Adapter Protocol: dispatches requests, sends events, and ends what it started. */
export class DebugAdapter extends DebugSession {
  readonly #state: SessionState;
  readonly #order = new RequestOrder();
  #output: Writable | undefined;

  constructor() {
    super();
    // The base class quits the process at a message that is no JSON; a client's mistake is no reason to lose its program.
    this.removeAllListeners("error");
    this.removeAllListeners("close");
    this.on("error", () => undefined);
    this.#state = newSessionState({
      send: (event, body) => this.sendEvent(body === undefined ? new Event(event) : new Event(event, body)),
      taken: () => this.#taken(),
      runInTerminal: (args) => this.#runInTerminal(args),
    });
  }

  override start(input: NodeJS.ReadableStream, output: Writable): void {
    this.#output = output;
    super.start(input, output);
  }

  /** A client that reads more slowly than a program logs would have us keep what it has not read. */
  #taken(): Promise<void> {
    const output = this.#output;
    if (!output || !output.writable || output.writableLength < mostUnread) return Promise.resolve();
    const events = ["drain", "close", "error"];
    return new Promise((resolve) => {
      const done = (): void => {
        for (const event of events) output.removeListener(event, done);
        resolve();
      };
      for (const event of events) output.on(event, done);
    });
  }

  /** Ends the program, where one runs. May be called more than once. */
  async end(): Promise<void> {
    this.#state.launch?.abort.abort();
    await this.#state.launch?.engine?.end();
  }

  protected override dispatchRequest(request: DebugProtocol.Request): void {
    void this.#answer(request);
  }

  async #answer(request: DebugProtocol.Request): Promise<void> {
    const response = {
      seq: 0,
      type: "response",
      request_seq: request.seq,
      command: request.command,
      success: true,
    } as DebugProtocol.Response;
    const handler = requests.get(request.command);
    try {
      if (!handler) throw new RequestError(`the request "${request.command}" is not supported`);
      const args = checkedArguments(request.command, request.arguments);
      const handle = (): ReturnType<typeof handler.handle> => handler.handle(this.#state, args as never);
      const { body, afterwards } = await this.#order.run(request.command, handle, isCall(request.command, args));
      if (body !== undefined) response.body = body;
      this.sendResponse(response as Response);
      afterwards?.();
    } catch (error) {
      this.#refuse(response, error);
    }
  }

  #refuse(response: DebugProtocol.Response, error: unknown): void {
    const expected =
      error instanceof RequestError || error instanceof ExpressionError || error instanceof StaleError || error instanceof GoneError;
    const message = printableText(error instanceof Error ? error.message : String(error));
    const { showUser = false, dialog } = error instanceof RequestError ? error : {};
    response.success = false;
    response.message = message;
    response.body = {
      error: { id: expected ? 1 : 2, format: dialog ? printableText(dialog.text) : message, showUser, ...(dialog ? helpOf(dialog) : {}) },
    };
    this.sendResponse(response as Response);
  }

  #runInTerminal(args: DebugProtocol.RunInTerminalRequestArguments): Promise<void> {
    return new Promise((resolve, reject) => {
      this.runInTerminalRequest(args, terminalLimit, (response) => {
        if (response.success) resolve();
        else reject(new Error(`the client did not start a terminal: ${response.message ?? "no reason given"}`));
      });
    });
  }
}

function helpOf({ command, label }: ErrorDialog): { readonly url: string; readonly urlLabel: string } {
  return { url: `command:${command}`, urlLabel: label };
}
