// A package of another module, which is optimised and was not listed with the program; the linker escapes the dot in its path.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { adapterTests } from "../../support/adapter-test.ts";
import { buildLimit } from "./programs.ts";

const { connect } = adapterTests();
let folder: string;

const files: Readonly<Record<string, string>> = {
  "lib/go.mod": "module example.com/lib.v2\n\ngo 1.24\n",
  "lib/lib.go": `package lib

var Count = 3

func Join(a, b string, more ...int) string {
	text := a + b // in the dependency
	Count += len(more)
	return text
}

func Counter(start int) func() int {
	step := start
	return func() int {
		step++
		return step
	}
}
`,
  "app/go.mod": "module example.com/app\n\ngo 1.24\n\nrequire example.com/lib.v2 v0.0.0\n\nreplace example.com/lib.v2 => ../lib\n",
  "app/main.go": `package main

import (
	"fmt"

	"example.com/lib.v2"
)

func main() {
	next := lib.Counter(4)
	text := lib.Join("a", "b", 1) // in the program
	fmt.Println(text, next())
}
`,
};

const lineOf = (name: string, mark: string): number => files[name]!.split("\n").findIndex((line) => line.includes(mark)) + 1;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "go-wasm-dependency-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("its lines, variables, closures and functions are there when they are asked for", { timeout: buildLimit }, async () => {
  const client = connect();
  const [main, lib] = [join(folder, "app/main.go"), join(folder, "lib/lib.go")];
  const [inMain, inLib] = [lineOf("app/main.go", "in the program"), lineOf("lib/lib.go", "in the dependency")];
  const answers = await client.launch({ program: join(folder, "app") }, { breakpoints: { [main]: [inMain], [lib]: [inLib] } });
  expect(answers[lib]).toMatchObject([{ verified: true, line: inLib }]);
  await client.stopped();
  const frameId = (await client.top()).id;
  const hover = (): Promise<{ result: string }> => client.request("evaluate", { expression: "lib.Count", frameId, context: "hover" });
  // A pointer that rests on a name for a moment asks for nothing that takes its time.
  await expect(hover()).rejects.toThrow("could not find symbol lib.Count");
  expect(await client.evaluate("lib.Count")).toBe("3");
  expect((await hover()).result).toBe("3");
  expect(await client.evaluate("next.step")).toBe("4");
  expect(await client.evaluate('call lib.Join("x", "y", nil)')).toBe('"xy"');
  await client.continue();
  await client.stopped();
  const { id, name } = await client.top();
  expect(name).toBe("lib%2ev2.Join");
  const { scopes } = await client.request<{ scopes: { name: string; variablesReference: number }[] }>("scopes", { frameId: id });
  expect(scopes[0]!.name).toBe("Locals (warning: optimized function)");
  const locals = await client.children(scopes[0]!.variablesReference);
  expect(Object.fromEntries(locals.map((variable) => [variable.name, variable.value]))).toMatchObject({
    a: '"a"',
    b: '"b"',
    more: "[]int len: 1, cap: 1, [1]",
    "~r0": "<optimised: where the value is now is not known>",
  });
});
