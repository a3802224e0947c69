// What Go's own parser says of expressions (go/parser), on which Delve's error texts come from, too.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseGoExpression } from "../../../../debug-adapter/src/expressions/go/parse.ts";

const expressions = [
  ..."i + 1|a+b*c&^d|f(x, y)|f()|f(a, b,)|s[1:3]|s[:]|s[1:]|s[:2]|s[1:2:3]|m[`k`].X|x.(int)+1|(*main.Point)(0x10)|[]byte(s)".split("|"),
  ...'main.Point{1,2}|main.Point{X: 1}|"a/b".X|!t|-x.y|*p.q|<-c|T[int,string](x)|[3]int{1}|map[string]int{}|&T{}|0x1.8p3|07_1i'.split("|"),
  ..."i +| i = 3|é = 1||(|)|a)|, a|a[|a[1:|a[i|a[]|(x|(a,b)|f(x|f(x:|f(a b)|f(...)|T{1|a b|1 2|x.|a.b.|i++|i := 3|if x".split("|"),
  ..."a ? b|a @ b|\"abc|`abc|'ab'|x.(*T|map[string|struct{A int|chan<- int(x)|a == == b|x[1](".split("|"),
];

test("errors are those of Go's parser, and so is what is accepted", { timeout: 60_000 }, () => {
  const folder = join(import.meta.dirname, "parser");
  const env = { ...process.env, GOOS: "", GOARCH: "", GOFLAGS: "", GOWORK: "off" };
  const said = execFileSync("go", ["run", "."], { cwd: folder, env, input: expressions.join("\n") + "\n", encoding: "utf8" });
  expect(expressions.map((text) => `${text} -> ${answer(text)}`)).toEqual(
    said
      .trimEnd()
      .split("\n")
      .map((line, at) => `${expressions[at]} -> ${line}`),
  );
});

function answer(text: string): string {
  try {
    parseGoExpression(text);
    return "ok";
  } catch (error) {
    return (error as Error).message;
  }
}
