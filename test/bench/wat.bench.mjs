// WAT at the server's standard streams: from opening a file and from a keystroke to the diagnostics; wat_server beside it, where cargo can
// build it. `node test/bench/wat.bench.mjs`
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { tsImport } from "tsx/esm/api";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import { percentile, report } from "./support/debug-session.mjs";
import { languageServer as ours } from "./support/language-server.mjs";
import { watRival } from "../../tools/wat-rival.mjs";
import { inputs, nested } from "./support/wat-inputs.mjs";

class Server {
  /** `command`: the program with its arguments. */
  constructor([program, ...args]) {
    this.process = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
    this.connection = createMessageConnection(new StreamMessageReader(this.process.stdout), new StreamMessageWriter(this.process.stdin));
    this.connection.listen();
    this.ready = this.connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: null,
      capabilities: { textDocument: { diagnostic: {}, foldingRange: {} } },
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

  async close(uri) {
    await this.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
  }

  async folds(uri) {
    return await this.connection.sendRequest("textDocument/foldingRange", { textDocument: { uri } });
  }

  async diagnostics(uri) {
    return (await this.connection.sendRequest("textDocument/diagnostic", { textDocument: { uri } })).items;
  }

  /** Memory in MB, now and at most; `undefined` where the system does not tell. */
  memory() {
    if (process.platform !== "linux") return undefined;
    const status = readFileSync(`/proc/${this.process.pid}/status`, "utf8");
    const megabytes = (key) => Number(new RegExp(`${key}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
    return { now: megabytes("VmRSS"), peak: megabytes("VmHWM") };
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
  // Advice about what is right does not count.
  const errors = items.filter(({ severity }) => severity === 1);
  if (expected === errors.length > 0) return;
  throw new Error(`${what}: ${errors.length} diagnostics, ${errors[0]?.message ?? "none"}`);
}

/** What is typed. */
const characters = { digit: "1", parenthesis: "(" };

/**
 * Opens a text in a fresh process, then types and removes a character again and again, and opens the text once more. Figures by name. The
 * first `rounds` of the process have figures of their own, since an engine compiles meanwhile what they need.
 * @param {string[]} command
 * @param {(kind: string, items: unknown[]) => void} check  throws where the diagnostics cannot be right
 */
async function measure(command, name, rounds, check, kinds = Object.keys(characters)) {
  const text = inputs[name];
  const uri = "file:///bench.wat";
  const server = new Server(command);
  await server.ready;
  const opened = await timed(() => server.open(uri, text));
  check("open", opened.result);
  const figures = new Map([["open in a fresh process", opened.time]]);
  const place = digits(text);
  const type = async (kind) => {
    const times = [];
    for (let round = 0; round < rounds; round++) {
      const { time, result } = await timed(() => server.type(uri, place, 0, characters[kind]));
      check(kind, result);
      times.push(time);
      check("removed", await server.type(uri, place, 1, ""));
    }
    return times;
  };
  figures.set(`${kinds[0]} typed in a fresh process, median`, percentile(await type(kinds[0]), 0.5));
  for (const kind of kinds) {
    const times = await type(kind);
    figures.set(`${kind} typed, median`, percentile(times, 0.5));
    figures.set(`${kind} typed, P95`, percentile(times, 0.95));
  }
  const memory = server.memory();
  if (memory !== undefined) figures.set("memory of the server then", memory.now).set("memory of the server, peak", memory.peak);
  await server.close(uri);
  const again = await timed(() => server.open("file:///again.wat", text));
  check("open", again.result);
  figures.set("open in a warm process", again.time);
  await server.end();
  return figures;
}

/** A process is fresh once, so that several are asked. */
const freshProcesses = 5;

/** Milliseconds to open a text in each of `count` fresh processes. */
async function openedFresh(name, count) {
  const times = [];
  for (let process = 0; process < count; process++) {
    const server = new Server(ours);
    await server.ready;
    const { time, result } = await timed(() => server.open("file:///bench.wat", inputs[name]));
    checkOurs("open", result);
    times.push(time);
    await server.end();
  }
  return times;
}

function checkOurs(kind, items) {
  mustBe(kind === "parenthesis", items, kind);
  const errors = items.filter(({ severity }) => severity === 1);
  if (errors.length > 3) throw new Error(`${kind}: ${errors.length} diagnostics`);
}

const rival = await watRival((line) => console.error(line));

function unitOf(figure) {
  return figure.startsWith("memory") ? "MB" : "ms";
}

/** `limits` by the name of the figure. `rounds` of each kind of typing; `rivalKinds`: what the other server is asked. */
async function compare(name, limits, rounds = 30, rivalKinds) {
  const own = await measure(ours, name, rounds, checkOurs);
  const openings = [own.get("open in a fresh process"), ...(await openedFresh(name, freshProcesses - 1))];
  own.set("open in a fresh process", percentile(openings, 0.5));
  for (const [figure, value] of own) report(figure, name, value, unitOf(figure), limits[figure]);
  if (rival === undefined) return;
  // What it finds is its own affair here.
  const others = await measure([rival], name, Math.min(rounds, 8), () => undefined, rivalKinds);
  for (const [figure, value] of others) {
    if (figure.endsWith("P95")) continue;
    report(`${figure}: wat_server`, name, value, unitOf(figure));
    report(`${figure}: wat_server, in ours`, name, value / own.get(figure), "times");
  }
}

/** The other server ends at 2 000 nested blocks. */
async function nest(name) {
  const text = nested[name];
  const what = `100 000 nested: ${name}`;
  const uri = "file:///nested.wat";
  const server = new Server(ours);
  await server.ready;
  const opened = await timed(() => server.open(uri, text));
  mustBe(false, opened.result, what);
  report("open in a fresh process", what, opened.time, "ms");
  const lines = text.split("\n");
  const middle = { line: lines.length >> 1, character: 0 };
  const edited = await timed(() => server.type(uri, middle, 0, " "));
  mustBe(false, edited.result, what);
  report("space typed", what, edited.time, "ms");
  const folded = await timed(() => server.folds(uri));
  if (folded.result.length === 0) throw new Error(`${what}: nothing to fold`);
  report("folding ranges", what, folded.time, "ms");
  await server.end();
}

/** How often all modules of the test suite are opened; the first time in a fresh process. */
const suiteRounds = 6;
/** Modules that one server is asked about before it is the other's turn, so that what else the machine does meets both. */
const turn = 150;

/** Each module of the specification's test suite as a document of its own, one after another in one process; then all of them again. */
async function conform() {
  const { specCases } = await tsImport("../core/wat/spec-cases.ts", import.meta.url);
  const cases = specCases();
  const input = `${cases.length} modules of the core test suite`;
  const own = new Judge(ours);
  const others = rival === undefined ? undefined : new Judge([rival]);
  const judges = others === undefined ? [own] : [own, others];
  await Promise.all(judges.map((judge) => judge.server.ready));
  for (let round = 0; round < suiteRounds; round++) {
    for (let from = 0; from < cases.length; from += turn) {
      for (const judge of judges) await judge.judge(cases, from, Math.min(cases.length, from + turn), round);
      judges.reverse();
    }
  }
  for (const judge of judges) await judge.server.end();
  for (const [kind, limit] of [
    ["valid", 0],
    ["invalid", 0],
    ["malformed", 0.1],
  ]) {
    const figure = kind === "valid" ? "valid modules refused" : `${kind} modules accepted`;
    const count = cases.filter((one) => one.kind === kind).length;
    report(figure, input, (100 * own.wrong[kind]) / count, "%", limit);
    if (others !== undefined) report(`${figure}: wat_server`, input, (100 * others.wrong[kind]) / count, "%");
  }
  for (const state of ["fresh", "warm"]) {
    const figure = `open, diagnostics, close, of all, in a ${state} process`;
    const limit = state === "warm" ? others?.time(state) : undefined;
    report(figure, input, own.time(state), "ms", limit);
    if (others !== undefined) report(`${figure}: wat_server`, input, others.time(state), "ms");
  }
}

/** Asks a server about the modules of the test suite. */
class Judge {
  /** How many verdicts were wrong, by what the suite says of the module. */
  wrong = { valid: 0, invalid: 0, malformed: 0 };
  /** Milliseconds of each round. */
  times = Array.from({ length: suiteRounds }, () => 0);

  constructor(command) {
    this.server = new Server(command);
  }

  /** Milliseconds of the first round, or the median of those behind it. */
  time(state) {
    return state === "fresh" ? this.times[0] : percentile(this.times.slice(1), 0.5);
  }

  async judge(cases, from, end, round) {
    const begin = performance.now();
    for (let at = from; at < end; at++) {
      const { kind, text } = cases[at];
      const uri = `file:///case-${at}.wat`;
      const items = await this.server.open(uri, text);
      await this.server.close(uri);
      const hasErrors = items.some(({ severity }) => severity === undefined || severity === 1);
      if (round === 0 && hasErrors === (kind === "valid")) this.wrong[kind]++;
    }
    this.times[round] += performance.now() - begin;
  }
}

await compare("95 kB", { "digit typed, median": 2, "parenthesis typed, median": 4 });
await compare("1.2 MB", { "digit typed, median": 6, "parenthesis typed, median": 10 });
await compare("3 MB", { "open in a warm process": 150, "digit typed, median": 12 });
await compare("12 MB", {
  "open in a fresh process": 600,
  "digit typed, median": 15,
  "digit typed, P95": 30,
  "parenthesis typed, median": 30,
  "memory of the server then": 200,
  "memory of the server, peak": 250,
});
await compare("a real program", {});
if (inputs["sql.js, 14 MB"] !== undefined) await compare("sql.js, 14 MB", { "open in a fresh process": 500 });
// For a parenthesis there the other server takes 22 s and 8 GB.
await compare("2 M instructions in one function", { "digit typed, median": 400 }, 5, ["digit"]);
for (const name of Object.keys(nested)) await nest(name);
await conform();
