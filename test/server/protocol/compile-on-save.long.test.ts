/** How the compiler is run when a Go file is saved, with a `go` that writes down how it was called and says what it is told to say. */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Diagnostic } from "vscode-languageserver-types";
import { LspClient } from "../../support/lsp-client.ts";
import { bundleServer, type ServerBundle } from "../../support/server-bundle.ts";

let bundle: ServerBundle;
beforeAll(async () => {
  bundle = await bundleServer(["server"]);
});
afterAll(() => bundle.dispose());

let folder: string;
let client: LspClient;
let version = 1;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "go-wasm-fake-go-")));
  write("m/go.mod", "module example.com/m\n\ngo 1.24\n");
  write("go/src/runtime/runtime.go", "package runtime\n");
  write("go/VERSION", "go1.26.8\n");
  mkdirSync(join(folder, "temp"));
  // A child of its own stands for the compiler that the go command starts.
  write(
    "go/bin/go",
    `#!/bin/sh
echo "$PWD" >> "${folder}/folders"
cd "${folder}" || exit 3
echo "$GOOS/$GOARCH $GOTOOLCHAIN $GOPROXY: $*" >> calls
# As the go command does, which removes it when it ends by itself.
work=$(mktemp -d "\${GOTMPDIR:-$TMPDIR}/go-buildXXXXXX")
if [ -e hang ]; then
  sleep 1000 &
  echo "$$ $!" >> hanging
  wait
fi
[ -e meanwhile ] && mv meanwhile done && sh done
rmdir "$work"
cat answer >&2 2>/dev/null
[ -s answer ] && exit 1
exit 0
`,
  );
  chmodSync(join(folder, "go/bin/go"), 0o755);
  write("answer", "");
});
afterEach(async () => {
  await client.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(settings: Record<string, unknown> = {}, env: Record<string, string> = {}): Promise<void> {
  client = await LspClient.start(bundle.server, {
    initializationOptions: { goWasm: settings },
    env: { GOROOT: join(folder, "go"), TMPDIR: join(folder, "temp"), GOFLAGS: "", ...env },
  });
}

const uriOf = (path: string): string => pathToFileURL(join(folder, "m", path)).href;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function open(path: string, text: string): void {
  write(`m/${path}`, text);
  client.open(uriOf(path), "go", text);
}

function save(path: string): void {
  client.notify("textDocument/didSave", { textDocument: { uri: uriOf(path) } });
}

/** How `go` was called, one time a line; the temporary file that it was to write is OUT. */
function calls(): string[] {
  return lines("calls").map((line) => line.replace(/-o \S+/, "-o OUT").replaceAll(folder, ""));
}

async function called(count: number): Promise<string[]> {
  await expect.poll(() => calls().length, { timeout: 10_000, interval: 20 }).toBe(count);
  return calls();
}

function firstLine(message: Diagnostic["message"]): string {
  return (typeof message === "string" ? message : message.value).split("\n", 1)[0]!;
}

async function errors(path: string): Promise<string[]> {
  const items = await client.diagnostics(uriOf(path));
  return items.filter(({ severity }) => severity === 1).map(({ range, message }) => `${range.start.line + 1} ${firstLine(message)}`);
}

const text = "package main\n\n//go:wasmexport f\nfunc f() {}\n\nfunc main() {}\n";

describe("the command line", () => {
  test.each<[string, Record<string, unknown>, string, string, string]>([
    ["auto", {}, "main.go", text, "wasip1/wasm local off: build -gcflags=-e -buildvcs=false -o OUT ."],
    [
      "wasip1-reactor",
      { "go.target": "wasip1-reactor" },
      "main.go",
      text,
      "wasip1/wasm local off: build -gcflags=-e -buildvcs=false -buildmode=c-shared -o OUT .",
    ],
    [
      "a library for a reactor",
      { "go.target": "wasip1-reactor" },
      "size.go",
      "package size\n",
      "wasip1/wasm local off: build -gcflags=-e -buildvcs=false -o OUT .",
    ],
    ["js", { "go.target": "js" }, "main.go", text, "js/wasm local off: build -gcflags=-e -buildvcs=false -o OUT ."],
    [
      "auto, for js",
      {},
      "main.go",
      'package main\n\nimport _ "syscall/js"\n\nfunc main() {}\n',
      "js/wasm local off: build -gcflags=-e -buildvcs=false -o OUT .",
    ],
    [
      "a test",
      { "go.target": "wasip1-reactor" },
      "main_test.go",
      "package main\n",
      "wasip1/wasm local off: test -c -vet=off -gcflags=-e -buildvcs=false -o OUT .",
    ],
    [
      "build tags",
      { "go.buildTags": "one, two" },
      "main.go",
      `//go:build two\n\n${text}`,
      "wasip1/wasm local off: build -gcflags=-e -buildvcs=false -tags=one,two -o OUT .",
    ],
  ])("for %s", async (_, settings, path, content, expected) => {
    await start(settings);
    open(path, content);
    save(path);
    expect(await called(1)).toEqual([expected]);
    await expect.poll(() => readdirSync(join(folder, "temp"))).toEqual([]);
  });

  test("takes the tags of GOFLAGS where no setting names any", async () => {
    await start({}, { GOFLAGS: "-v -tags=three,four" });
    open("main.go", `//go:build four\n\n${text}`);
    save("main.go");
    expect((await called(1))[0]).toContain("-tags=three,four ");
  });

  test("names the file where there is no module", async () => {
    rmSync(join(folder, "m/go.mod"));
    await start();
    open("main.go", text);
    save("main.go");
    expect(await called(1)).toEqual(["wasip1/wasm local off: build -gcflags=-e -buildvcs=false -o OUT /m/main.go"]);
  });
});

describe("Go is not run", () => {
  const plain = "package main\n\nfunc main() {}\n";
  test.each<[string, Record<string, unknown>, string]>([
    ["where the setting is off", { "go.compileOnSave": false }, text],
    ["where Go's diagnostics are off", { "go.diagnostics": false }, text],
    ["for a package that has nothing to do with WebAssembly", {}, plain],
  ])("%s", async (_, settings, content) => {
    await start(settings);
    open("main.go", content);
    save("main.go");
    // Done after it.
    open("other/other.go", text);
    client.notify("textDocument/didSave", { textDocument: { uri: uriOf("other/other.go") } });
    if (Object.keys(settings).length === 0) expect(await called(1)).toHaveLength(1);
    else await new Promise((resolve) => setTimeout(resolve, 300));
    expect(calls().length).toBe(Object.keys(settings).length === 0 ? 1 : 0);
  });

  test("where it is not installed, and all else works", async () => {
    await start({}, { GOROOT: "", PATH: dirname(process.execPath) });
    open("main.go", text.replace("f()", "f(a int)"));
    save("main.go");
    expect(await errors("main.go")).toEqual(["4 go:wasmexport: unsupported parameter type int"]);
    expect(calls()).toEqual([]);
  });
});

describe("the compiler wins", () => {
  const refused = text.replace("f()", "f(a int)");

  test("what it does not share is taken back until the text changes", async () => {
    await start();
    open("main.go", refused);
    expect(await errors("main.go")).toHaveLength(1);
    save("main.go");
    await called(1);
    await expect.poll(() => errors("main.go")).toEqual([]);
    client.change(uriOf("main.go"), ++version, { text: `${refused}\n` });
    expect(await errors("main.go")).toEqual(["4 go:wasmexport: unsupported parameter type int"]);
  });

  test("its own words take the place of ours at the same position", async () => {
    await start();
    open("main.go", refused);
    write("answer", "# example.com/m\n./main.go:4:6: go:wasmexport: unsupported parameter type surprise\n");
    save("main.go");
    await called(1);
    await expect.poll(() => errors("main.go")).toEqual(["4 go:wasmexport: unsupported parameter type surprise"]);
  });

  test("but not before it has come to them", async () => {
    await start();
    open("main.go", refused);
    write("answer", "# example.com/m\n./main.go:6:13: undefined: x\n");
    save("main.go");
    await expect.poll(() => errors("main.go")).toEqual(["4 go:wasmexport: unsupported parameter type int", "6 undefined: x"]);
  });

  test("and not where it could not be asked, as something would have to be fetched", async () => {
    await start();
    open("main.go", refused);
    write("answer", "go: go.mod requires go >= 1.99 (running go 1.26.8; GOTOOLCHAIN=local)\n");
    save("main.go");
    await called(1);
    await expect.poll(() => readdirSync(join(folder, "temp"))).toEqual([]);
    expect(await errors("main.go")).toEqual(["4 go:wasmexport: unsupported parameter type int"]);
  });

  test("a name that two packages export is told once, where it stands", async () => {
    await start();
    write("m/twice/twice.go", "package twice\n\n//go:wasmexport f\nfunc f() {}\n");
    open("main.go", text.replace("\n\n//", '\n\nimport _ "example.com/m/twice"\n\n//'));
    write(
      "answer",
      "# example.com/m\nlink: duplicated definition of symbol f, from example.com/m/twice (type STEXT size 1) and main (type STEXT size 1)\n",
    );
    save("main.go");
    await called(1);
    write("answer", "# example.com/m\n./main.go:8:13: undefined: x\n");
    save("main.go");
    await expect.poll(() => errors("main.go")).toEqual(["5 duplicated definition of symbol f", "8 undefined: x"]);
    write(
      "answer",
      "# example.com/m\nlink: duplicated definition of symbol f, from example.com/m/twice (type STEXT size 1) and main (type STEXT size 1)\n",
    );
    save("main.go");
    await expect.poll(() => errors("main.go")).toEqual(["5 duplicated definition of symbol f"]);
    write("answer", "# example.com/m\nlink: running gcc failed: exit status 1\n");
    save("main.go");
    await expect
      .poll(() => errors("main.go"))
      .toEqual(["5 duplicated definition of symbol f", "1 link: running gcc failed: exit status 1"]);
  });
});

/** Whether a process is there and does not only wait to be counted out. */
function lives(pid: number): boolean {
  const state = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).stdout.trim();
  return state !== "" && !state.startsWith("Z");
}

function lines(path: string): string[] {
  return existsSync(join(folder, path)) ? readFileSync(join(folder, path), "utf8").trimEnd().split("\n") : [];
}

/** The go command and its child, of each run that hangs. */
async function hanging(count: number): Promise<number[][]> {
  await expect.poll(() => lines("hanging").length, { timeout: 10_000, interval: 20 }).toBe(count);
  return lines("hanging").map((line) => line.split(" ").map(Number));
}

describe("processes", () => {
  test("what is written while the compiler runs is compiled again", async () => {
    await start();
    open("main.go", text);
    write("m/other.go", "package main\n");
    write("meanwhile", 'echo "package main // as another branch has it" > m/other.go\n');
    save("main.go");
    await called(2);
    await expect.poll(() => errors("main.go")).toEqual([]);
    expect(calls()).toHaveLength(2);
  });

  test("the next save ends the whole group of the one before, and what was lost is done again", async () => {
    await start();
    open("main.go", text);
    open("lib/lib.go", text.replace("package main", "package lib"));
    write("hang", "");
    save("main.go");
    const [first] = await hanging(1);
    rmSync(join(folder, "hang"));
    save("lib/lib.go");
    await called(3);
    await expect.poll(() => first!.some(lives)).toBe(false);
    await expect.poll(() => readdirSync(join(folder, "temp"))).toEqual([]);
  });

  test.each(["shutdown", "the death of the client", "a signal"])("%s ends all, and leaves no file behind", async (end) => {
    await start();
    open("main.go", text);
    write("hang", "");
    save("main.go");
    const [group] = await hanging(1);
    if (end === "shutdown") await client.stop();
    else {
      if (end === "a signal") client.process.kill("SIGTERM");
      else client.process.stdin!.end();
      await expect.poll(() => client.process.exitCode).not.toBe(null);
    }
    await expect.poll(() => group!.some(lives)).toBe(false);
    await expect.poll(() => readdirSync(join(folder, "temp"))).toEqual([]);
  });
});

test("the package that was saved last is compiled first", async () => {
  await start();
  for (const name of ["one", "two", "three"]) {
    mkdirSync(join(folder, "m", name));
    open(`${name}/main.go`, text);
  }
  write("hang", "");
  save("one/main.go");
  await hanging(1);
  save("two/main.go");
  await hanging(2);
  rmSync(join(folder, "hang"));
  save("three/main.go");
  await called(5);
  expect(lines("folders").map((path) => path.split("/").pop())).toEqual(["one", "two", "three", "two", "one"]);
});

test("a package that could not be compiled is tried again when go.mod was saved", async () => {
  await start();
  open("main.go", text);
  client.open(uriOf("go.mod"), "go.mod", "module example.com/m\n\ngo 1.99\n");
  write("answer", "go: go.mod requires go >= 1.99 (running go 1.26.8; GOTOOLCHAIN=local)\n");
  save("main.go");
  await called(1);
  await expect.poll(() => readdirSync(join(folder, "temp"))).toEqual([]);
  save("go.mod");
  await called(2);
});

test("a saved go.mod has the packages compiled again that have been compiled", async () => {
  await start();
  open("main.go", text);
  client.open(uriOf("go.mod"), "go.mod", "module example.com/m\n\ngo 1.24\n");
  save("go.mod");
  save("main.go");
  await called(1);
  await expect.poll(() => readdirSync(join(folder, "temp"))).toEqual([]);
  save("go.mod");
  await called(2);
});

test("another target has them compiled for that", async () => {
  await start({ "go.target": "wasip1" });
  open("main.go", text);
  save("main.go");
  await called(1);
  await expect.poll(() => readdirSync(join(folder, "temp"))).toEqual([]);
  client.notify("workspace/didChangeConfiguration", { settings: { goWasm: { go: { target: "js" } } } });
  expect((await called(2))[1]).toMatch(/^js\/wasm/);
});
