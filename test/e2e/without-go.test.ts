// What needs no Go installation, on a machine that has none.
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect } from "vitest";
import { uiTests } from "./support/suite.ts";

const path = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => !existsSync(join(folder, "go")));
const uiTest = uiTests({ env: { ...process.env, PATH: path.join(delimiter), GOROOT: "" } });

const goMod = "module example.com/m\n\ngo 1.24\n";

uiTest("a struct of another file: the hover says why it cannot cross, and a fix by keyboard marks it there", async ({ host, open }) => {
  const folder = host.folder();
  host.write(folder, "go.mod", goMod);
  host.write(folder, "shape/point.go", "package shape\n\ntype Point struct {\n\tX, Y float64\n}\n");
  host.write(
    folder,
    "main.go",
    'package main\n\nimport "example.com/m/shape"\n\n//go:wasmexport area\nfunc area(p *shape.Point) float64 {\n\treturn p.X * p.Y\n}\n\nfunc main() {}\n',
  );
  const window = await open(folder, "main.go");
  await window.language("Go");
  const squiggle = window.editor.locator(".squiggly-error").first();
  await squiggle.waitFor({ state: "attached" });
  await window.goTo(6, 14);
  await window.press("Control+K", "Control+I");
  const hover = window.page.locator(".monaco-hover", { hasText: "go:wasmexport: unsupported parameter type *shape.Point" }).first();
  await hover.waitFor();
  expect((await hover.innerText()).replaceAll("\u00a0", " ")).toContain("Add _ structs.HostLayout as the first field of shape.Point");
  await window.press("Escape");

  await window.goTo(6, 14);
  await window.press("Control+.");
  await window.page.locator(".action-widget .monaco-list-row.action", { hasText: "HostLayout" }).first().waitFor();
  await window.press("Enter");
  await squiggle.waitFor({ state: "detached" });
  await window.command("File: Save All");
  const saved = (): string => readFileSync(join(folder, "shape/point.go"), "utf8");
  await expect.poll(saved).toBe('package shape\n\nimport "structs"\n\ntype Point struct {\n\t_    structs.HostLayout\n\tX, Y float64\n}\n');
  expect(await window.errorCount()).toBe(0);
});

uiTest("two folders of one workspace have modules and targets of their own", async ({ host, open }) => {
  const root = host.folder();
  for (const [name, target, type] of [
    ["one", "js", "int32"],
    ["two", "wasip1", "[]int32"],
  ] as const) {
    host.write(root, `${name}/go.mod`, goMod);
    host.write(root, `${name}/.vscode/settings.json`, JSON.stringify({ "goWasm.go.target": target }));
    host.write(root, `${name}/size/size.go`, `package size\n\ntype T ${type}\n`);
    host.write(
      root,
      `${name}/main.go`,
      'package main\n\nimport "example.com/m/size"\n\n//go:wasmexport mem\nfunc mem(s size.T) {}\n\nfunc main() { select {} }\n',
    );
  }
  host.write(root, "both.code-workspace", JSON.stringify({ folders: [{ path: "one" }, { path: "two" }] }));
  const workspace = join(root, "both.code-workspace");
  const one = await open(join(root, "one"), "main.go", { workspace });
  // The name is the linker's own in js alone.
  await one.problem("linker exports mem itself");
  expect(await one.errorCount()).toBe(1);
  const two = await open(join(root, "two"), "main.go", { workspace });
  await two.problem("unsupported parameter type size.T");
  expect(await two.errorCount()).toBe(1);
});
