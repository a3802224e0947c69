/** Runs a Go program under V8's inspector, with just what the tests of the pure cores need: breakpoints by offset, and memory at a stop. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { setTimeout } from "node:timers/promises";
import type { EnginePlace } from "#core/go/runtime/innermost-frame.ts";
import type { MemoryPiece, MemoryTask } from "#core/go/runtime/memory-task.ts";
import { moduleOffset, type ModuleOffset } from "#core/wasm/offsets.ts";

interface CallFrame {
  readonly callFrameId: string;
  readonly functionName: string;
  readonly location: { readonly scriptId: string; readonly columnNumber: number };
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly error?: unknown;
  readonly result?: Record<string, unknown>;
  readonly params?: Record<string, unknown>;
}

/** Invariant: `frames` is of the last stop; empty while the program runs. */
export class Debuggee {
  /** What the program has written to standard error, where `println` goes. */
  printed = "";
  frames: readonly CallFrame[] = [];
  readonly #child: ChildProcess;
  readonly #pipe: Duplex;
  readonly #answers = new Map<number, (message: Message) => void>();
  readonly #ended: Promise<unknown>;
  #id = 0;
  #script = "";
  #paused: (() => void) | undefined;
  #resumed: (() => void) | undefined;

  constructor(file: string, wasmExec: string | undefined, calls: readonly (readonly unknown[])[] = [], hits = "") {
    const args = [
      "--no-warnings",
      "--stack-size=8192",
      join(import.meta.dirname, "go-toolchain/debuggee.mjs"),
      file,
      ...(wasmExec ? [wasmExec] : []),
    ];
    const env = { ...process.env, CALLS: JSON.stringify(calls), HITS: hits };
    this.#child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe", "pipe"], env });
    this.#child.stderr?.on("data", (data: Buffer) => (this.printed += data.toString()));
    this.#ended = once(this.#child, "close");
    this.#pipe = this.#child.stdio[3] as Duplex;
    this.#pipe.on("error", () => undefined);
    let rest = "";
    this.#pipe.on("data", (data: Buffer) => {
      const lines = (rest + data.toString()).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) this.#receive(JSON.parse(line) as Message);
    });
  }

  /** Runs until the module is compiled and nothing of it has run. */
  async start(): Promise<void> {
    const paused = this.#nextPause();
    await this.#send("Debugger.enable");
    await paused;
  }

  async setBreakpoint(offset: number): Promise<void> {
    await this.#send("Debugger.setBreakpoint", { location: { scriptId: this.#script, lineNumber: 0, columnNumber: offset } });
  }

  /** Counts how often an instruction runs, without a stop; the program leaves the numbers, by offset, in the file `hits` when it ends. */
  async count(offset: number): Promise<void> {
    const condition = `((globalThis.hits ??= {})[${offset}] = (globalThis.hits[${offset}] ?? 0) + 1, false)`;
    await this.#send("Debugger.setBreakpoint", { location: { scriptId: this.#script, lineNumber: 0, columnNumber: offset }, condition });
  }

  /** Runs on; false where the program has ended. */
  async resume(): Promise<boolean> {
    this.frames = [];
    const paused = this.#nextPause();
    void this.#send("Debugger.resume");
    return Promise.race([paused.then(() => true), this.#ended.then(() => false)]);
  }

  /** Stops the running program `delay` milliseconds from now; false where it ended first. */
  async pauseAfter(delay: number): Promise<boolean> {
    const running = new Promise<void>((resolve) => (this.#resumed = resolve));
    const stopped = this.resume();
    // V8 forgets a pause that arrives before the program runs again.
    await Promise.race([running.then(async () => setTimeout(delay)), stopped]);
    if (this.frames.length === 0) void this.#send("Debugger.pause");
    return stopped;
  }

  /** Offset at which the innermost frame stands. */
  get offset(): number {
    return this.frames[0]!.location.columnNumber;
  }

  /** Where the frames of the Go module are, innermost first. */
  get offsets(): readonly ModuleOffset[] {
    return this.#wasmFrames.map(({ location }) => moduleOffset(location.columnNumber));
  }

  get #wasmFrames(): readonly CallFrame[] {
    return this.frames.filter(({ location }) => location.scriptId === this.#script);
  }

  /** The Go module's innermost frames, and its globals 0 (stack pointer) and 2 (goroutine). */
  async state(): Promise<{ readonly places: readonly EnginePlace[]; readonly stackPointer: number; readonly goroutine: number }> {
    const places: EnginePlace[] = [];
    const wasm = this.#wasmFrames;
    // Locals of helpers and wrappers are something else, but then nobody asks for them.
    for (const frame of wasm.slice(0, 3)) {
      const local = await this.#evaluate("typeof locals[0]?.value === 'number' ? locals[0].value : -1", frame);
      places.push({ offset: moduleOffset(frame.location.columnNumber), firstLocal: local === -1 ? undefined : (local as number) });
    }
    const [stackPointer, goroutine] = (await this.#evaluate("[Number(globals[0].value), Number(globals[2].value)]", wasm[0]!)) as [
      number,
      number,
    ];
    return { places, stackPointer, goroutine };
  }

  /** A number in a local of one of the engine's frames, and where that frame stands; 0 is the innermost. `undefined` where there is none. */
  async local(index: number, depth: number): Promise<{ readonly value: number; readonly offset: number } | undefined> {
    const frame = this.frames.filter(({ location }) => location.scriptId === this.#script)[depth];
    const value = frame && (await this.#evaluate(`typeof locals[${index}]?.value === 'number' ? locals[${index}].value : -1`, frame));
    return frame && value !== -1 ? { value: value as number, offset: frame.location.columnNumber } : undefined;
  }

  /** Runs a task of the core on the memory of the stopped program. */
  async run<Result>(task: MemoryTask<Result>): Promise<Result> {
    let step = task.next();
    while (!step.done) step = task.next(await this.#readMemory(step.value));
    return step.value;
  }

  async end(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#ended;
  }

  /** Nothing is to be looked at any more: runs to the end. */
  async finish(): Promise<void> {
    while (await this.resume());
  }

  /** All that the program prints, when it has ended. */
  async wholeOutput(): Promise<string> {
    await this.#ended;
    return this.printed;
  }

  async #readMemory(pieces: readonly MemoryPiece[]): Promise<Uint8Array[]> {
    const wanted = JSON.stringify(pieces.map(({ address, length }) => [address, length]));
    const frame = this.frames.find((frame) => frame.location.scriptId === this.#script)!;
    const text = `${wanted}.map(([a, n]) => Buffer.from(new Uint8Array(memories[0].buffer).slice(a, a + n)).toString("base64"))`;
    return ((await this.#evaluate(text, frame)) as string[]).map((piece) => new Uint8Array(Buffer.from(piece, "base64")));
  }

  async #evaluate(expression: string, { callFrameId }: CallFrame): Promise<unknown> {
    const answer = await this.#send("Debugger.evaluateOnCallFrame", { callFrameId, expression, returnByValue: true, silent: true });
    if (answer["exceptionDetails"]) throw new Error(`${expression}: ${JSON.stringify(answer["exceptionDetails"])}`);
    return (answer["result"] as { readonly value: unknown }).value;
  }

  async #nextPause(): Promise<void> {
    return new Promise((resolve) => (this.#paused = resolve));
  }

  async #send(method: string, params: unknown = {}): Promise<Record<string, unknown>> {
    const id = ++this.#id;
    const answer = new Promise<Message>((resolve) => this.#answers.set(id, resolve));
    this.#pipe.write(`${JSON.stringify({ id, method, params })}\n`);
    const { error, result } = await answer;
    if (error) throw new Error(`${method}: ${JSON.stringify(error)}`);
    return result ?? {};
  }

  #receive(message: Message): void {
    if (message.id !== undefined) {
      this.#answers.get(message.id)?.(message);
      this.#answers.delete(message.id);
    } else if (message.method === "Debugger.scriptParsed") {
      this.#script ||= message.params?.["scriptId"] as string;
    } else if (message.method === "Debugger.resumed") {
      this.#resumed?.();
    } else if (message.method === "Debugger.paused") {
      this.frames = message.params?.["callFrames"] as CallFrame[];
      this.#paused?.();
    }
  }
}
