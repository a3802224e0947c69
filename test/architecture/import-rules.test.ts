import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

// The import rules are the project references (checked by tsc -b) and oxlint's no-cycle and no-restricted-imports. A rule that catches
// nothing looks like a rule that is kept, so each one is shown a violation, in a copy of the sources, and must name it.

const root = fileURLToPath(new URL("../..", import.meta.url));
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "import-rules-"));
  for (const name of ["package.json", "tsconfig.base.json", ".oxlintrc.json"]) cpSync(join(root, name), join(copy, name));
  const tracked = execFileSync("git", ["ls-files", "core", "server/src", "server/tsconfig.json"], { cwd: root, encoding: "utf8" })
    .trim()
    .split("\n");
  for (const name of tracked) cpSync(join(root, name), join(copy, name), { force: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** Puts `text` into the copy at `path`, runs `command` there and gives what it printed, or fails when it found nothing wrong. */
function complaint(path: string, text: string, command: string, ...args: string[]): string {
  const file = join(copy, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
  const run = spawnSync(join(root, "node_modules/.bin", command), args, { cwd: copy, encoding: "utf8", timeout: 60_000 });
  rmSync(file);
  expect(run.status, `${command} accepted ${path}`).not.toBe(0);
  return run.stdout + run.stderr;
}

test("an import against the direction of the project references is refused", () => {
  const text = 'import { functionIndex } from "#core/wasm/offsets.ts";\nexport const planted = functionIndex(1);\n';
  expect(complaint("core/bytes/planted.ts", text, "tsc", "-b", "core/bytes")).toMatch(
    /core\/wasm\/offsets\.ts.*(not (listed|under)|rootDir)/,
  );
});

test("core knows no Node types", () => {
  const text = 'import { readFileSync } from "node:fs";\nexport const planted = readFileSync("x");\n';
  expect(complaint("core/bytes/planted.ts", text, "tsc", "-b", "core/bytes")).toContain("node:fs");
  expect(complaint("core/bytes/planted.ts", text, "oxlint", "core/bytes")).toContain("core knows no host");
});

test("an import cycle is refused", () => {
  writeFileSync(join(copy, "core/text/planted-b.ts"), 'import { a } from "./planted-a.ts";\nexport const b = (): number => a();\n');
  const text = 'import { b } from "./planted-b.ts";\nexport const a = (): number => b();\n';
  expect(complaint("core/text/planted-a.ts", text, "oxlint", "core/text")).toMatch(/no-cycle/);
});

test("a language feature that speaks the protocol by itself is refused", () => {
  const text = 'import { createConnection } from "vscode-languageserver/node";\nexport const planted = createConnection;\n';
  expect(complaint("server/src/wat/planted.ts", text, "oxlint", "server/src/wat")).toContain("no-restricted-imports");
});
