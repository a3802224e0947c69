/** Wrappers that fixes write, run in node:wasi: the values arrive as they were sent. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WASI } from "node:wasi";
import { afterAll, beforeAll, expect, test } from "vitest";
import { goEnvironment } from "../../../support/go-toolchain.ts";
import { repaired } from "./repair.ts";

const source = `package main

import (
	"errors"
	"strings"
	"time"
	"unsafe"
)

var buffer [4096]byte

//go:wasmexport scratch
func scratch() unsafe.Pointer { return unsafe.Pointer(&buffer) }

type Point struct{ X, Y float64 }

type Person struct {
	Name string
	Tags []byte
	Age  int
	At   Point
}

//go:wasmexport sum
func sum(start int, xs ...int32) int {
	for _, x := range xs {
		start += int(x)
	}
	return start
}

//go:wasmexport months
func months(m time.Month, small int8, flags uint16) time.Month {
	return m + time.Month(small) + time.Month(flags)
}

//go:wasmexport upper
func upper(s string) string { return strings.ToUpper(s) }

//go:wasmexport square
func square(z complex128) complex128 { return z * z }

//go:wasmexport mirror
func mirror(p Point) Point { return Point{p.Y, p.X} }

//go:wasmexport last
func last(ints [3]int) int { return ints[2] }

//go:wasmexport older
func older(p *Person) *Person {
	p.Age++
	return &Person{Name: p.Name + string(p.Tags), Age: p.Age * 2, At: Point{p.At.X + 1, 0}}
}

//go:wasmexport half
func half(n int) (int, error) {
	if n%2 != 0 {
		return 0, errors.New("odd")
	}
	return n / 2, nil
}

//go:wasmexport keep
func keep(name string) map[string]int { return map[string]int{name: len(name)} }

//go:wasmexport size
func size(m map[string]int) int { return len(m) }

//go:wasmexport redirect
func redirect(p **int32) { *p = &target }

var target int32 = 77

type Counter struct{ n map[string]int }

//go:wasmexport count
func (c *Counter) Count(by int) int { return by + len(c.n) }

//go:wasmimport env add
func add(a int, b uint8) int

//go:wasmimport env divmod
func divmod(a, b int32) (q, r int)

//go:wasmimport env fill
func fill(data []byte) error

//go:wasmimport env greeting
func greeting(name string) string

//go:wasmimport env move
func move(p Point, by *int) Point

//go:wasmexport useImports
func useImports() int32 {
	q, r := divmod(47, 10)
	data := make([]byte, 3)
	if add(40, 2) != 42 || q != 4 || r != 7 || fill(data) != nil || string(data) != "abc" || fill(nil) == nil {
		return 1
	}
	by := 5
	if greeting("Ada") != "hi Ada" || move(Point{1, 2}, &by) != (Point{6, 7}) || by != 6 {
		return 2
	}
	return 0
}

func main() {}
`;

const folder = mkdtempSync(join(tmpdir(), "go-wasm-running-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Call = (...values: (number | bigint)[]) => number & bigint;
let go: Record<string, Call>;
let memory: WebAssembly.Memory;
let scratch: number;
const view = (): DataView => new DataView(memory.buffer);
const textAt = (address: number, length: number): string => new TextDecoder().decode(new Uint8Array(memory.buffer, address, length));
const put = (address: number, text: string): number => {
  new Uint8Array(memory.buffer).set(new TextEncoder().encode(text), address);
  return text.length;
};
/** A result with its address in the upper half and its length in the lower. */
const packed = (result: bigint): string => textAt(Number(BigInt.asUintN(64, result) >> 32n), Number(result & 0xffffffffn));

