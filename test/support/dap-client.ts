import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Readable, Writable } from "node:stream";
import type { DebugProtocol } from "@vscode/debugprotocol";

type Body = Record<string, unknown>;
type Handler = (args: Body) => Body | Promise<Body>;

/** Longer than anything that a test waits for takes on a busy machine. */
const eventLimit = 20_000;

interface Waiter {
  readonly names: readonly string[];
  readonly resolve: (event: DebugProtocol.Event) => void;
  readonly reject: (error: Error) => void;
}

/** An adapter that somebody else has started, and how to talk with it. */
export interface DapConnection {
  readonly process: ChildProcessWithoutNullStreams;
  readonly input: Writable;
  readonly output: Readable;
}

export interface LaunchSetup {
  /** Lines, or whole breakpoints, by path. */
  readonly breakpoints?: Readonly<Record<string, readonly (number | DebugProtocol.SourceBreakpoint)[]>>;
  readonly filters?: readonly string[];
  /** What the client says of itself when it initializes. */
  readonly client?: object;
}

/** A client of the debug adapter over its standard streams, as an editor is one. */
export class DapClient {
  readonly process: ChildProcessWithoutNullStreams;
  /** Answers reverse requests; one that is not here is refused. */
  readonly reverse = new Map<string, Handler>();
  readonly outputs: { category: string; output: string }[] = [];
  readonly #input: Writable;
  readonly #pending = new Map<number, (response: DebugProtocol.Response) => void>();
  readonly #waiters: Waiter[] = [];
  #events: DebugProtocol.Event[] = [];
  #buffer = Buffer.alloc(0);
  #sequence = 1;
  threadId = 1;
  errors = "";

