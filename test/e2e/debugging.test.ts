import { expect } from "vitest";
import { debugProcesses, noDebugProcess } from "./support/processes.ts";
import { uiTests } from "./support/suite.ts";
import type { Workbench } from "./support/workbench.ts";

const uiTest = uiTests();

/** The values of these variables in the variables view. */
async function values(window: Workbench, ...names: string[]): Promise<Record<string, string | undefined>> {
  const rows = await window.variables(...names);
  return Object.fromEntries(names.map((name) => [name, rows.find((row) => row.name === name)?.value]));
}

uiTest("C: breakpoint by gutter click, F5, call stack, variables, step in, debug console, end", async ({ host, open }) => {
  const window = await open(host.samples("C: main"), "c/main.c");
  await window.language("C");
  const line = await window.clickGutter("deposit(&balance, interest);");
  await window.press("F5");
  await window.stoppedAt(line);
  expect(debugProcesses(host.server).length).toBeGreaterThanOrEqual(2);
  const [top, caller] = await window.callStack(2);
  expect(top).toMatch(new RegExp(`^grow.* main\\.c ${line}:`));
  expect(caller).toMatch(new RegExp(`^main.* main\\.c ${window.lineOf("grow(100.0, percent, 3)")}:`));
  expect(await values(window, "interest", "percent", "years", "year")).toEqual({ interest: "3", percent: "3", years: "3", year: "1" });

  await window.press("F11");
  await window.stoppedAt(window.lineOf("double before = *balance;"));
  await window.evaluate("amount");
  await window.consoleResult("3").waitFor();
  await window.evaluate("*balance");
  await window.consoleResult("100").waitFor();

  await window.press("Shift+F11");
  await window.variableBecomes("balance", "103");
  await window.removeBreakpoint("deposit(&balance, interest);");
  await window.press("F5");
  await window.sessionEnds();
  await window.consoleRow("grade A: 3 percent make 109.27, gcd 21, 5 digits").waitFor();
  await noDebugProcess(host.server);
});

uiTest("AssemblyScript: breakpoint by gutter click, F5, call stack, variables, step, debug console, end", async ({ host, open }) => {
  const window = await open(host.samples("AssemblyScript: countPrimes"), "assemblyscript/assembly/index.ts");
  await window.language("TypeScript");
  const line = await window.clickGutter("const rest = candidate % divisor;");
  await window.press("F5");
  await window.stoppedAt(line);
  const [top, caller] = await window.callStack(2);
  expect(top).toMatch(new RegExp(`isPrime.* index\\.ts ${line}:`));
  expect(caller).toMatch(new RegExp(`countPrimes.* index\\.ts ${window.lineOf("if (isPrime(candidate))")}:`));
  expect(await values(window, "candidate", "divisor")).toEqual({ candidate: "4", divisor: "2" });

  await window.press("F10");
  await window.stoppedAt(window.lineOf("if (rest == 0) return false;"));
  await window.evaluate("candidate");
  await window.consoleResult("4").waitFor();

  await window.removeBreakpoint("const rest = candidate % divisor;");
  await window.press("F5");
  await window.sessionEnds();
  await window.consoleRow("10").waitFor();
  await noDebugProcess(host.server);
});

uiTest("Go: the package is built; breakpoint by gutter click, goroutine, call stack, variables, step, end", async ({ host, open }) => {
  const window = await open(host.samples("Go: hello"), "go-hello/main.go");
  await window.language("Go");
  const line = await window.clickGutter("words <- text");
  await window.press("F5");
  await window.stoppedAt(line);
  const goroutines = window.page.locator(".debug-call-stack .monaco-list-row");
  await goroutines.filter({ hasText: "[Go 1] main.main" }).waitFor();
  await goroutines
    .filter({ hasText: /\* \[Go \d+\] main\.greet/ })
    .locator(".monaco-tl-twistie")
    .click();
  const [top] = await window.callStack(1);
  expect(top).toMatch(new RegExp(`greet.* main\\.go ${line}:`));
  expect(await values(window, "name", "text")).toEqual({ name: '"WebAssembly"', text: '"Hello, WebAssembly!"' });

  await window.press("F10");
  await window.stoppedAt(line + 1);
  await window.removeBreakpoint("words <- text");
  await window.press("F5");
  await window.sessionEnds();
  await window.consoleRow("Hello, WebAssembly!").waitFor();
  await noDebugProcess(host.server);
});

