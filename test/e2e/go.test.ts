// Go in the real VS Code: what the lenses start, what a build and a panic look like, and another debugger for Go beside ours.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Host } from "./support/host.ts";
import { noDebugProcess } from "./support/processes.ts";
import { uiTests } from "./support/suite.ts";
import type { Workbench } from "./support/workbench.ts";

const uiTest = uiTests({ beside: ["stub-go"] });

const module = "module example.com/shop\n\ngo 1.24\n";
const reactor = `package main

//go:wasmexport total
func total(price int32, count int32) int32 {
	sum := price * count
	return sum
}

func main() {}
`;
const prices = "package prices\n\nfunc Total(price, count int) int {\n\treturn price * count\n}\n";
const pricesTest = `package prices

import "testing"

func TestTotal(t *testing.T) {
	t.Run("one by one", func(t *testing.T) {
		got := Total(3, 1)
		if got != 3 {
			t.Fatal(got)
		}
	})
	t.Run("none", func(t *testing.T) {
		got := Total(3, 0)
		t.Log("got", got)
	})
}
`;

/** A folder with a Go module; `target`: the setting that says what Go is built for. */
function folderWith(host: Host, files: Readonly<Record<string, string>>, target?: string): string {
  const folder = host.folder();
  host.write(folder, "go.mod", module);
  for (const [name, text] of Object.entries(files)) host.write(folder, name, text);
  if (target === undefined) return folder;
  mkdirSync(join(folder, ".vscode"));
  host.write(folder, ".vscode/settings.json", JSON.stringify({ "goWasm.go.target": target }));
  return folder;
}

/** Clicks the lens with this text above the line with that one. */
async function clickLens(window: Workbench, text: string, at = 0): Promise<void> {
  await window.editor
    .locator(".codelens-decoration a")
    .filter({ hasText: new RegExp(`^${text}$`) })
    .nth(at)
    .click();
}

uiTest("an export of a reactor is debugged from its lens, with arguments", async ({ host, open }) => {
  const window = await open(folderWith(host, { "main.go": reactor }), "main.go");
  await window.language("Go");
  const line = await window.clickGutter("sum := price");
  await clickLens(window, "debug");
  await window.input("Arguments of total(price i32, count i32)", "6 7");
  await window.stoppedAt(line);
  expect(await window.variable("count")).toBe("7");
  await window.press("F10");
  await window.stoppedAt(line + 1);
  expect(await window.variable("sum")).toBe("42");
  await window.press("F5");
  await window.sessionEnds();
  await window.consoleRow("42").waitFor();
  await noDebugProcess(host.server);
});

uiTest("a subtest is debugged from its lens, and no other runs", async ({ host, open }) => {
  const folder = folderWith(host, { "prices.go": prices, "prices_test.go": pricesTest }, "wasip1");
  const window = await open(folder, "prices_test.go");
  await window.language("Go");
  const line = await window.clickGutter('t.Log("got", got)');
  await clickLens(window, "debug wasm test", 2);
  await window.stoppedAt(line);
  expect(await window.variable("got")).toBe("0");
  await window.press("F5");
  await window.sessionEnds();
  await window.consoleRow("--- PASS: TestTotal/none").waitFor();
  expect(await window.consoleRow("one_by_one").count()).toBe(0);
  await noDebugProcess(host.server);
});

uiTest("a panic stops with its text and its stack", async ({ host, open }) => {
  const text = 'package main\n\nfunc main() {\n\tfail(nil)\n}\n\nfunc fail(m map[string]int) {\n\tm["a"] = 1\n}\n';
  const window = await open(folderWith(host, { "main.go": text }, "wasip1"), "main.go");
  await window.language("Go");
  await clickLens(window, "debug");
  const shown = window.page.locator(".exception-widget", { hasText: '"assignment to entry in nil map"' });
  await shown.waitFor();
  // VS Code makes links of the places.
  expect((await shown.locator("a").allInnerTexts()).filter((link) => link.includes("main.go"))).toEqual([
    expect.stringMatching(/main\.go:8$/),
    expect.stringMatching(/main\.go:4$/),
  ]);
  await window.press("Shift+F5");
  await window.sessionEnds();
  await noDebugProcess(host.server);
});

uiTest("a panic of a program that only runs is printed with its stack, whose places are links", async ({ host, open }) => {
  const text = 'package main\n\nfunc main() {\n\tfail(nil)\n}\n\nfunc fail(m map[string]int) {\n\tm["a"] = 1\n}\n';
  const window = await open(folderWith(host, { "main.go": text }, "wasip1"), "main.go");
  await window.language("Go");
  await clickLens(window, "run");
  await window.consoleRow("panic: assignment to entry in nil map").waitFor();
  await window.sessionEnds();
  await window.consoleRow("main.go:4 +").locator(".source").click();
  await window.page.locator('[id="status.editor.selection"]', { hasText: "Ln 4," }).waitFor();
  await noDebugProcess(host.server);
});

uiTest("a build that fails shows one dialog, which leads to the problems", async ({ host, open }) => {
  const text = "package main\n\nfunc main() {\n\tmissing(1)\n}\n";
  const window = await open(folderWith(host, { "main.go": text }, "wasip1"), "main.go");
  await window.language("Go");
  await clickLens(window, "run");
  const dialog = window.dialog(/1 problem\. undefined: missing \(main\.go:4\)/);
  await dialog.locator(".monaco-button", { hasText: "Open Problems" }).click();
  await dialog.waitFor({ state: "hidden" });
  await (await window.problem("undefined: missing")).waitFor();
  await noDebugProcess(host.server);
});

uiTest("beside a debugger for native Go, F5 is that one's until WebAssembly is the target", async ({ host, open }) => {
  const text = "package main\n\nfunc main() {\n\tprintln(1)\n}\n";
  const window = await open(folderWith(host, { "main.go": text }), "main.go");
  await window.language("Go");
  await window.clickGutter("println(1)");
  await window.press("F5");
  await window.notification(/The stub debugs Go natively/).waitFor();
  expect(await window.editor.locator(".codelens-decoration").count()).toBe(0);

  const chosen = await open(folderWith(host, { "main.go": text }, "wasip1"), "main.go");
  await chosen.language("Go");
  const line = await chosen.clickGutter("println(1)");
  await clickLens(chosen, "debug");
  await chosen.stoppedAt(line);
  await chosen.press("F5");
  await chosen.sessionEnds();
  await noDebugProcess(host.server);
});
