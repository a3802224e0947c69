import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, cpSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { WASI } from "node:wasi";
import { afterAll, describe, expect, test } from "vitest";
import wabt from "wabt";
import { checkLaunchArguments, launchAttributes } from "#core/contract/launch-attributes.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const samples = join(root, "samples");
const temporary = mkdtempSync(join(tmpdir(), "samples-"));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

const readme = readFileSync(join(samples, "README.md"), "utf8");

interface Prebuilt {
  readonly folder: string;
  readonly command: readonly string[];
  readonly sources: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
}
const prebuilt = JSON.parse(readFileSync(join(samples, "prebuilt.json"), "utf8")) as Record<string, Prebuilt>;

/** The launch configurations by name. */
const launch = new Map(
  (JSON.parse(readFileSync(join(samples, ".vscode/launch.json"), "utf8")) as { configurations: Record<string, unknown>[] }).configurations.map(
    (configuration) => [String(configuration["name"]), configuration],
  ),
);

describe("launch configurations", () => {
  test.each([...launch])("%s has known attributes of the right types", (_, configuration) => {
    const { name, type, request, ...attributes } = configuration;
    expect({ type, request }).toEqual({ type: "wasm", request: "launch" });
    expect(Object.keys(attributes).filter((attribute) => !Object.hasOwn(launchAttributes, attribute))).toEqual([]);
    expect(checkLaunchArguments(attributes)).toEqual([]);
    expect(readme).toContain(`| ${String(name)} |`);
  });

  test.each([...launch])("%s names a file and a folder that exist", (_, configuration) => {
    for (const attribute of ["program", "cwd"]) {
      if (configuration[attribute] === undefined) continue;
      const path = inWorkspace(configuration[attribute]);
      expect(existsSync(path), path).toBe(true);
    }
  });
});

describe("prebuilt modules", () => {
  test.each(Object.entries(prebuilt))("%s was built from the sources beside it (else: npx tsx tools/rebuild-samples.ts)", (_, entry) => {
    for (const [path, hash] of Object.entries({ ...entry.sources, ...entry.outputs })) {
      const now = createHash("sha256")
        .update(readFileSync(join(samples, path)))
        .digest("hex");
      expect(now, path).toBe(hash);
    }
  });

  test("each module of the samples is recorded", () => {
    const modules = readdirSync(samples, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".wasm"));
    const recorded = Object.values(prebuilt).flatMap((entry) => Object.keys(entry.outputs));
    expect(modules.map((path) => path.replaceAll("\\", "/")).filter((path) => !recorded.includes(path))).toEqual([]);
    expect(modules.length).toBeGreaterThan(0);
  });

  test("the AssemblyScript compiler gives the same bytes again", () => {
    const entry = prebuilt["assemblyscript"]!;
    const folder = join(temporary, "assemblyscript");
    cpSync(join(samples, "assemblyscript"), folder, { recursive: true });
    rmSync(join(folder, "build"), { recursive: true });
    execFileSync(process.execPath, [join(root, "node_modules/assemblyscript/bin/asc.js"), ...entry.command.slice(1)], { cwd: folder });
    for (const path of Object.keys(entry.outputs)) {
      expect(readFileSync(join(temporary, path)).equals(readFileSync(join(samples, path))), path).toBe(true);
    }
  }, 60_000);

  test("the C module names its source by a path relative to its own folder, and no folder of the machine that built it", () => {
    const bytes = readFileSync(join(samples, "c/main.wasm"), "latin1");
    expect(bytes).toContain("\0main.c\0");
    expect(bytes).not.toContain(root.replace(/\/$/, ""));
  });
});

