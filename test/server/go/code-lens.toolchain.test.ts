/** The arguments of the lenses on tests, against what the test program then runs. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { GoStart } from "#core/contract/go-start.ts";
import { GoDocument } from "#go-check/go-document.ts";
import { goCodeLenses } from "../../../server/src/go/code-lens.ts";

const folder = mkdtempSync(join(tmpdir(), "go-wasm-lens-"));
const program = join(folder, "p.test");
const text = `package p

import (
	"fmt"
	"testing"
)

func TestOne(t *testing.T) {
	t.Run("plain", func(t *testing.T) {
		t.Run("inner part (1)", func(t *testing.T) {})
		t.Run("inner part (2)", func(t *testing.T) {})
	})
	t.Run("a/b.c", func(t *testing.T) {})
	t.Run("a/bxc", func(t *testing.T) {})
	t.Run("quo\\"ted\\té[x]", func(t *testing.T) {})
}

func TestOneMore(t *testing.T) {}
func BenchmarkTwo(b *testing.B) {}
func FuzzThree(f *testing.F) {
	f.Add(1)
	f.Fuzz(func(t *testing.T, n int) {})
}

func Example_four() {
	fmt.Println("four")
	// Output: four
}
`;

beforeAll(() => {
  writeFileSync(join(folder, "go.mod"), "module example.com/p\n\ngo 1.24\n");
  writeFileSync(join(folder, "p_test.go"), text);
  execFileSync("go", ["test", "-c", "-o", program, "."], { cwd: folder });
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("each lens runs its test and no other", () => {
  const document = new GoDocument("/p/p_test.go", text, { uri: "file:///p/p_test.go" });
  const ran = goCodeLenses(document, { target: "wasip1", goVersion: "", siblings: [] }).map(({ command }) => {
    const { what } = command!.arguments![0] as GoStart;
    const output = execFileSync(program, [...(what as Extract<GoStart["what"], { kind: "test" }>).args, "-test.benchtime=1x"], {
      cwd: folder,
      encoding: "utf8",
    });
    return [...output.matchAll(/^=== RUN +(\S+)|^(Benchmark\S+?)(?:-\d+)?\s+1\s/gm)]
      .map(([, name, benchmark]) => name ?? benchmark)
      .join(" ");
  });
  expect(ran).toEqual([
    'TestOne TestOne/plain TestOne/plain/inner_part_(1) TestOne/plain/inner_part_(2) TestOne/a/b.c TestOne/a/bxc TestOne/quo"ted_é[x]',
    "TestOne TestOne/plain TestOne/plain/inner_part_(1) TestOne/plain/inner_part_(2)",
    "TestOne TestOne/plain TestOne/plain/inner_part_(1)",
    "TestOne TestOne/plain TestOne/plain/inner_part_(2)",
    "TestOne TestOne/a/b.c",
    "TestOne TestOne/a/bxc",
    'TestOne TestOne/quo"ted_é[x]',
    "TestOneMore",
    "BenchmarkTwo",
    "FuzzThree FuzzThree/seed#0",
    "Example_four",
  ]);
});