const handover = `package main

import "fmt"

type order struct {
	Item  string
	Count int
}

func bake(orders chan<- order) {
	orders <- order{"bread", 2}
	orders <- order{"cake", 1}
	close(orders)
}

func main() {
	orders := make(chan order)
	go bake(orders)
	first := <-orders
	second := <-orders
	fmt.Println(first.Item, second.Count)
}
`;

uiTest("F5 on a Go package needs no launch.json: goroutines, variables, a step over a channel receive", async ({ host, open }) => {
  const folder = host.folder();
  host.write(folder, "go.mod", "module example.com/bakery\n\ngo 1.24\n");
  host.write(folder, "main.go", handover);
  host.write(folder, ".vscode/settings.json", JSON.stringify({ "goWasm.go.target": "wasip1" }));
  const window = await open(folder, "main.go");
  await window.language("Go");
  const line = await window.clickGutter("first := <-orders");
  await window.press("F5");
  await window.stoppedAt(line);
  const goroutines = window.page.locator(".debug-call-stack .monaco-list-row");
  await goroutines.filter({ hasText: "* [Go 1] main.main" }).waitFor();
  // It has not begun.
  await goroutines.filter({ hasText: /\[Go \d+\] main\.main\.gowrap1/ }).waitFor();

  await window.press("F10");
  await window.stoppedAt(line + 1);
  expect(await window.variable("first")).toBe('main.order {Item: "bread", Count: 2}');
  await window.press("F10");
  await window.stoppedAt(line + 2);
  expect(await window.variable("second")).toBe('main.order {Item: "cake", Count: 1}');
  await window.press("F5");
  await window.sessionEnds();
  await window.consoleRow("bread 1").waitFor();
  await noDebugProcess(host.server);
});

uiTest("WAT: breakpoint by gutter click, F5, call stack, variables, step, debug console, end", async ({ host, open }) => {
  const window = await open(host.samples("WAT: factorial"), "wat/factorial.wat");
  await window.language("WebAssembly Text");
  const line = await window.clickGutter("local.set $value");
  await window.press("F5");
  await window.stoppedAt(line);
  const [top] = await window.callStack(1);
  expect(top).toMatch(new RegExp(`factorials.* factorial\\.wat ${line}:`));
  expect(await values(window, "$count", "$i", "$value")).toEqual({ $count: "5", $i: "0", $value: "0" });

  await window.press("F10");
  await window.variableBecomes("$value", "1");
  await window.evaluate("$count");
  await window.consoleResult("5").waitFor();

  await window.removeBreakpoint("local.set $value");
  await window.press("F5");
  await window.sessionEnds();
  await window.consoleRow("153").waitFor();
  await noDebugProcess(host.server);
});

uiTest("F5 on a .wat file needs no launch.json", async ({ host, open }) => {
  const window = await open(host.samples(), "wat/hello.wat");
  await window.language("WebAssembly Text");
  const line = await window.clickGutter("call $fd_write");
  await window.press("F5");
  await window.stoppedAt(line);
  await window.press("F5");
  await window.sessionEnds();
  await window.consoleRow("Hello from hand-made Wasm").waitFor();
  await noDebugProcess(host.server);
});

uiTest("F5 on a .wat file without _start asks which export to call, and with what", async ({ host, open }) => {
  const window = await open(host.samples(), "wat/factorial.wat");
  await window.language("WebAssembly Text");
  const line = await window.clickGutter("(global.set $computed");
  await window.press("F5");
  await window.quickPick("factorial (i32)");
  await window.input("Arguments of factorial(i32)", "5");
  await window.stoppedAt(line);
  expect(await values(window, "$product")).toEqual({ $product: "120" });
  await window.press("F5");
  await window.sessionEnds();
  await window.consoleRow("120").waitFor();
  await noDebugProcess(host.server);
});

uiTest("Stop ends the program and the adapter", async ({ host, open }) => {
  const window = await open(host.samples("C: main"), "c/main.c");
  await window.language("C");
  const line = await window.clickGutter("deposit(&balance, interest);");
  await window.press("F5");
  await window.stoppedAt(line);
  await window.press("Shift+F5");
  await window.sessionEnds();
  await noDebugProcess(host.server);
});

uiTest("a module that is none gets a message that names the problem", async ({ host, open }) => {
  const folder = host.samples("C: main");
  host.write(folder, "c/main.wasm", "this is text, not a module");
  const window = await open(folder, "c/main.c");
  await window.language("C");
  // The sign proves that the workbench knows our debugger; before that F5 is lost.
  await window.clickGutter("deposit(&balance, interest);");
  await window.press("F5");
  await window.dialog(/main\.wasm/).waitFor();
  await noDebugProcess(host.server);
});
