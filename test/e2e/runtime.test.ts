import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect } from "vitest";
import { codeServerNode } from "../../tools/setup.mjs";
import { debugProcesses, noDebugProcess } from "./support/processes.ts";
import { uiTests } from "./support/suite.ts";

// Here VS Code's own runtime is the Node that runs the extension host; on the desktop it would be Electron as Node.
const emptyFolder = mkdtempSync(join(tmpdir(), "go-wasm-empty-path-"));
afterAll(() => rmSync(emptyFolder, { recursive: true, force: true }));

// The server would else ask a login shell for its PATH.
const options = ["--vscode-option", "force-disable-user-env"];
const uiTest = uiTests({ env: { ...process.env, PATH: emptyFolder }, options });

uiTest("without a node on the path the program runs on VS Code's own runtime", async ({ host, open }) => {
  const window = await open(host.samples("C: main"), "c/main.c");
  await window.language("C");
  const line = await window.clickGutter("deposit(&balance, interest);");
  await window.press("F5");
  await window.stoppedAt(line);
  const debuggee = debugProcesses(host.server).filter((process) => process.includes("debuggee"));
  expect(debuggee).toEqual([expect.stringContaining(codeServerNode)]);
  await window.press("Shift+F5");
  await window.sessionEnds();
  await noDebugProcess(host.server);
});
