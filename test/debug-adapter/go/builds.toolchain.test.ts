// Builds of Go packages: what is told of them, how they are cancelled, and the ways in which the go command finds sources.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { adapterTests } from "../../support/adapter-test.ts";
import { markedLine } from "../../support/dap-client.ts";
import { buildLimit } from "./programs.ts";

const { connect } = adapterTests();
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "go-wasm-test-"));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const module = "module example.com/built\n\ngo 1.24\n";

describe("problems", () => {
  test("are told with their places, and again when there are none any more", { timeout: buildLimit }, async () => {
    const main = 'package main\n\nimport "example.com/built/inner"\n\nfunc main() {\n\tvar n int = "é" + missing\n\tinner.F(n)\n}\n';
    const inner = "package inner\n\nfunc F(n int) {}\n";
    const folder = folderWith({ "go.mod": module, "main.go": main, "inner/inner.go": inner });
    const client = connect();
    await client.initialize({ supportsProgressReporting: true });
    const response = await client.raw("launch", { program: folder });
    expect(response.success).toBe(false);
    // All of it for clients that show the message, one sentence for those that show a dialog.
    expect(response.message).toContain(`${folder}/main.go:6:21: undefined: missing`);
    expect(response.body).toMatchObject({
      error: {
        format: "the package does not build for GOOS=wasip1 GOARCH=wasm: 1 problem. undefined: missing (main.go:6)",
        url: "command:workbench.actions.view.problems",
      },
    });
    expect((await client.event("goWasm.built")).body).toEqual({
      folder,
      problems: [{ file: join(folder, "main.go"), line: 6, column: 20, endColumn: 27, message: "undefined: missing" }],
    });
    expect((await client.event("progressStart")).body).toMatchObject({ title: expect.stringContaining("Building") as unknown });
    await client.event("progressEnd");
    // The one that waited for the program has ended with the build.
    await expect.poll(() => children(client)).toEqual([]);
    writeFileSync(join(folder, "main.go"), main.replace('"é" + missing', "1"));
    await client.request("launch", { program: folder });
    expect((await client.event("goWasm.built")).body).toEqual({ folder, problems: [] });
  });

  test("of several packages, with what the compiler adds to them", { timeout: buildLimit }, async () => {
    const main = 'package main\n\nimport "example.com/built/inner"\n\nfunc main() { inner.F() }\n';
    const inner = "package inner\n\ntype I interface{ M() }\n\nfunc F() {\n\tvar i I = 1\n\t_ = i\n\treturn 2\n}\n";
    const folder = folderWith({ "go.mod": module, "main.go": main, "inner/inner.go": inner });
    const client = connect();
    await client.initialize();
    await client.raw("launch", { program: folder });
    const { problems } = (await client.event("goWasm.built")).body as { problems: { file: string; line: number; message: string }[] };
    expect(problems.map(({ file, line, message }) => [file, line, message])).toEqual([
      [join(folder, "inner/inner.go"), 6, expect.stringMatching(/^cannot use 1 .* as I value/)],
      [join(folder, "inner/inner.go"), 8, "too many return values\nhave (number)\nwant ()"],
    ]);
  });

  test("without a place are told all the same", { timeout: buildLimit }, async () => {
    const folder = folderWith({ "go.mod": module, "main.go": 'package main\n\nimport _ "example.com/missing/x"\n\nfunc main() {}\n' });
    const client = connect();
    await client.initialize();
    const response = await client.raw("launch", { program: folder, buildFlags: "-mod=mod", env: { GOPROXY: "off" } });
    expect(response.message).toMatch(/main\.go:3:8: .*example\.com\/missing\/x/);
  });
});

async function gone(processId: number): Promise<boolean> {
  for (let tries = 0; tries < 300; tries++) {
    try {
      process.kill(processId, 0);
    } catch {
      return true;
    }
    await setTimeout(10);
  }
  return false;
}

