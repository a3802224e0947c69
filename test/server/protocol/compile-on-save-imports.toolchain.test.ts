/** What the compiler said of a package when one of the packages changes that it imports. */
import { beforeEach, expect, test } from "vitest";
import { savedGoFiles } from "../../support/saved-go-files.ts";

/** The line from 1 and the message. */
const files = savedGoFiles(({ range }, message) => `${range.start.line + 1} ${message}`);
const { uriOf, write, open, type, save, errors, becomes } = files;
beforeEach(() => files.start());

const marker = "_ structs.HostLayout\n\t";
const point = (first: string): string =>
  `package geom\n\nimport "structs"\n\ntype P struct {\n\t${first}X int32\n}\n\nvar _ structs.HostLayout\n`;
const user = (words: string): string =>
  `package main\n\nimport "example.com/m/geom"\n\n//go:wasmexport f\nfunc f(p *geom.P) {}\n\nfunc main() { ${words} }\n`;
const refused = "6 go:wasmexport: unsupported parameter type *geom.P";

/** Opens both files and saves the importing one. A third file, which is not open, shows when the compiler has spoken. */
async function compiled(geom: string, main: string): Promise<void> {
  open("geom/geom.go", geom);
  open("main.go", main);
  write("witness.go", "package main\n\n//go:wasmexport g\nfunc g(a int) {}\n");
  save("main.go", main);
  await files.client.published(({ uri, diagnostics }) => uri === uriOf("witness.go") && diagnostics.length > 0);
}

test("a struct that is mended where it comes from is no error any more, before and after that is saved", async () => {
  await compiled(point(""), user(""));
  expect(await errors("main.go")).toEqual([refused]);
  type("geom/geom.go", point(marker));
  expect(await errors("main.go")).toEqual([]);
  save("geom/geom.go", point(marker));
  expect(await errors("main.go")).toEqual([]);
  type("geom/geom.go", point(""));
  expect(await errors("main.go")).toEqual([refused]);
});

test("a struct that is spoilt where it comes from is an error at once, whatever the compiler said before", async () => {
  await compiled(point(marker), user(""));
  expect(await errors("main.go")).toEqual([]);
  type("geom/geom.go", point(""));
  expect(await errors("main.go")).toEqual([refused]);
});

test("what was missing in another package is no error any more once that is saved with it", async () => {
  open("geom/geom.go", point(marker));
  open("main.go", user("geom.Missing()"));
  save("main.go", user("geom.Missing()"));
  await becomes("main.go", ["8 undefined: geom.Missing"]);
  save("geom/geom.go", `${point(marker)}\nfunc Missing() {}\n`);
  await becomes("main.go", []);
});
