import { expect } from "vitest";
import { commands } from "../../core/contract/commands.ts";
import { uiTests } from "./support/suite.ts";

// Where there are files there is a machine here, so it is the user's setting that has the window's own worker run the extension.
const uiTest = uiTests({ settings: { "remote.extensionKind": { "go-wasm.go-wasm": ["web"] } } });

const script = `(module
  (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func (export "divide") (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1))))
(assert_return (invoke "add" (i32.const 40) (i32.const 2)) (i32.const 42))
(assert_trap (invoke "divide" (i32.const 1) (i32.const 0)) "integer divide by zero")
(assert_return (invoke "add" (i32.const 1) (i32.const 1)) (i32.const 3))
`;

uiTest(
  "in a browser without a machine, WebAssembly text has errors, completions and hovers, and F5 says what it needs",
  async ({ openWithoutMachine }) => {
    const window = await openWithoutMachine("WebAssembly Text");
    await window.page.keyboard.type("(module (func (param i32 i32) (result i32) local.get 0 local.get 1 i32.lt_sx");
    await window.editor.locator(".squiggly-error").first().waitFor({ state: "attached" });
    await window.problem(/i32\.lt_sx/);
    expect(await window.errorCount()).toBe(1);

    await window.focusEditor();
    await window.press("Backspace", "Backspace", "Control+Space");
    const suggestion = window.page.locator(".suggest-widget .monaco-list-row", { hasText: "i32.lt_s" }).first();
    await suggestion.waitFor();
    await suggestion.click();
    await window.editor.locator(".squiggly-error").first().waitFor({ state: "detached" });
    expect(await window.hover("Stack before")).toMatch(/Stack before:\s*\[i32 i32\]/);

    // What needs a machine is not offered.
    await window.press("F1");
    await window.page.locator(".quick-input-widget input").fill(">Go WebAssembly");
    const offered = window.page.locator(".quick-input-list .monaco-list-row", { hasText: "Go WebAssembly" });
    await offered.first().waitFor();
    const rows = (await offered.allInnerTexts()).join("\n");
    expect(rows).toContain(commands["goWasm.restartServer"].title);
    for (const name of ["goWasm.buildWat", "goWasm.run", "goWasm.debug", "goWasm.writeDwarf"] as const)
      expect(rows).not.toContain(commands[name].title);
    await window.press("Escape");
    await window.focusEditor();
    await window.press("F5");
    await window.dialog(/Debugging WebAssembly needs Node\.js.*connected to a machine/s).waitFor();
  },
);

uiTest("in a worker of the browser, scripts are run, and Go is checked", async ({ host, open }) => {
  const folder = host.folder();
  host.write(folder, "script.wast", script);
  host.write(folder, "go.mod", "module example.com/m\n\ngo 1.24\n");
  host.write(
    folder,
    "main.go",
    "package main\n\n//go:wasmexport twice\nfunc twice(n int) int32 {\n\treturn int32(n) * 2\n}\n\nfunc main() {}\n",
  );
  const window = await open(folder, "script.wast");
  await window.language("WebAssembly Test Script");
  await window.editor.locator(".codelens-decoration a", { hasText: "run assertions" }).click();
  await window.editor.locator(".codelens-decoration", { hasText: "3 passed, 1 failed" }).waitFor();
  await window.editor.locator(".view-line", { hasText: "✗ It returned i32 2." }).waitFor();
  // Its worker ends, and another one starts.
  await window.command(commands["goWasm.restartServer"].title);
  await window.openFromExplorer("main.go");
  await window.language("Go");
  await window.problem("go:wasmexport: unsupported parameter type int");
});