  /** Starts the adapter whose bundle is given, or talks with one that runs. */
  constructor(adapter: string | DapConnection, env: NodeJS.ProcessEnv = process.env) {
    if (typeof adapter === "string") {
      this.process = spawn(process.execPath, [adapter], { stdio: "pipe", env });
      this.#input = this.process.stdin;
      this.process.stdout.on("data", (chunk: Buffer) => this.#feed(chunk));
    } else {
      this.process = adapter.process;
      this.#input = adapter.input;
      adapter.output.on("data", (chunk: Buffer) => this.#feed(chunk));
    }
    this.process.stderr.on("data", (chunk: Buffer) => (this.errors += chunk.toString()));
    // An adapter that ends before it has read everything is told by `close`.
    this.#input.on("error", () => undefined);
    this.process.on("close", () => this.#closed());
  }

  /** Resolves whether the adapter agrees or not. */
  raw(command: string, args: object = {}): Promise<DebugProtocol.Response> {
    const seq = this.#send({ type: "request", command, arguments: args });
    return new Promise((resolve) => this.#pending.set(seq, resolve));
  }

  /** Rejects with the adapter's message where it refuses. */
  async request<T = Body>(command: string, args: object = {}): Promise<T> {
    const response = await this.raw(command, args);
    if (!response.success) throw new Error(response.message);
    return (response.body ?? {}) as T;
  }

  event(...names: string[]): Promise<DebugProtocol.Event> {
    const at = this.#events.findIndex((event) => names.includes(event.event));
    if (at >= 0) return Promise.resolve(this.#events.splice(at, 1)[0]!);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no event ${names.join(" or ")}; adapter wrote: ${this.errors}`)), eventLimit);
      this.#waiters.push({
        names,
        resolve: (event) => {
          clearTimeout(timer);
          resolve(event);
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
    });
  }

  initialize(more: object = {}): Promise<DebugProtocol.Capabilities> {
    return this.request("initialize", { adapterID: "wasm", linesStartAt1: true, columnsStartAt1: true, pathFormat: "path", ...more });
  }

  /** Initializes, launches, sets what is given, and lets the program go. Gives the answers for the breakpoints, by path. */
  async launch(
    args: object,
    { breakpoints = {}, filters = ["trap"], client = {} }: LaunchSetup = {},
  ): Promise<Record<string, DebugProtocol.Breakpoint[]>> {
    await this.initialize(client);
    await this.request("launch", args);
    await this.event("initialized");
    const answers: Record<string, DebugProtocol.Breakpoint[]> = {};
    for (const [path, list] of Object.entries(breakpoints)) answers[path] = await this.setBreakpoints(path, list);
    await this.request("setExceptionBreakpoints", { filters });
    await this.request("configurationDone");
    return answers;
  }

  async setBreakpoints(path: string, list: readonly (number | DebugProtocol.SourceBreakpoint)[]): Promise<DebugProtocol.Breakpoint[]> {
    const asked = list.map((entry) => (typeof entry === "number" ? { line: entry } : entry));
    const { breakpoints } = await this.request<{ breakpoints: DebugProtocol.Breakpoint[] }>("setBreakpoints", {
      source: { path },
      breakpoints: asked,
    });
    return breakpoints;
  }

  /** The next stop; fails where the program ends first. */
  async stopped(): Promise<DebugProtocol.StoppedEvent["body"]> {
    const event = await this.event("stopped", "terminated");
    if (event.event !== "stopped") throw new Error(`the program has ended: ${JSON.stringify(this.outputs)}`);
    const body = (event as DebugProtocol.StoppedEvent).body;
    this.threadId = body.threadId ?? 1;
    return body;
  }

  /** Waits until the session is over and gives the program's exit code. */
  async ended(): Promise<number | undefined> {
    await this.event("terminated");
    const exited = this.#events.find((event) => event.event === "exited") as DebugProtocol.ExitedEvent | undefined;
    return exited?.body.exitCode;
  }

  async stack(levels = 0): Promise<DebugProtocol.StackFrame[]> {
    const { stackFrames } = await this.request<{ stackFrames: DebugProtocol.StackFrame[] }>("stackTrace", {
      threadId: this.threadId,
      levels,
    });
    return stackFrames;
  }

  async top(): Promise<DebugProtocol.StackFrame> {
    const [frame] = await this.stack(1);
    if (!frame) throw new Error("the stack is empty");
    return frame;
  }

  async continue(): Promise<void> {
    await this.request("continue", { threadId: this.threadId });
  }

  /** One step, and where it ended: `line name`, or `end`. */
  async step(how: "next" | "stepIn" | "stepOut", granularity?: string): Promise<string> {
    await this.request(how, { threadId: this.threadId, ...(granularity ? { granularity } : {}) });
    const event = await this.event("stopped", "terminated");
    if (event.event !== "stopped") return "end";
    this.threadId = (event as DebugProtocol.StoppedEvent).body.threadId ?? 1;
    const frame = await this.top();
    return `${frame.line} ${frame.name}`;
  }

  /** Result of an expression in a frame, the innermost one unless another is given. */
  async evaluate(expression: string, frameId?: number): Promise<string> {
    const { result } = await this.request<{ result: string }>("evaluate", {
      expression,
      context: "watch",
      frameId: frameId ?? (await this.top()).id,
    });
    return result;
  }

  /** Variables of a frame by scope and name. */
  async scopes(frameId: number): Promise<Record<string, Record<string, DebugProtocol.Variable>>> {
    const { scopes } = await this.request<{ scopes: DebugProtocol.Scope[] }>("scopes", { frameId });
    const found: Record<string, Record<string, DebugProtocol.Variable>> = {};
    for (const scope of scopes)
      found[scope.name] = Object.fromEntries((await this.children(scope.variablesReference)).map((child) => [child.name, child]));
    return found;
  }

  async children(variablesReference: number, args: object = {}): Promise<DebugProtocol.Variable[]> {
    const { variables } = await this.request<{ variables: DebugProtocol.Variable[] }>("variables", { variablesReference, ...args });
    return variables;
  }

  output(category: string): string {
    return this.outputs
      .filter((output) => output.category === category)
      .map((output) => output.output)
      .join("");
  }

  /** Waits until a category's output matches. */
  async outputMatching(category: string, pattern: RegExp): Promise<string> {
    const limit = Date.now() + eventLimit;
    while (!pattern.test(this.output(category))) {
      if (Date.now() > limit) throw new Error(`no output like ${pattern}: ${JSON.stringify(this.outputs)}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return this.output(category);
  }

  /** Ends the session and waits until the adapter is gone. */
  async close(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const gone = new Promise((resolve) => this.process.once("close", resolve));
    this.#input.end();
    const timer = setTimeout(() => this.process.kill("SIGKILL"), 5000);
    await gone;
    clearTimeout(timer);
  }

  #feed(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const head = this.#buffer.indexOf("\r\n\r\n");
      if (head < 0) return;
      const length = Number(/Content-Length: *(\d+)/i.exec(this.#buffer.toString("latin1", 0, head))?.[1]);
      if (this.#buffer.length < head + 4 + length) return;
      const text = this.#buffer.toString("utf8", head + 4, head + 4 + length);
      this.#buffer = this.#buffer.subarray(head + 4 + length);
      this.#receive(JSON.parse(text) as DebugProtocol.ProtocolMessage);
    }
  }

  #receive(message: DebugProtocol.ProtocolMessage): void {
    if (message.type === "response") {
      const response = message as DebugProtocol.Response;
      this.#pending.get(response.request_seq)?.(response);
      this.#pending.delete(response.request_seq);
    } else if (message.type === "event") this.#notified(message as DebugProtocol.Event);
    else void this.#asked(message as DebugProtocol.Request);
  }

  #notified(event: DebugProtocol.Event): void {
    if (event.event === "output") {
      const { category = "console", output } = (event as DebugProtocol.OutputEvent).body;
      this.outputs.push({ category, output });
    }
    const at = this.#waiters.findIndex((waiter) => waiter.names.includes(event.event));
    if (at >= 0) this.#waiters.splice(at, 1)[0]!.resolve(event);
    else this.#events.push(event);
  }

  async #asked(request: DebugProtocol.Request): Promise<void> {
    const handler = this.reverse.get(request.command);
    const answer = { type: "response", request_seq: request.seq, command: request.command };
    if (handler) this.#send({ ...answer, success: true, body: await handler(request.arguments as Body) });
    else this.#send({ ...answer, success: false, message: "not supported by this client" });
  }

  #closed(): void {
    for (const waiter of this.#waiters.splice(0)) waiter.reject(new Error(`the adapter has ended: ${this.errors}`));
    for (const [seq, settle] of this.#pending)
      settle({ type: "response", seq: 0, request_seq: seq, command: "", success: false, message: "the adapter has ended" });
    this.#pending.clear();
  }

  #send(message: object): number {
    const seq = this.#sequence++;
    const text = JSON.stringify({ seq, ...message });
    this.#input.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
    return seq;
  }
}

/** 1-based line of the comment `//@name` in a source. */
export function markedLine(path: string, name: string): number {
  const at = readFileSync(path, "utf8")
    .split("\n")
    .findIndex((line) => new RegExp(`(//|;;)@${name}\\b`).test(line));
  if (at < 0) throw new Error(`${path} has no mark ${name}`);
  return at + 1;
}
