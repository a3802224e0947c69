import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { uiTests } from "./support/suite.ts";

const uiTest = uiTests({
  settings: { "goWasm.wat.inlayHints.stack": true, "[wat]": { "editor.formatOnSave": true }, "files.autoSave": "off" },
});

/** A megabyte of functions, and then the ones that are looked at. */
const filler = "  (func (param i32) (result i32)\n    local.get 0\n    i32.const 1\n    i32.add)\n".repeat(14_000);
const text = `(module
${filler}  (func $last (param $count i64) (result i32)
    local.get $count

  )
  (func $old (param i32) (result i32)
    get_local 0)
  (func $crooked (result i32)
         i32.const     7)
)
`;

uiTest(
  "a .wat file has colours; an error that is typed gets a squiggle and an entry in Problems, and loses both when it is undone",
  async ({ host, open }) => {
    const window = await open(host.samples(), "wat/factorial.wat");
    await window.language("WebAssembly Text");
    const line = window.lineOf("i32.lt_s");
    await window.goTo(line);
    const colours = await Promise.all([
      window.tokenColour(";; value = factorial(i + 1)"),
      window.tokenColour("i32.lt_s"),
      window.tokenColour("$count"),
      window.plainColour(),
    ]);
    expect(new Set(colours).size).toBe(4);
    await window.press("End");
    await window.page.keyboard.type("x");
    await window.editor.locator(".squiggly-error").first().waitFor({ state: "attached" });
    await window.problem(/i32\.lt_sx/);
    expect(await window.errorCount()).toBe(1);
    await window.focusEditor();
    await window.press("Control+Z");
    await window.editor.locator(".squiggly-error").first().waitFor({ state: "detached" });
  },
);

uiTest("a Go pointer to a struct without HostLayout gets a squiggle and the compiler's words in Problems", async ({ host, open }) => {
  const window = await open(host.samples(), "go-reactor/mistakes.go");
  await window.language("Go");
  await window.editor.locator(".squiggly-error").first().waitFor({ state: "attached" });
  await window.problem("go:wasmexport: unsupported parameter type *Size");
});

uiTest(
  "a correct Go file has no error; a directive made wrong gets one, and another colour, neither that of a comment",
  async ({ host, open }) => {
    const window = await open(host.samples(), "go-reactor/main.go");
    await window.language("Go");
    await window.goTo(window.lineOf("//go:wasmexport add"));
    const wellFormed = await window.tokenColour("go:wasmexport", "//go:wasmexport add");
    const comment = await window.tokenColour("add shows the numeric types");
    await window.press("End");
    await window.page.keyboard.type(" twice");
    await window.editor.locator(".view-line", { hasText: "add twice" }).waitFor();
    const malformed = await window.tokenColour("go:wasmexport", "add twice");
    expect(new Set([wellFormed, comment, malformed]).size).toBe(3);
    // The one error proves that the server has looked at the file, and so that the rest has none.
    await window.problem("usage: //go:wasmexport exportname");
    expect(await window.errorCount()).toBe(1);
  },
);

uiTest("in a .wat file of 1 MB one is helped while reading and writing", async ({ host, open }) => {
  const folder = host.folder();
  host.write(folder, "large.wat", text);
  const window = await open(folder, "large.wat");
  const { page, editor } = window;
  await window.language("WebAssembly Text");
  const line = (shown: string) => editor.locator(".view-line", { hasText: shown }).first();

  // The stack behind a line, as a hint in it.
  await window.goTo(window.lineOf("local.get $count") + 1);
  await line("local.get $count").filter({ hasText: "[i64]" }).waitFor();

  // Completion: what fits the stack comes first.
  await page.keyboard.type("    i64.e");
  await window.press("Control+Space");
  const suggestions = page.locator(".suggest-widget .monaco-list-row");
  await suggestions
    .filter({ hasText: /^i64\.eqz/ })
    .first()
    .waitFor();
  expect(await suggestions.first().innerText()).toMatch(/^i64\.eqz/);
  await window.press("Enter");

  // Hover: the stack at this place.
  await window.goTo(window.lineOf("local.get $count") + 1, 6);
  expect(await window.hover("Stack before")).toMatch(/Stack before:\s*\[i64\]/);

  // Rename: by F2, wherever the name stands.
  await window.goTo(window.lineOf("local.get $count"), 16);
  await window.press("F2");
  const name = page.locator(".rename-box input");
  await name.waitFor();
  await name.fill("$number");
  await window.press("Enter");
  await line("local.get $number").waitFor();
  await line("(param $number i64)").waitFor();

  // A fix by keyboard: the misspelled instruction is the only error that is left.
  await window.goTo(window.lineOf("get_local 0"), 6);
  await editor.locator(".squiggly-error").first().waitFor({ state: "attached" });
  await window.fix("local.get");
  await editor.locator(".squiggly-error").first().waitFor({ state: "detached" });

  // Format on save.
  await window.press("Control+S");
  const written = text
    .replaceAll("$count", "$number")
    .replace("$number\n\n  )", "$number\n    i64.eqz\n  )")
    .replace("get_local", "local.get")
    .replace("         i32.const     7", "    i32.const 7");
  await expect.poll(() => readFileSync(join(folder, "large.wat"), "utf8").slice(filler.length), { timeout: 20_000 }).toBe(written.slice(filler.length)); // prettier-ignore
});
