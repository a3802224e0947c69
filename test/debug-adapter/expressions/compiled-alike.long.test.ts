// What the engine makes of a condition is what the adapter makes of it, and what the compiler does: each expression as a condition on the line that keeps it.
import { expect, test } from "vitest";
import { adapterTests } from "../../support/adapter-test.ts";
import { type DapClient, markedLine } from "../../support/dap-client.ts";
import { corpusFile } from "../../support/debug-corpus.ts";
import { expressionsIn } from "./expressions-in.ts";

const { connect } = adapterTests();
const source = corpusFile("expressions/expressions.c");
const launch = { program: corpusFile("expressions/expressions.wasm"), invoke: { export: "run", args: [1] } };
const line = markedLine(source, "values");
const expressions = expressionsIn(source);

const pausesOf = (client: DapClient): number => client.output("console").match(/^<- \{"method":"Debugger\.paused"/gm)?.length ?? 0;

async function compilerValues(): Promise<string[]> {
  const client = connect();
  await client.launch(launch, { breakpoints: { [source]: [line] } });
  await client.stopped();
  const { id } = await client.top();
  const values: string[] = [];
  for (const at of expressions.keys()) {
    const type = await client.evaluate(`results[${at}].type`, id);
    values.push(await client.evaluate(`results[${at}].${/"(?:float|double)"/.test(type) ? "fraction" : "whole"}`, id));
  }
  return values;
}

/** Several in one condition: each is prepared by itself, which takes its time. */
const atOnce = 16;

test("conditions that the compiler takes for false never stop, and true ones do", async () => {
  const values = await compilerValues();
  const told = (operator: string, joint: string): object[] => {
    const texts = expressions.map((text, at) => `(${text}) ${operator} ${literalOf(values[at]!, text)}`);
    const first = [...texts.keys()].filter((at) => at % atOnce === 0);
    return first.map((at) => ({ line, condition: texts.slice(at, at + atOnce).join(` ${joint} `) }));
  };
  const silent = connect();
  await silent.launch({ ...launch, trace: true }, { breakpoints: { [source]: told("!=", "||") as { line: number }[] } });
  await silent.ended();
  // One is the start of the program; all that is left to the adapter, casts and sizes, is one more.
  expect(pausesOf(silent)).toBe(2);

  const client = connect();
  const all = told("==", "&&") as { line: number; condition: string }[];
  const answers = await client.launch(launch, { breakpoints: { [source]: all } });
  const { hitBreakpointIds = [] } = await client.stopped();
  const hit = new Set(hitBreakpointIds);
  expect(all.filter((_, at) => !hit.has(answers[source]![at]!.id!))).toEqual([]);
});

/** The compiler's value, as 64 bits keep it; an unsigned number of 64 bits is compared with another one. */
function literalOf(value: string, text: string): string {
  if (value === "-9223372036854775808") return "(-9223372036854775807 - 1)";
  return /^\(unsigned|^\(u64/.test(text) ? `(unsigned long long)${value}` : value;
}