/** Processes that the adapter has started, as Linux lists them. */
function children({ process: { pid } }: ReturnType<typeof connect>): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

/** The process that waits for its program while that is built. */
async function waitingProcess(client: ReturnType<typeof connect>): Promise<number> {
  for (let tries = 0; tries < 500; tries++) {
    const found = children(client).find((pid) => commandOf(pid).includes("debuggee.cjs"));
    if (found !== undefined) return found;
    await setTimeout(10);
  }
  throw new Error("no process waits for the program");
}

test.runIf(process.platform === "linux")("a program that has not changed is not linked again", { timeout: buildLimit }, async () => {
  const main = 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("first") }\n';
  const folder = folderWith({ "go.mod": module, "main.go": main });
  const cache = folderWith({});
  // All but the go command's own cache is in another place.
  const env = { ...process.env, XDG_CACHE_HOME: cache, GOCACHE: execFileSync("go", ["env", "GOCACHE"], { encoding: "utf8" }).trim() };
  const programs = join(cache, "go-wasm/programs");
  const kept = (): string => join(programs, readdirSync(programs)[0]!);
  const run = async (): Promise<{ output: string; kept: number }> => {
    const client = connect(env);
    await client.launch({ program: folder });
    await client.ended();
    const output = client.output("stdout");
    await client.close();
    expect(readdirSync(programs)).toHaveLength(1);
    return { output, kept: statSync(kept()).ino };
  };
  const first = await run();
  expect(first.output).toBe("first\n");
  // What the go command links replaces the file.
  expect(await run()).toEqual(first);
  writeFileSync(join(folder, "main.go"), main.replace("first", "second"));
  const second = await run();
  expect(second.output).toBe("second\n");
  expect(second.kept).not.toBe(first.kept);
  writeFileSync(kept(), "what a disk that was full has left");
  expect((await run()).output).toBe("second\n");
  const whole = readFileSync(kept());
  writeFileSync(join(folder, "main.go"), main.replace("main()", "other()").replace("package main", "package lib"));
  expect((await connect(env).raw("launch", { program: folder })).message).toContain('is not "main"');
  // An archive is no program.
  expect(readFileSync(kept()).equals(whole)).toBe(true);
});

describe("cancelling", () => {
  /** Starts another process, as `go` starts compilers, in a temporary folder, and waits for it. */
  const slow =
    '#!/bin/sh\ncase "$1" in env) echo \'{"GOVERSION":"go1.26.0","GOROOT":"/go"}\';; build) mkdir "${GOTMPDIR:-$TMPDIR}/go-build1"; sleep 1000 & echo $! > "$0.child"; wait;; esac\n';

  async function startSlowBuild(): Promise<{
    client: ReturnType<typeof connect>;
    launch: Promise<unknown>;
    child: number;
    progress: string;
    temporary: string;
  }> {
    const tools = folderWith({ go: slow });
    execFileSync("chmod", ["+x", join(tools, "go")]);
    const folder = folderWith({ "go.mod": module, "main.go": "package main\n\nfunc main() {}\n" });
    const temporary = folderWith({});
    const client = connect({ ...process.env, PATH: `${tools}:${process.env["PATH"]}`, TMPDIR: temporary });
    await client.initialize({ supportsProgressReporting: true });
    const launch = client.raw("launch", { program: folder });
    const { progressId } = (await client.event("progressStart")).body as { progressId: string };
    const note = join(tools, "go.child");
    for (let tries = 0; !(existsSync(note) && readFileSync(note, "utf8") !== ""); tries++) {
      if (tries > 500) throw new Error("the build has not started");
      await setTimeout(10);
    }
    return { client, launch, child: Number(readFileSync(note, "utf8")), progress: progressId, temporary };
  }

  test("by the button of the progress ends what the build has started, too, and leaves no folder", async () => {
    const { client, launch, child, progress, temporary } = await startSlowBuild();
    const waiting = await waitingProcess(client);
    await client.request("cancel", { progressId: progress });
    expect(await launch).toMatchObject({ success: false, message: "the launch was cancelled" });
    expect(await gone(child)).toBe(true);
    expect(await gone(waiting)).toBe(true);
    await expect.poll(() => readdirSync(temporary)).toEqual([]);
  });

  test("by the end of the session", async () => {
    const { client, child, temporary } = await startSlowBuild();
    const waiting = await waitingProcess(client);
    await client.close();
    expect(await gone(child)).toBe(true);
    expect(await gone(waiting)).toBe(true);
    await expect.poll(() => readdirSync(temporary)).toEqual([]);
  });
});

