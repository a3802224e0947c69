// Expressions and assignments in running Go programs, against what Delve answered for the same programs, built natively.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sharedAdapterTests } from "../../../support/adapter-test.ts";
import type { DapClient } from "../../../support/dap-client.ts";
import { buildLimit } from "../../go/programs.ts";

const { connect } = sharedAdapterTests();
const corpus = join(import.meta.dirname, "../../../corpus/debug/delve");

/** What Delve answered to one operation of a session's script. An object in place of a text: its answers differ from run to run. */
interface Recorded {
  readonly op: string;
  readonly breakpoints?: { readonly "main.go"?: readonly { readonly asked: number; readonly verified: boolean }[] };
  readonly frame?: number;
  readonly results?: readonly RecordedResult[];
}

interface RecordedResult {
  readonly expr?: string;
  readonly context?: string;
  readonly name?: string;
  readonly asked?: string;
  readonly value?: string | object;
  readonly type?: string;
  readonly error?: string;
}

interface Difference {
  readonly program: string;
  readonly reason: string;
  readonly expressions?: readonly string[];
  readonly assignments?: readonly string[];
}

const differences = JSON.parse(readFileSync(join(import.meta.dirname, "differences.json"), "utf8")) as readonly Difference[];
const listed = new Set(
  differences.flatMap(({ program, expressions = [], assignments = [] }) =>
    [...expressions, ...assignments].map((name) => `${program}: ${name}`),
  ),
);

function sessionsOf(program: string): Record<string, readonly Recorded[]> {
  const golden = JSON.parse(readFileSync(join(corpus, `golden/${program}.json`), "utf8")) as {
    sessions: Record<string, readonly Recorded[]>;
  };
  return golden.sessions;
}

test.each([
  ["expressions", "main"],
  ["expressions", "inside"],
  ["values", "eval-numbers"],
  ["values", "eval-structures"],
  ["values", "hover-cuts"],
  ["flow", "closures"],
  ["flow", "recursion"],
])("%s, %s", { timeout: buildLimit }, async (program, session) => {
  const [launch, , ...script] = sessionsOf(program)[session]!;
  const folder = join(corpus, program);
  const lines = (launch!.breakpoints?.["main.go"] ?? []).filter(({ verified }) => verified).map(({ asked }) => asked);
  const client = connect();
  await client.launch({ program: folder }, { breakpoints: { [join(folder, "main.go")]: lines } });
  await client.stopped();
  let compared = 0;
  let assigned = false;
  const wrong: string[] = [];
  for (const { op, frame, results = [] } of script) {
    if (op === "continue") {
      await client.continue();
      await client.stopped();
      continue;
    }
    const frameId = (await client.stack())[frame ?? 0]!.id;
    for (const result of results) {
      const { key, ours } = result.expr === undefined ? await assign(client, frameId, result) : await evaluate(client, frameId, result);
      assigned ||= op === "set";
      const theirs = answerOf(result);
      if (theirs === undefined) continue;
      const name = `${program}: ${key}`;
      const isListed = listed.has(name) || (assigned && listed.has(`${name} (afterwards)`));
      compared++;
      if (sameAnswer(ours, theirs) === isListed) wrong.push(`${name}: ${theirs} by Delve, ${ours} here`);
    }
  }
  // What is listed as a difference must be one: the list does not hold what is no more.
  expect(wrong).toEqual([]);
  expect(compared).toBeGreaterThan(1);
});

interface Answer {
  readonly key: string;
  readonly ours: string;
}

async function evaluate(client: DapClient, frameId: number, { expr, context }: RecordedResult): Promise<Answer> {
  const { success, body, message } = await client.raw("evaluate", { expression: expr, context, frameId });
  const { result, type } = (body ?? {}) as { result?: string; type?: string };
  return { key: expr!, ours: success ? `${result} (${type})` : message! };
}

async function assign(client: DapClient, frameId: number, { name, asked }: RecordedResult): Promise<Answer> {
  const { scopes } = await client.request<{ scopes: readonly { variablesReference: number }[] }>("scopes", { frameId });
  const reference = scopes[0]!.variablesReference;
  const { success, body, message } = await client.raw("setVariable", { variablesReference: reference, name, value: asked });
  return { key: `${name} = ${asked}`, ours: success ? (body as { value: string }).value : message! };
}

function answerOf({ value, type, error, expr }: RecordedResult): string | undefined {
  if (typeof error === "string") return error;
  if (typeof value !== "string") return undefined;
  return expr === undefined ? value : `${value} (${type})`;
}

/** Addresses are other ones on WebAssembly, and what is cut at 256 bytes ends elsewhere behind one; a function is named by its type arguments. */
function sameAnswer(ours: string, theirs: string): boolean {
  const [a, b] = [ours, theirs].map((text) =>
    text
      .replaceAll(/0x[0-9a-f]{5,}(?![0-9a-f]* *\))|\(0x[0-9a-f]+\)/g, (at) => (at.startsWith("(") ? "(0xADDR)" : at))
      .replaceAll("go.shape.", ""),
  ) as [string, string];
  if (a === b) return true;
  if (!b.includes("0xADDR")) return false;
  const [short, long] = [a, b].map((text) => text.replace(/\.\.\. \([^)]*\)$/, "")).sort((x, y) => x.length - y.length) as [string, string];
  return short.length > 100 && long.startsWith(short);
}
