// The law behind "Add to Watch" and "Copy as Expression": the expression of a variable, or of what is inside of it, gives its value again.
import { join } from "node:path";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { expect, test } from "vitest";
import { sharedAdapterTests } from "../../../support/adapter-test.ts";
import { type DapClient, markedLine } from "../../../support/dap-client.ts";
import { buildLimit } from "../../go/programs.ts";

const { connect } = sharedAdapterTests();
const corpus = join(import.meta.dirname, "../../../corpus/debug/delve");
const deepest = 3;

test.each([
  ["values", ["numbers", "text", "collections", "composites", "interfaces", "shadow"], 300],
  ["kinds", ["bytes", "large", "escaped", "closures", "either", "holding"], 100],
  ["expressions", ["main", "closure", "generic"], 200],
] as const)("%s", { timeout: buildLimit }, async (program, marks, least) => {
  const folder = join(corpus, program);
  const main = join(folder, "main.go");
  const lines = marks.flatMap((mark) => lineOf(main, mark) ?? []);
  const client = connect();
  await client.launch({ program: folder, showGlobalVariables: true }, { breakpoints: { [main]: lines } });
  let compared = 0;
  const wrong: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    if (at > 0) await client.continue();
    await client.stopped();
    const frameId = (await client.top()).id;
    for (const { name, value, evaluateName } of await allVariables(client, frameId)) {
      if (evaluateName === undefined) continue;
      compared++;
      const { success, body, message } = await client.raw("evaluate", { expression: evaluateName, context: "watch", frameId });
      const again = success ? (body as { result: string }).result : message!;
      if (!isSame(again, value)) wrong.push(`${name} (${evaluateName}): ${value}, then ${again}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(compared).toBeGreaterThan(least);
});

/** What is part of something larger is told less of: where that begins, its address or dots stand. */
function isSame(again: string, value: string): boolean {
  const left = /\*?\(\*?"?[^()]*"?\)\(0x[0-9a-f]+\)|\[?\.\.\./.exec(value);
  return again === value || (left !== null && again.startsWith(value.slice(0, left.index)));
}

function lineOf(path: string, mark: string): number | undefined {
  try {
    return markedLine(path, mark);
  } catch {
    return undefined;
  }
}

/** Those of all scopes, and what is inside of them. */
async function allVariables(client: DapClient, frameId: number): Promise<DebugProtocol.Variable[]> {
  const found: DebugProtocol.Variable[] = [];
  for (const variables of Object.values(await client.scopes(frameId))) {
    // The name of a variable that is shadowed means the other one.
    let level = Object.values(variables).filter(({ name }) => !name.startsWith("("));
    for (let depth = 0; depth <= deepest && level.length > 0; depth++) {
      found.push(...level);
      const inner = await Promise.all(
        level
          .filter(({ variablesReference }) => variablesReference !== 0)
          .map(({ variablesReference }) => client.children(variablesReference)),
      );
      level = inner.flatMap((children) => children.slice(0, 8));
    }
  }
  return found;
}
