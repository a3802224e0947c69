import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import type { Duplex } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LineSplitter } from "../../../debug-adapter/src/debuggee/line-splitter.ts";
import { type StartMessage, tokenVariable } from "../../../debug-adapter/src/debuggee/start-message.ts";
import { type BuiltAdapter, buildAdapter } from "../../support/dap-adapter.ts";

let adapter: BuiltAdapter;
beforeAll(async () => (adapter = await buildAdapter()));
afterAll(() => adapter.remove());

/** `(module (func (export "_start")))` */
const module = Buffer.from("0061736d0100000001040160000003020100070a01065f737461727400000a040102000b", "hex");
const start: StartMessage = {
  debug: true,
  moduleLength: module.length,
  programName: "p",
  programFile: undefined,
  host: "none",
  hostScript: undefined,
  args: [],
  env: {},
  preopens: {},
  stdin: undefined,
  invoke: undefined,
  waitsForCalls: false,
  entities: [],
};

test("what the adapter still asks while the program ends does not change how it ends", async () => {
  const child = spawn(process.execPath, [join(dirname(adapter.path), "debuggee.cjs")], {
    env: { ...process.env, [tokenVariable]: "t" },
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
  const pipe = child.stdio[3] as Duplex;
  pipe.on("error", () => undefined);
  const say = (message: object): void => void pipe.write(`${JSON.stringify(message)}\n`);
  // Over and over, as the moment that matters is short.
  const ask = (): void => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    say({ id: 3, method: "Debugger.pause" });
    setImmediate(ask);
  };
  const lines = new LineSplitter((line) => {
    const { token, method } = JSON.parse(line) as { token?: string; method?: string };
    if (token !== undefined) {
      say(start);
      pipe.write(module);
      say({ id: 1, method: "Debugger.enable" });
    } else if (method === "Debugger.paused") say({ id: 2, method: "Debugger.resume" });
    else if (method === "Program.exiting") ask();
  });
  pipe.on("data", (chunk: Buffer) => lines.push(chunk));
  const end = await new Promise((resolve) => child.once("close", (code, signal) => resolve({ code, signal })));
  expect(end).toEqual({ code: 0, signal: null });
});
