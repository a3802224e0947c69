import { expect } from "vitest";
import { uiTests } from "./support/suite.ts";

const uiTest = uiTests();

uiTest("a WAT error that is typed gets a squiggle and an entry in Problems, and loses both when it is undone", async ({ host, open }) => {
  const window = await open(host.samples(), "wat/factorial.wat");
  await window.language("WebAssembly Text");
  const line = window.lineOf("i32.lt_s");
  await window.goTo(line);
  await window.press("End");
  await window.page.keyboard.type("x");
  await window.editor.locator(".squiggly-error").first().waitFor({ state: "attached" });
  await window.problem(/i32\.lt_sx/);
  expect(await window.errorCount()).toBe(1);
  await window.focusEditor();
  await window.press("Control+Z");
  await window.editor.locator(".squiggly-error").first().waitFor({ state: "detached" });
});

uiTest("a Go pointer to a struct without HostLayout gets a squiggle and the compiler's words in Problems", async ({ host, open }) => {
  const window = await open(host.samples(), "go-reactor/mistakes.go");
  await window.language("Go");
  await window.editor.locator(".squiggly-error").first().waitFor({ state: "attached" });
  await window.problem("go:wasmexport: unsupported parameter type *Size");
});

uiTest("a correct Go file has no error, and one as soon as a directive is wrong", async ({ host, open }) => {
  const window = await open(host.samples(), "go-reactor/main.go");
  await window.language("Go");
  await window.goTo(window.lineOf("//go:wasmexport add"));
  await window.press("End");
  await window.page.keyboard.type(" twice");
  // The one error proves that the server has looked at the file, and so that the rest has none.
  await window.problem("usage: //go:wasmexport exportname");
  expect(await window.errorCount()).toBe(1);
});

uiTest("instructions, names and comments of a .wat file have colours of their own", async ({ host, open }) => {
  const window = await open(host.samples(), "wat/factorial.wat");
  await window.language("WebAssembly Text");
  await window.goTo(window.lineOf("i32.lt_s"));
  const colours = await Promise.all([
    window.tokenColour(";; value = factorial(i + 1)"),
    window.tokenColour("i32.lt_s"),
    window.tokenColour("$count"),
    window.plainColour(),
  ]);
  expect(new Set(colours).size).toBe(4);
});

uiTest("a well-formed and a malformed //go:wasmexport have different colours, and neither is that of a comment", async ({ host, open }) => {
  const window = await open(host.samples(), "go-reactor/main.go");
  await window.language("Go");
  const line = window.lineOf("//go:wasmexport add");
  await window.goTo(line);
  const wellFormed = await window.tokenColour("go:wasmexport", "//go:wasmexport add");
  const comment = await window.tokenColour("add shows the numeric types");
  await window.press("End");
  await window.page.keyboard.type(" twice");
  await window.editor.locator(".view-line", { hasText: "add twice" }).waitFor();
  const malformed = await window.tokenColour("go:wasmexport", "add twice");
  expect(new Set([wellFormed, comment, malformed]).size).toBe(3);
});
