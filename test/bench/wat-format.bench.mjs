// Formatting whole documents over the server's standard streams; wat_server beside it, where cargo can build it, on what it survives.
// `node test/bench/wat-format.bench.mjs`
import { spawn } from "node:child_process";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import { percentile, report } from "./support/debug-session.mjs";
import { languageServer as ours } from "./support/language-server.mjs";
import { watRival } from "../../tools/wat-rival.mjs";
import { inputs } from "./support/wat-inputs.mjs";

const rival = await watRival((line) => console.error(line));
const nested = `(module (func ${"block ".repeat(1000)}${"end ".repeat(1000)}))`;

/** Milliseconds from the request to its answer, the median of some. */
async function formatting([program, ...args], text, rounds) {
  const server = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  const gone = new Promise((resolve) => server.once("exit", resolve));
  const connection = createMessageConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  connection.listen();
  await connection.sendRequest("initialize", { processId: process.pid, rootUri: null, capabilities: { textDocument: { diagnostic: {} } } });
  const textDocument = { uri: "file:///bench.wat" };
  await connection.sendNotification("textDocument/didOpen", { textDocument: { ...textDocument, languageId: "wat", version: 1, text } });
  await connection.sendRequest("textDocument/diagnostic", { textDocument });
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const begin = performance.now();
    const edits = await connection.sendRequest("textDocument/formatting", { textDocument, options: { tabSize: 4, insertSpaces: true } });
    times.push(performance.now() - begin);
    if (!Array.isArray(edits) || edits.length === 0) throw new Error("nothing was formatted");
  }
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
  await gone;
  connection.dispose();
  return percentile(times, 0.5);
}

for (const [name, text, limit, isForRival] of [
  ["95 kB", inputs["95 kB"], 17, true],
  ["1.2 MB", inputs["1.2 MB"], 100, true],
  ["12 MB", inputs["12 MB"], 1500, false],
  ["1 000 nested blocks", nested, 20, true],
]) {
  report("format a document", name, await formatting(ours, text, 5), "ms", limit);
  if (rival !== undefined && isForRival) report("format a document: wat_server", name, await formatting([rival], text, 3), "ms");
}
