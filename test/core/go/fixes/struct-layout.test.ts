/** Structs of the standard library, which gofmt has laid out, and small ones that it lays out here. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { layoutStruct } from "#core/go/fixes/struct-layout.ts";
import { parseGoFile } from "#core/go/source/parser.ts";

/** Each struct of a type declaration as it stands, and as it is laid out; undefined for comments in odd places. */
function layouts(text: string): { source: string; laid: string | undefined }[] {
  return parseGoFile("x.go", text).types.flatMap(({ type, name }) => {
    if (type.kind !== "struct") return [];
    const line = text.lastIndexOf("\n", name.span.start) + 1;
    const indentation = /^\t*/u.exec(text.slice(line))![0];
    return [{ source: text.slice(type.span.start, type.span.end), laid: layoutStruct(text, type, indentation) }];
  });
}

test("what gofmt has laid out stays as it is", () => {
  const root = execFileSync("go", ["env", "GOROOT"], { env: { ...process.env, GOTOOLCHAIN: "local" } })
    .toString()
    .trim();
  let understood = 0;
  let all = 0;
  for (const folder of [
    "net/http",
    "go/ast",
    "go/types",
    "encoding/json",
    "runtime",
    "debug/dwarf",
    "crypto/tls",
    "syscall",
    "os",
    "reflect",
  ]) {
    for (const name of readdirSync(join(root, "src", folder))) {
      if (!name.endsWith(".go")) continue;
      for (const { source, laid } of layouts(readFileSync(join(root, "src", folder, name), "utf8"))) {
        all++;
        if (laid === undefined) continue;
        understood++;
        expect(laid, `${folder}/${name}`).toBe(source);
      }
    }
  }
  expect(all).toBeGreaterThan(1000);
  expect(understood / all).toBeGreaterThan(0.9);
});

test.each([
  "struct{ _ structs.HostLayout; x int32 }",
  "struct{ x int32 }",
  "struct{ x, y int32 }",
  "struct{ averyverylongname map[string]map[string]int }",
  'struct{ x int32 `json:"x"` }',
  "struct{ x struct{ y int32; longer string }; z int }",
  "struct{ a int `a`; bcd string; Embedded; *pkg.Other `b`; ef, g [3]struct{} }",
  "struct {\n a int // one\n bcd string // two\n\n\n // above\n e Embedded\n Embedded // three\n}",
  "struct {\n\n a struct {\n  b int\n  cde string\n }\n fgh int\n ijklm string\n\n}",
  "struct {\n éa int\n 名前 string\n x int `t` // c\n longer string // d\n}",
  "struct{ a []struct{ b int32 }; c [2]struct{ d, e int32 }; f *struct{ g struct{ h int } } }",
])("as gofmt lays out %s", (type) => {
  const text = `package p\n\ntype T ${type}\n`;
  expect(layouts(text)[0]!.laid).toBe(execFileSync("gofmt", { input: text }).toString().slice("package p\n\ntype T ".length, -1));
});