describe("sources", () => {
  const main = `package main

import (
	"fmt"

	"example.com/used"
)

func main() {
	fmt.Println(used.Twice(21))
}
`;
  const used = "package used\n\nfunc Twice(n int) int {\n\treturn 2 * n //@twice\n}\n";
  const usedModule = "module example.com/used\n\ngo 1.24\n";

  test("of a module that is replaced by a folder", { timeout: buildLimit }, async () => {
    const folder = folderWith({
      "app/go.mod": `${module}\nrequire example.com/used v1.0.0\n\nreplace example.com/used => ../used\n`,
      "app/main.go": main,
      "used/go.mod": usedModule,
      "used/used.go": used,
    });
    const client = connect();
    await client.launch({ program: join(folder, "app") });
    expect(await client.ended()).toBe(0);
    expect(client.output("stdout")).toBe("42\n");
  });

  test("of two modules of a workspace, both of which are the user's", { timeout: buildLimit }, async () => {
    const folder = folderWith({
      "go.work": "go 1.24\n\nuse (\n\t./app\n\t./used\n)\n",
      "app/go.mod": module,
      "app/main.go": main,
      "used/go.mod": usedModule,
      "used/used.go": used,
    });
    const file = join(folder, "used/used.go");
    const client = connect();
    await client.launch({ program: join(folder, "app/main.go") }, { breakpoints: { [file]: [markedLine(file, "twice")] } });
    await client.stopped();
    expect(await client.top()).toMatchObject({ name: "used.Twice", source: { path: file } });
    expect(await client.evaluate("n")).toBe("21");
  });

  test("in a vendor folder", { timeout: buildLimit }, async () => {
    const folder = folderWith({
      "go.mod": `${module}\nrequire example.com/used v1.0.0\n`,
      "main.go": main,
      "vendor/modules.txt": "# example.com/used v1.0.0\n## explicit; go 1.24\nexample.com/used\n",
      "vendor/example.com/used/used.go": used,
    });
    const file = join(folder, "main.go");
    const client = connect();
    await client.launch({ program: folder }, { breakpoints: { [file]: [10] } });
    await client.stopped();
    expect(await client.top()).toMatchObject({ name: "main.main", line: 10 });
    await client.continue();
    expect(await client.ended()).toBe(0);
  });

  test("chosen by tags, named by //line, built with -trimpath", { timeout: buildLimit }, async () => {
    const folder = folderWith({
      "go.mod": module,
      "main.go": "package main\n\nfunc main() {\n\tgenerated(20)\n}\n",
      "plain.go": "//go:build !extra\n\npackage main\n\nfunc generated(n int) {}\n",
      "grammar.go": "//go:build extra\n\npackage main\n\nfunc generated(n int) {\n//line grammar.y:3\n\tn++\n\tprintln(n)\n}\n",
      "grammar.y": "first\nsecond\nthird\nfourth\n",
    });
    const file = join(folder, "grammar.y");
    const client = connect();
    const answers = await client.launch({ program: folder, buildFlags: ["-tags=extra", "-trimpath"] }, { breakpoints: { [file]: [4] } });
    expect(answers[file]).toMatchObject([{ verified: true, line: 4 }]);
    await client.stopped();
    expect(await client.top()).toMatchObject({ name: "main.generated", line: 4, source: { path: file } });
    expect(await client.evaluate("n")).toBe("21");
  });
});
