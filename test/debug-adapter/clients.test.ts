import { once } from "node:events";
import { spawn } from "node:child_process";
import { connect } from "node:net";
import { DebugClient } from "@vscode/debugadapter-testsupport";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildAdapter } from "../support/dap-adapter.ts";
import { corpusFile } from "../support/debug-corpus.ts";

let adapter = "";
let remove = (): void => undefined;
beforeAll(async () => {
  ({ path: adapter, remove } = await buildAdapter());
});
afterAll(() => remove());

const program = corpusFile("c/prog.O0.wasm");
const path = corpusFile("c/prog.c");

test("VS Code's own test client, which sends launch and breakpoints side by side", async () => {
  const client = new DebugClient("node", adapter, "wasm");
  // Five seconds, unless told, which a busy machine may take.
  client.defaultTimeout = 20_000;
  await client.start();
  await client.hitBreakpoint({ program }, { path, line: 33 });
  // The answer and the event may come in one piece.
  const ended = client.waitForEvent("terminated");
  await client.continueRequest({ threadId: 1 });
  await ended;
  await client.stop();
});

test("a client that counts from 0 and names files by URLs", async () => {
  const client = new DebugClient("node", adapter, "wasm");
  // Five seconds, unless told, which a busy machine may take.
  client.defaultTimeout = 20_000;
  await client.start();
  await client.initializeRequest({ adapterID: "wasm", linesStartAt1: false, columnsStartAt1: false, pathFormat: "uri" });
  const initialized = client.waitForEvent("initialized");
  await client.launchRequest({ program } as object);
  await initialized;
  const { body } = await client.setBreakpointsRequest({ source: { path: `file://${path}` }, breakpoints: [{ line: 32 }] });
  expect(body.breakpoints).toMatchObject([{ verified: true, line: 32 }]);
  const stopped = client.waitForEvent("stopped");
  await client.configurationDoneRequest();
  await stopped;
  const stack = await client.stackTraceRequest({ threadId: 1 });
  expect(stack.body.stackFrames[0]).toMatchObject({ line: 32, column: 4, source: { path: `file://${path}` } });
  await client.disconnectRequest();
  await client.stop();
});

test("a client on a loopback port", async () => {
  const server = spawn(process.execPath, [adapter, "--listen=0"], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const [announced] = (await once(server.stdout, "data")) as [Buffer];
    const port = Number(/^listening on 127\.0\.0\.1:(\d+)/.exec(announced.toString())![1]);
    const socket = connect(port, "127.0.0.1");
    const request = JSON.stringify({ seq: 1, type: "request", command: "initialize", arguments: {} });
    socket.write(`Content-Length: ${request.length}\r\n\r\n${request}`);
    const [answer] = (await once(socket, "data")) as [Buffer];
    expect(answer.toString()).toContain('"supportsConfigurationDoneRequest":true');
    socket.destroy();
  } finally {
    server.kill();
  }
});
