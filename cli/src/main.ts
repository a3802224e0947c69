#!/usr/bin/env node
/** The command line program `go-wasm`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runCommandLine } from "./command-line.ts";

const { version } = JSON.parse(readFileSync(join(__dirname, "../package.json"), "utf8")) as { version: string };
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());

// Whoever reads the output may have seen enough.
process.stdout.on("error", () => undefined);

async function main(): Promise<void> {
  process.exitCode = await runCommandLine(process.argv.slice(2), {
    version,
    folder: process.cwd(),
    signal: stop.signal,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
  });
}

void main();