/** The host's side of the imports, as the wrappers want it. */
const env = {
  add: (a: number, b: number) => a + b,
  divmod(a: number, b: number, q: number, r: number) {
    view().setInt32(q, Math.trunc(a / b), true);
    view().setInt32(r, a % b, true);
  },
  fill(address: number, length: number) {
    if (length === 0) return 1;
    put(address, "abc");
    return 0;
  },
  greeting(name: number, length: number) {
    const written = put(scratch + 2048, `hi ${textAt(name, length)}`);
    return (BigInt(scratch + 2048) << 32n) | BigInt(written);
  },
  move(point: number, by: number) {
    const distance = Number(view().getBigInt64(by, true));
    view().setBigInt64(by, 6n, true);
    view().setFloat64(scratch + 3072, view().getFloat64(point, true) + distance, true);
    view().setFloat64(scratch + 3080, view().getFloat64(point + 8, true) + distance, true);
    return scratch + 3072;
  },
};

beforeAll(async () => {
  const { result, left } = repaired({
    id: "running",
    goos: "wasip1",
    files: { "go.mod": "module example.com/m\n\ngo 1.24\n", "main.go": source },
    expected: [],
  });
  expect(left).toEqual([]);
  for (const [path, text] of Object.entries(result.files)) writeFileSync(join(folder, path), text);
  expect(execFileSync("gofmt", ["-l", folder]).toString()).toBe("");
  const module = join(folder, "m.wasm");
  execFileSync("go", ["build", "-buildmode=c-shared", "-o", module, "."], {
    cwd: folder,
    env: goEnvironment({ os: "wasip1" }),
    timeout: 60_000,
  });
  const wasi = new WASI({ version: "preview1" });
  const { instance } = await WebAssembly.instantiate(readFileSync(module), { ...(wasi.getImportObject() as WebAssembly.Imports), env });
  wasi.initialize(instance);
  memory = instance.exports["memory"] as WebAssembly.Memory;
  go = instance.exports as Record<string, Call>;
  scratch = go["scratch"]!();
});

test("integers, slices and arrays", () => {
  [10, 20, 30].forEach((value, index) => view().setInt32(scratch + 4 * index, value, true));
  expect(go["sum"]!(-5, scratch, 3)).toBe(55);
  expect(go["months"]!(3, -2, 4)).toBe(5);
  [1n, 2n, 99n].forEach((value, index) => view().setBigInt64(scratch + 8 * index, value, true));
  expect(go["last"]!(scratch)).toBe(99);
});

test("strings", () => {
  expect(packed(go["upper"]!(scratch, put(scratch, "words")))).toBe("WORDS");
});

test("complex numbers and structs by value", () => {
  const square = go["square"]!(1, 2);
  expect([view().getFloat64(square, true), view().getFloat64(square + 8, true)]).toEqual([-3, 4]);
  view().setFloat64(scratch, 1.5, true);
  view().setFloat64(scratch + 8, -2, true);
  const mirrored = go["mirror"]!(scratch);
  expect([view().getFloat64(mirrored, true), view().getFloat64(mirrored + 8, true)]).toEqual([-2, 1.5]);
});

test("a struct with a string, a slice and another struct", () => {
  const [name, tags] = [scratch + 512, scratch + 600];
  [name, put(name, "Ada"), tags, put(tags, "!?"), 36].forEach((value, index) => view().setUint32(scratch + 4 * index, value, true));
  view().setFloat64(scratch + 24, 0.25, true);
  const person = go["older"]!(scratch);
  expect(view().getInt32(scratch + 16, true)).toBe(37);
  expect(textAt(view().getUint32(person, true), view().getUint32(person + 4, true))).toBe("Ada!?");
  expect([view().getInt32(person + 16, true), view().getFloat64(person + 24, true)]).toEqual([74, 1.25]);
});

test("an error is a status", () => {
  expect([go["half"]!(10, scratch), view().getInt32(scratch, true), go["half"]!(3, scratch)]).toEqual([0, 5, 1]);
});

test("what stays in Go has a handle", () => {
  expect(go["size"]!(go["keep"]!(scratch, put(scratch, "name")))).toBe(1);
});

test("a pointer to a pointer is read and written as the host's", () => {
  view().setUint32(scratch, 0, true);
  go["redirect"]!(scratch);
  expect(view().getInt32(view().getUint32(scratch, true), true)).toBe(77);
});

test("imports get what the wrapper converts, and give what it converts back", () => {
  expect(go["useImports"]!()).toBe(0);
});
