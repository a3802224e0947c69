// Breakpoints whose conditions are never true, against V8's own breakpoint with the condition `false` at the same instruction in the same run.
// `node test/bench/debug-conditions.bench.mjs`
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bareTime } from "./support/bare-condition.cjs";
import { DebugSession, input, markedLine, percentile, report } from "./support/debug-session.mjs";

const hits = 20_000;
const rounds = 5;
/** 0.7 of the hits per second of a bare condition. */
const limit = 1 / 0.7;

const goProgram = `package main

import (
	"os"
	"strconv"
)

func body(i, acc int) int {
	acc += i & 7 //@tick
	return acc
}

func main() {
	turns, _ := strconv.Atoi(os.Args[1])
	acc := 0
	for i := 0; i < turns; i++ { //@spin
		acc = body(i, acc)
	}
	os.Exit(acc & 1) //@spun
}
`;

const folder = mkdtempSync(join(tmpdir(), "go-wasm-bench-"));
try {
  const corpus = "test/corpus/debug/modules/conditions/";
  const module = input(`${corpus}conditions.wasm`);
  const c = { program: module, invoke: { export: "spin", args: [hits] } };
  await compare("C", input(`${corpus}conditions.c`), c, `i == ${hits} && acc > 5`, (offset) => bareTime(module, offset, "spin", [hits]));

  writeFileSync(join(folder, "go.mod"), "module example.com/hot\n\ngo 1.24\n");
  const main = join(folder, "main.go");
  writeFileSync(main, goProgram);
  const output = join(folder, "main.wasm");
  const go = { mode: "debug", program: folder, output, args: [String(hits)] };
  // What Go needs to start up does not count.
  const bareGo = (offset) => bareTime(output, offset, "_start", [hits]) - bareTime(output, offset, "_start", [0]);
  await compare("Go", main, go, `i == ${hits} && acc > 5`, bareGo);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** `bare`: milliseconds of the same hits of a bare condition at an offset of the module. */
async function compare(language, path, launch, condition, bare) {
  const offset = await offsetOf(path, launch);
  const [ours, bares] = [[], []];
  for (let round = 0; round < rounds; round++) {
    bares.push(bare(offset));
    ours.push(await conditionTime(path, launch, { condition }));
  }
  const [time, bareTime] = [percentile(ours, 0.5), percentile(bares, 0.5)];
  report(`conditional breakpoint in ${language}`, condition, (hits / time) * 1000, "hits/s");
  report(`V8's own with the condition false, in ${language}`, "the same instruction", (hits / bareTime) * 1000, "hits/s");
  report(`a hit in ${language}, in hits of V8's own`, condition, time / bareTime, "times", limit);
}

/** Milliseconds from before the first hit until behind the last one. */
async function conditionTime(path, launch, breakpoint) {
  const session = new DebugSession();
  await session.stopAt(launch, path, markedLine(path, "spin"));
  await variablesKnown(session);
  const breakpoints = [{ line: markedLine(path, "tick"), ...breakpoint }, { line: markedLine(path, "spun") }];
  await session.request("setBreakpoints", { source: { path }, breakpoints });
  const begin = performance.now();
  await session.request("continue", { threadId: 1 });
  const { body } = await session.event("stopped");
  const time = performance.now() - begin;
  const { stackFrames } = await session.request("stackTrace", { threadId: body.threadId, levels: 1 });
  if (stackFrames[0].line !== markedLine(path, "spun")) throw new Error("the condition was true");
  await session.end();
  return time;
}

/** Of Go they may come a moment after the start. */
async function variablesKnown(session) {
  const { stackFrames } = await session.request("stackTrace", { threadId: 1, levels: 1 });
  await session.request("scopes", { frameId: stackFrames[0].id });
}

/** Where the engine has the breakpoint, going by the protocol that the adapter traces. */
async function offsetOf(path, launch) {
  const session = new DebugSession();
  await session.stopAt({ ...launch, trace: true }, path, markedLine(path, "tick"));
  for (;;) {
    const { body } = await session.event("output");
    const found = /^-> .*"Debugger\.setBreakpoint".*"columnNumber":(\d+)/m.exec(body.output);
    if (!found) continue;
    await session.end();
    return Number(found[1]);
  }
}
