import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { commands } from "../../core/contract/commands.ts";
import { uiTests } from "./support/suite.ts";

const uiTest = uiTests();

uiTest("building a .wat writes the module beside it, where the explorer shows it and V8 accepts it", async ({ host, open }) => {
  const folder = host.samples();
  const window = await open(folder, "wat/hello.wat");
  await window.language("WebAssembly Text");
  await window.command(commands["goWasm.buildWat"].title);
  await window.notification(/Built wat[/\\]hello\.wasm/).waitFor();
  // The workbench may not yet watch a folder that was opened a moment ago.
  await window.command("Refresh Explorer");
  await window.explorerRow("hello.wasm").waitFor();
  const built = join(folder, "wat/hello.wasm");
  await expect.poll(() => existsSync(built) && WebAssembly.validate(readFileSync(built))).toBe(true);
});

uiTest("building a wrong .wat writes nothing and reports the error", async ({ host, open }) => {
  const folder = host.samples();
  host.write(folder, "wat/wrong.wat", '(module\n  (func (export "f") (result i32)\n    i64.const 1))\n');
  const window = await open(folder, "wat/wrong.wat");
  await window.language("WebAssembly Text");
  await window.command(commands["goWasm.buildWat"].title);
  await window.notification(/wrong\.wat was not built/).waitFor();
  await window.problem(/should give i32 here/);
  expect(existsSync(join(folder, "wat/wrong.wasm"))).toBe(false);
});

uiTest("a .wasm is shown as text, coloured as WAT", async ({ host, open }) => {
  const window = await open(host.samples(), "c/main.c");
  await window.language("C");
  await window.openFromExplorer("main.wasm");
  await window.tab("main.wasm").waitFor();
  await window.command(commands["goWasm.showWasmAsText"].title);
  await window.editor.locator(".view-line", { hasText: "(module" }).first().waitFor();
  await window.language("WebAssembly Text");
});

uiTest("running a .wat prints what it prints", async ({ host, open }) => {
  const window = await open(host.samples(), "wat/hello.wat");
  await window.language("WebAssembly Text");
  await window.command(commands["goWasm.run"].title);
  await window.consoleRow("Hello from hand-made Wasm").waitFor();
  await window.sessionEnds();
});