describe("what the README promises is what the engine does", () => {
  test("C: main", async () => {
    const { exitCode, output } = await runCommand(readFileSync(inLaunch("C: main", "program")));
    expect(exitCode).toBe(0);
    expect(output).toBe(`${promised("C: main")}\n`);
  });

  test("WAT: hello", async () => {
    const { exitCode, output } = await runCommand(await assemble("WAT: hello"));
    expect(exitCode).toBe(0);
    expect(output).toBe(`${promised("WAT: hello")}\n`);
  });

  test("WAT: factorial", async () => {
    const { instance } = await WebAssembly.instantiate(await assemble("WAT: factorial"));
    expect(`result ${String(invoke("WAT: factorial", instance))}`).toBe(resultPromised("WAT: factorial"));
    const memory = instance.exports["memory"] as WebAssembly.Memory;
    expect([...new BigInt64Array(memory.buffer, 0, 5)]).toEqual([1n, 2n, 6n, 24n, 120n]);
    expect((instance.exports["factorial"] as (n: number) => bigint)(20)).toBe(2432902008176640000n);
    expect((instance.exports["computed"] as () => number)()).toBe(6);
  });

  test("AssemblyScript: countPrimes", async () => {
    const imports = { env: { abort: failOnAbort } };
    const { instance } = await WebAssembly.instantiate(readFileSync(inLaunch("AssemblyScript: countPrimes", "program")), imports);
    expect(`result ${String(invoke("AssemblyScript: countPrimes", instance))}`).toBe(resultPromised("AssemblyScript: countPrimes"));
  });
});

// The compiler's own answer stands in compiler-messages.txt, so that no Go toolchain is needed here.
test("each mistake of the Go reactor is marked by the message that the compiler gives for it", () => {
  const lines = readFileSync(join(samples, "go-reactor/mistakes.go"), "utf8").split("\n");
  const marks = lines.flatMap((text, index) => (/^\s*\/\/ wrong: /.test(text) ? [{ line: index + 1, text: text.replace(/^\s*\/\/ wrong: /, "") }] : []));
  const messages = readFileSync(join(samples, "go-reactor/compiler-messages.txt"), "utf8")
    .split("\n")
    .flatMap((text) => {
      const match = /^\.\/mistakes\.go:(\d+):\d+: (.*)$/.exec(text);
      return match ? [{ line: Number(match[1]), text: match[2]! }] : [];
    })
    .sort((a, b) => a.line - b.line);
  expect(marks.map((mark) => mark.text)).toEqual(messages.map((message) => message.text));
  for (const [index, message] of messages.entries()) {
    expect(message.line).toBeGreaterThan(marks[index]!.line);
    expect(message.line).toBeLessThan(marks[index + 1]?.line ?? Infinity);
  }
});

/** A path of a launch configuration, with the workspace folder filled in. */
function inWorkspace(path: unknown): string {
  return String(path).replace("${workspaceFolder}", samples);
}

function inLaunch(name: string, attribute: string): string {
  return inWorkspace(launch.get(name)?.[attribute]);
}

/** The last column of the row of a launch configuration in the README's table, without code marks. */
function promised(name: string): string {
  const row = readme.split("\n").find((line) => line.includes(`| ${name} |`));
  if (row === undefined) throw new Error(`the README has no row for "${name}"`);
  return row.split("|").at(-2)!.trim().replaceAll("`", "");
}

function resultPromised(name: string): string {
  const text = promised(name);
  expect(text).toMatch(/^result /);
  return text;
}

function invoke(name: string, instance: WebAssembly.Instance): unknown {
  const call = launch.get(name)?.["invoke"] as { export: string; args: number[] };
  return (instance.exports[call.export] as (...args: number[]) => unknown)(...call.args);
}

function failOnAbort(): never {
  throw new Error("abort was called");
}

async function assemble(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const path = inLaunch(name, "program");
  const module = (await wabt()).parseWat(path, readFileSync(path, "utf8"));
  try {
    module.validate();
    return new Uint8Array(module.toBinary({}).buffer);
  } finally {
    module.destroy();
  }
}

async function runCommand(bytes: Uint8Array<ArrayBuffer>): Promise<{ exitCode: number; output: string }> {
  const path = join(temporary, "stdout.txt");
  const stdout = openSync(path, "w");
  try {
    const wasi = new WASI({ version: "preview1", args: ["sample"], stdout, returnOnExit: true });
    const { instance } = await WebAssembly.instantiate(bytes, wasi.getImportObject() as WebAssembly.Imports);
    return { exitCode: wasi.start(instance), output: readFileSync(path, "utf8") };
  } finally {
    closeSync(stdout);
  }
}
