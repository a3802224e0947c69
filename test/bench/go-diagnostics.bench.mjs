// Go diagnostics at the server's standard streams: from a keystroke to the answer, and from the start to the first one.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import { percentile, report } from "./support/debug-session.mjs";
import { languageServer } from "./support/language-server.mjs";
import { bigPackage, manyPackages, oneFile, writeModule } from "./support/go-module.mjs";

/** At the first ones much is done for the first time. */
const warmUp = 20;
/** While the engine still compiles what runs often, as at the start of somebody's work. */
const first = 200;
const later = 400;

class Server {
  constructor(settings) {
    this.started = performance.now();
    const [program, ...args] = languageServer;
    this.process = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
    this.connection = createMessageConnection(new StreamMessageReader(this.process.stdout), new StreamMessageWriter(this.process.stdin));
    this.connection.onNotification("window/logMessage", ({ message }) => console.error(message));
    this.connection.listen();
    this.ready = this.connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: null,
      capabilities: { textDocument: { diagnostic: {} } },
      initializationOptions: { goWasm: settings },
    });
  }

  async open(path) {
    await this.ready;
    const document = { uri: pathToFileURL(path).href, languageId: "go", version: 1, text: readFileSync(path, "utf8") };
    await this.connection.sendNotification("textDocument/didOpen", { textDocument: document });
    return document;
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

/** Makes `text string` the unsupported `text []string`. */
const typed = " []";

/** Types and deletes a few characters in the type of an export's parameter, and asks for the diagnostics each time. In milliseconds. */
async function typing(path) {
  const server = new Server({ "go.target": "wasip1-reactor" });
  const { uri, text } = await server.open(path);
  const lines = text.split("\n");
  const line = lines.findLastIndex((candidate) => candidate.includes("text string) int32"));
  const character = lines[line].indexOf("text string") + "text".length;
  const times = [];
  for (let index = 0; index < warmUp + first + later; index++) {
    const position = { line, character };
    const isTyping = index % 2 === 0;
    const range = { start: position, end: isTyping ? position : { line, character: character + typed.length } };
    const begin = performance.now();
    await server.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: index + 2 },
      contentChanges: [{ range, text: isTyping ? typed : "" }],
    });
    const items = await server.diagnostics(uri);
    if (index >= warmUp) times.push(performance.now() - begin);
    const errors = items.filter(({ severity }) => severity === 1);
    if (errors.length !== (isTyping ? 1 : 0))
      throw new Error(`${errors.length} errors after keystroke ${index}: ${JSON.stringify(errors)}`);
  }
  await server.end();
  return times;
}

/** Milliseconds of a build by the real compiler after each of a few edits. */
function building(folder, path) {
  const text = readFileSync(path, "utf8");
  const times = [];
  for (let index = 0; index < 5; index++) {
    writeFileSync(path, `${text}// edit ${index}\n`);
    const begin = performance.now();
    const run = spawnSync("go", ["build", "-gcflags=-e", "-o", join(folder, "out.wasm"), "."], {
      cwd: folder,
      env: { ...process.env, GOOS: "wasip1", GOARCH: "wasm", GOFLAGS: "-buildvcs=false", GOTOOLCHAIN: "local", GOWORK: "off" },
      encoding: "utf8",
    });
    if (run.status !== 0) throw new Error(`go build failed: ${run.error?.message ?? run.stderr}`);
    times.push(performance.now() - begin);
  }
  writeFileSync(path, text);
  return percentile(times, 0.5);
}

const hasGo = spawnSync("go", ["version"]).status === 0;

async function keystrokeFigures(name, files, edited, limit) {
  const { folder, remove } = writeModule(files);
  try {
    const path = join(folder, edited);
    const times = await typing(path);
    const p95 = percentile(times.slice(first), 0.95);
    report("Go keystroke to diagnostics, median", name, percentile(times, 0.5), "ms");
    report(`Go keystroke to diagnostics, P95 of the first ${first}`, name, percentile(times.slice(0, first), 0.95), "ms", limit);
    report(`Go keystroke to diagnostics, P95 of the next ${later}`, name, p95, "ms", limit);
    if (!hasGo) return;
    const build = building(folder, path);
    report("go build after an edit, median", name, build, "ms");
    report("the same, in keystrokes (P95)", name, build / p95, "times");
  } finally {
    remove();
  }
}

async function firstFigures(count) {
  const { folder, remove } = writeModule(manyPackages(count));
  const name = `a generated module of ${count} packages`;
  try {
    const server = new Server({ "go.target": "wasip1-reactor" });
    const { uri } = await server.open(join(folder, "main.go"));
    const items = await server.diagnostics(uri);
    report("first Go diagnostics, from the server's start", name, performance.now() - server.started, "ms", 1000);
    if (!items.some(({ message }) => message.includes("unsupported parameter type p1.Kind"))) throw new Error("the diagnostics are wrong");
    // What `ps` calls the resident set, in KiB.
    const memory = Number(execFileSync("ps", ["-o", "rss=", "-p", String(server.process.pid)], { encoding: "utf8" }));
    report("memory of the server after them", name, (memory * 1024) / 1e6, "MB", 200);
    await server.end();
  } finally {
    remove();
  }
}

await keystrokeFigures("a main package of one file of 1 000 lines", oneFile(1000), "main.go", 5);
await keystrokeFigures("a main package of 31 files, 9 600 lines, that imports fmt and net/http", bigPackage(31, 320), "part7.go", 15);
await firstFigures(500);
