import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { uiTests } from "./support/suite.ts";

// Without this option VS Code does not take one more extension out of a page's address.
const uiTest = uiTests({ options: ["--vscode-option", "enable-smoke-test-driver"] });
const helper = fileURLToPath(new URL("other-go-server", import.meta.url));

const main = `package main

//go:wasmexport get
func get() int32 {
	return missing
}

func main() {
	unused := 1
}
`;

uiTest(
  "beside another Go language server no error is shown twice, and what the compiler says on save comes and goes",
  async ({ host, open }) => {
    const folder = host.folder();
    host.write(folder, "go.mod", "module example.com/m\n\ngo 1.24\n");
    host.write(folder, "main.go", main);
    const window = await open(folder, "main.go", { helper });
    await window.language("Go");
    // The other server speaks at once.
    await window.problem("undefined: missing");
    await window.focusEditor();
    await window.press("Control+End");
    await window.page.keyboard.type("// saved");
    await window.press("Control+S");
    // That one does not know; this is how one sees that the compiler was asked.
    const fromCompiler = await window.problem("declared and not used: unused");
    expect(await window.problems("undefined: missing").count()).toBe(1);
    expect(await window.errorCount()).toBe(2);

    await window.goTo(window.lineOf("unused := 1"));
    await window.press("End");
    await window.page.keyboard.type("; _ = unused");
    await fromCompiler.waitFor({ state: "detached" });
    await window.press("Control+S");
    expect(await window.problems("undefined: missing").count()).toBe(1);
  },
);

uiTest("the target is chosen in the status bar and stored with the workspace, for gopls too", async ({ host, open }) => {
  const folder = host.folder();
  host.write(folder, "go.mod", "module example.com/m\n\ngo 1.24\n");
  host.write(folder, "main.go", main.replace("return missing", "return 1").replace("get\n", "mem\n"));
  const window = await open(folder, "main.go", { helper });
  await window.language("Go");
  const item = window.page.locator('[id$="goWasm.goTarget"]');
  await item.filter({ hasText: "Go: automatic" }).click();
  await window.pick("js");
  await window.pick("gopls for GOOS=js GOARCH=wasm too");
  await item.filter({ hasText: "Go: js" }).waitFor();
  // The name is the linker's own in js alone.
  await window.problem("mem");
  const read = (): unknown => JSON.parse(readFileSync(join(folder, ".vscode/settings.json"), "utf8"));
  await expect.poll(read).toEqual({ "goWasm.go.target": "js", gopls: { "build.env": { GOOS: "js", GOARCH: "wasm" } } });
});
