// WAT at the server's standard streams: from opening a file and from a keystroke to the diagnostics. `node test/bench/wat.bench.mjs`
import { spawn } from "node:child_process";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import { input, percentile, report } from "./support/debug-session.mjs";
import { inputs } from "./support/wat-inputs.mjs";

class Server {
  constructor() {
    this.process = spawn(process.execPath, [input("dist/server.cjs"), "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
    this.connection = createMessageConnection(new StreamMessageReader(this.process.stdout), new StreamMessageWriter(this.process.stdin));
    this.connection.listen();
    this.ready = this.connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: null,
      capabilities: { textDocument: { diagnostic: {} } },
    });
    this.version = 1;
  }

  async open(uri, text) {
    await this.connection.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId: "wat", version: 1, text } });
    return this.diagnostics(uri);
  }

  async type(uri, position, removed, text) {
    const range = { start: position, end: { line: position.line, character: position.character + removed } };
    this.version++;
    await this.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: this.version },
      contentChanges: [{ range, text }],
    });
    return this.diagnostics(uri);
  }

  async diagnostics(uri) {
    return (await this.connection.sendRequest("textDocument/diagnostic", { textDocument: { uri } })).items;
  }

  async end() {
    const gone = new Promise((resolve) => this.process.once("exit", resolve));
    await this.connection.sendRequest("shutdown");
    await this.connection.sendNotification("exit");
    await gone;
    this.connection.dispose();
  }
}

async function timed(action) {
  const begin = performance.now();
  const result = await action();
  return { time: performance.now() - begin, result };
}

/** Place behind the digits of the constant that comes first behind the middle of a text. */
function digits(text) {
  const constant = /i32\.const \d/g;
  constant.lastIndex = text.length >> 1;
  const at = constant.exec(text).index + "i32.const ".length;
  const before = text.slice(0, at).split("\n");
  return { line: before.length - 1, character: before.at(-1).length };
}

function mustBe(expected, items, what) {
  if (expected === items.length > 0) return;
  throw new Error(`${what}: ${items.length} diagnostics, ${items[0]?.message ?? "none"}`);
}

/** Opens a text in a fresh process, then types and removes a character again and again. */
async function measure(name, limits) {
  const text = inputs[name];
  const uri = "file:///bench.wat";
  const server = new Server();
  await server.ready;
  const opened = await timed(() => server.open(uri, text));
  mustBe(false, opened.result, `open ${name}`);
  report("open", name, opened.time, "ms", limits.open);
  const place = digits(text);
  for (const [typed, kind] of [
    ["1", "digit"],
    ["(", "parenthesis"],
  ]) {
    const times = [];
    const rounds = limits.rounds ?? 30;
    for (let round = 0; round < rounds; round++) {
      const { time, result } = await timed(() => server.type(uri, place, 0, typed));
      mustBe(kind === "parenthesis", result, `${kind} in ${name}`);
      if (result.length > 3) throw new Error(`${kind} in ${name}: ${result.length} diagnostics`);
      times.push(time);
      mustBe(false, await server.type(uri, place, 1, ""), `${kind} removed in ${name}`);
    }
    report(`${kind} typed, median`, name, percentile(times, 0.5), "ms", limits[kind]);
    report(`${kind} typed, P95`, name, percentile(times, 0.95), "ms", limits[`${kind}95`]);
  }
  await server.end();
}

await measure("1.2 MB", { digit: 6, parenthesis: 10 });
await measure("3 MB", { digit: 12 });
await measure("12 MB", { open: 600, digit: 15, digit95: 30, parenthesis: 30 });
await measure("a real program", {});
await measure("2 M instructions in one function", { digit: 400, rounds: 5 });
