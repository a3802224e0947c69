// The program flow of test/corpus/debug/delve, step by step as Delve was recorded on the native build: same lines, same functions.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { adapterTests } from "../../support/adapter-test.ts";
import type { DapClient } from "../../support/dap-client.ts";
import { buildLimit } from "./programs.ts";

const { connect } = adapterTests();
const corpus = join(import.meta.dirname, "../../corpus/debug/delve");
const folder = join(corpus, "flow");
const main = join(folder, "main.go");

type Stop = string | { readonly at: string };

/** What Delve answered to one operation of a session's script. */
interface Recorded {
  readonly op: string;
  readonly breakpoints?: { readonly "main.go"?: readonly { readonly asked: number; readonly verified: boolean }[] };
  readonly stops?: readonly Stop[];
  readonly frames?: readonly { readonly name: string; readonly at: string }[];
}

const { sessions } = JSON.parse(readFileSync(join(corpus, "golden/flow.json"), "utf8")) as {
  sessions: Record<string, readonly Recorded[]>;
};

/** Steps in the runtime differ: what follows them is not compared. */
const inRuntime = (place: string): boolean => place.startsWith("$GOROOT") || place === "ended";

const placeOf = (stop: Stop): string => (typeof stop === "string" ? stop.replace(/^\[\w+\] /, "") : stop.at);

async function place(client: DapClient): Promise<string> {
  const { name, line } = await client.top();
  return `main.go:${line} ${name}`;
}

const stepRequests = { next: "next", stepIn: "stepIn", stepOut: "stepOut" } as const;

/** The places that an operation leads to, as far as Delve's lie in the program. */
async function play(client: DapClient, { op, stops = [] }: Recorded): Promise<{ readonly wanted: string[]; readonly seen: string[] }> {
  const end = stops.findIndex((stop) => inRuntime(placeOf(stop)));
  const wanted = stops.slice(0, end < 0 ? stops.length : end).map(placeOf);
  const seen: string[] = [];
  for (const _ of wanted) {
    await client.request(op === "continue" ? "continue" : stepRequests[op as keyof typeof stepRequests], { threadId: client.threadId });
    await client.stopped();
    seen.push(await place(client));
  }
  return { wanted, seen };
}

const played = [
  "next-main",
  "loops",
  "deferred",
  "deferred-in",
  "rangefunc",
  "rangefunc-in",
  "rangefunc-body",
  "recursion",
  "closures",
  "stepout-chain",
  "oneline",
];

test.each(played)("%s", { timeout: buildLimit }, async (name) => {
  const [launch, stop, ...script] = sessions[name]!;
  const lines = (launch!.breakpoints?.["main.go"] ?? []).filter(({ verified }) => verified).map(({ asked }) => asked);
  const client = connect();
  await client.launch({ program: folder }, { breakpoints: { [main]: lines } });
  await client.stopped();
  expect(await place(client)).toBe((stop as unknown as { at: string }).at);
  let compared = 0;
  for (const recorded of script) {
    if (recorded.op === "stack") {
      const ours = (await client.stack()).filter(({ source }) => source?.path === main).map(({ name: at, line }) => `${at} ${line}`);
      const theirs = (recorded.frames ?? [])
        .filter(({ at }) => at.startsWith("main.go"))
        .map(({ name: at, at: where }) => `${at} ${where.replace("main.go:", "")}`);
      expect(ours).toEqual(theirs);
      continue;
    }
    if (recorded.op !== "continue" && !(recorded.op in stepRequests)) continue;
    const { wanted, seen } = await play(client, recorded);
    expect(seen).toEqual(wanted);
    compared += seen.length;
  }
  expect(compared).toBeGreaterThan(1);
});
