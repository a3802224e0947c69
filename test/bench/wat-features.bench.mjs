// What an editor asks about WAT beside diagnostics, at the server's standard streams; wat_server beside it, where cargo can build it.
// `node test/bench/wat-features.bench.mjs`
import { spawn } from "node:child_process";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import { percentile, report } from "./support/debug-session.mjs";
import { languageServer } from "./support/language-server.mjs";
import { watRival } from "../../tools/wat-rival.mjs";
import { inputs } from "./support/wat-inputs.mjs";

const uri = "file:///bench.wat";
const textDocument = { uri };
/** As VS Code has it. */
const semanticTokens = {
  requests: { range: true, full: { delta: true } },
  tokenTypes: [],
  tokenModifiers: [],
  formats: ["relative"],
  augmentsSyntaxTokens: true,
};

/** The median of some runs of what is asked, in milliseconds. */
async function median(ask, rounds = 20) {
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const begin = performance.now();
    await ask(round);
    times.push(performance.now() - begin);
  }
  return percentile(times, 0.5);
}

/** Figures by name. `asksDelta`: whether the server gives semantic tokens as changes. */
async function measure([program, ...args], text, asksDelta) {
  const server = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  const connection = createMessageConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  connection.listen();
  const request = (method, params) => connection.sendRequest(`textDocument/${method}`, { textDocument, ...params });
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: { textDocument: { diagnostic: {}, foldingRange: {}, semanticTokens } },
  });
  await connection.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId: "wat", version: 1, text } });
  await request("diagnostic", {});
  const at = text.indexOf("local.get ", text.length >> 1) + "local.get ".length;
  const before = text.slice(0, at).split("\n");
  const position = { line: before.length - 1, character: before.at(-1).length };
  const range = { start: { line: position.line, character: 0 }, end: { line: position.line + 60, character: 0 } };
  const name = position;
  const word = { line: position.line, character: position.character - 4 };
  const figures = new Map();
  figures.set("hover over an instruction", await median(() => request("hover", { position: word }), 200));
  figures.set("completion of an instruction", await median(() => request("completion", { position: word }), 100));
  figures.set("definition of a local", await median(() => request("definition", { position: name }), 100));
  figures.set("inlay hints of 60 lines", await median(() => request("inlayHint", { range }), 50));
  let tokens = await request("semanticTokens/full", {});
  figures.set("semantic tokens, whole", await median(async () => (tokens = await request("semanticTokens/full", {}))));
  let version = 1;
  const type = (removed, typed) =>
    connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: ++version },
      contentChanges: [{ range: { start: position, end: { ...position, character: position.character + removed } }, text: typed }],
    });
  const change = async (round) => {
    await type(round % 2, round % 2 === 0 ? "0" : "");
    if (!asksDelta) return request("semanticTokens/full", {});
    const answer = await request("semanticTokens/full/delta", { previousResultId: tokens.resultId });
    tokens = answer;
    return answer;
  };
  if (asksDelta) {
    figures.set("an edit, and what it changes of the semantic tokens", await median(change));
    const deltas = [];
    for (let round = 0; round < 40; round++) {
      await type(round % 2, round % 2 === 0 ? "0" : "");
      // The edit has a figure of its own.
      await request("diagnostic", {});
      const begin = performance.now();
      tokens = await request("semanticTokens/full/delta", { previousResultId: tokens.resultId });
      deltas.push(performance.now() - begin);
    }
    figures.set("semantic tokens, what an edit changes of them", percentile(deltas, 0.5));
  }
  figures.set(
    "all that is asked after a keystroke",
    await median((round) =>
      Promise.all([
        change(round),
        request("diagnostic", {}),
        request("documentSymbol", {}),
        request("foldingRange", {}),
        request("codeLens", {}),
        request("inlayHint", { range }),
        request("documentHighlight", { position: name }),
      ]),
    ),
  );
  const gone = new Promise((resolve) => server.once("exit", resolve));
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
  await gone;
  connection.dispose();
  return figures;
}

const rival = await watRival((line) => console.error(line));

async function compare(name, limits) {
  if (inputs[name] === undefined) return;
  const own = await measure(languageServer, inputs[name], true);
  for (const [figure, value] of own) report(figure, name, value, "ms", limits[figure]);
  if (rival === undefined) return;
  for (const [figure, value] of await measure([rival], inputs[name], false)) {
    report(`${figure}: wat_server`, name, value, "ms");
    if (own.has(figure)) report(`${figure}: wat_server, in ours`, name, value / own.get(figure), "times");
  }
}

await compare("1.2 MB", { "semantic tokens, whole": 9, "all that is asked after a keystroke": 20 });
await compare("12 MB", { "semantic tokens, what an edit changes of them": 10, "all that is asked after a keystroke": 60 });
await compare("sql.js, 14 MB", {});
