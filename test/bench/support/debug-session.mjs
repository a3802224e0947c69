// What the benches of the debug adapter share: a session over standard streams, and figures as JSON lines.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const eventLimit = 20_000;

/** The path of an input below the repository's root. Throws where it is missing: a bench without its input has no figure. */
export function input(name) {
  const path = root + name;
  if (!existsSync(path)) throw new Error(`the input ${name} of this bench is missing`);
  return path;
}

/** 1-based line of the comment `//@name` in a source. */
export function markedLine(path, name) {
  return lineOf(path, `//@${name}`);
}

/** 1-based number of the first line of a source that has this text. Throws where none has. */
export function lineOf(path, text) {
  const at = readFileSync(path, "utf8")
    .split("\n")
    .findIndex((line) => line.includes(text));
  if (at < 0) throw new Error(`${path} has no line with ${text}`);
  return at + 1;
}

function ownAdapter() {
  const started = spawn(process.execPath, [input("dist/debug-adapter.cjs")], { stdio: ["pipe", "pipe", "inherit"] });
  return { process: started, input: started.stdin, output: started.stdout };
}

export class DebugSession {
  #pending = new Map();
  #waiting = [];
  #events = [];
  #buffer = Buffer.alloc(0);
  #sequence = 1;
  #input;

  /**
   * Our adapter, unless another is given.
   * @param {{ process: import("node:child_process").ChildProcess, input: import("node:stream").Writable, output: import("node:stream").Readable }} [connection]
   */
  constructor(connection = ownAdapter()) {
    this.process = connection.process;
    this.#input = connection.input;
    connection.output.on("data", (chunk) => this.#feed(chunk));
  }

  async request(command, args = {}) {
    const seq = this.#sequence++;
    const text = JSON.stringify({ seq, type: "request", command, arguments: args });
    this.#input.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
    const response = await new Promise((resolve) => this.#pending.set(seq, resolve));
    if (!response.success) throw new Error(`${command}: ${response.message}`);
    return response.body ?? {};
  }

  event(name) {
    const at = this.#events.findIndex((event) => event.event === name);
    if (at >= 0) return Promise.resolve(this.#events.splice(at, 1)[0]);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no event ${name} within ${eventLimit} ms`)), eventLimit);
      this.#waiting.push({
        name,
        resolve: (event) => {
          clearTimeout(timer);
          resolve(event);
        },
      });
    });
  }

  /** From `launch` to the first stop at a line. */
  async stopAt(launch, path, line) {
    await this.request("initialize", { adapterID: "wasm", linesStartAt1: true, columnsStartAt1: true, pathFormat: "path" });
    const launched = this.request("launch", launch);
    await Promise.all([launched, this.event("initialized")]);
    const { breakpoints } = await this.request("setBreakpoints", { source: { path }, breakpoints: [{ line }] });
    if (!breakpoints[0].verified) throw new Error(`the breakpoint in ${path}:${line} was refused: ${breakpoints[0].message}`);
    await this.request("setExceptionBreakpoints", { filters: ["trap"] });
    await this.request("configurationDone");
    await this.event("stopped");
  }

  async end() {
    const gone = new Promise((resolve) => this.process.once("close", resolve));
    await this.request("disconnect");
    this.#input.end();
    await gone;
  }

  #feed(chunk) {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const head = this.#buffer.indexOf("\r\n\r\n");
      if (head < 0) return;
      const length = Number(/Content-Length: *(\d+)/i.exec(this.#buffer.toString("latin1", 0, head))[1]);
      if (this.#buffer.length < head + 4 + length) return;
      this.#receive(JSON.parse(this.#buffer.toString("utf8", head + 4, head + 4 + length)));
      this.#buffer = this.#buffer.subarray(head + 4 + length);
    }
  }

  #receive(message) {
    if (message.type === "response") {
      this.#pending.get(message.request_seq)?.(message);
      this.#pending.delete(message.request_seq);
      return;
    }
    const at = this.#waiting.findIndex((waiter) => waiter.name === message.event);
    if (at >= 0) this.#waiting.splice(at, 1)[0].resolve(message);
    else this.#events.push(message);
  }
}

/** What Linux has counted of a process's memory at most. */
export function peakMegabytes(pid) {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}

/** The value below which `share` of the values are. */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** Prints one figure; one beyond its limit fails the bench. */
export function report(name, inputName, value, unit, limit) {
  console.log(JSON.stringify({ name, input: inputName, value: Number(value.toFixed(Math.abs(value) < 0.1 ? 4 : 2)), unit, limit }));
  if (limit !== undefined && value > limit) process.exitCode = 1;
}
