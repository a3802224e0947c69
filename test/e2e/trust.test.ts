import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { commands } from "../../core/contract/commands.ts";
import { debugProcesses, noDebugProcess } from "./support/processes.ts";
import { uiTests } from "./support/suite.ts";

const uiTest = uiTests({ settings: { "security.workspace.trust.enabled": true } });

uiTest(
  "an untrusted workspace has colours and diagnostics, builds and runs nothing, and debugs after trust is given",
  async ({ host, open }) => {
    const folder = host.samples("C: main");
    const window = await open(folder, "wat/hello.wat");
    const restricted = window.page.locator('[id="status.workspaceTrust"]');
    await restricted.waitFor({ state: "attached" });
    await window.language("WebAssembly Text");

    await window.goTo(window.lineOf("call $fd_write"));
    expect(await window.tokenColour("call")).not.toBe(await window.plainColour());
    await window.press("End");
    await window.page.keyboard.type("x");
    await window.editor.locator(".squiggly-error").first().waitFor({ state: "attached" });
    await window.press("Control+Z");
    await window.editor.locator(".squiggly-error").first().waitFor({ state: "detached" });

    await window.command(commands["goWasm.buildWat"].title);
    await window.notification(/Building a module is not allowed in Restricted Mode/).waitFor();
    await window.command(commands["goWasm.run"].title);
    await window.notification(/Running a module is not allowed in Restricted Mode/).waitFor();
    expect(existsSync(join(folder, "wat/hello.wasm"))).toBe(false);

    const inC = await open(folder, "c/main.c");
    await inC.language("C");
    const line = await inC.clickGutter("deposit(&balance, interest);");
    await inC.press("F5");
    const dialog = inC.page.locator(".monaco-dialog-box");
    await dialog.waitFor();
    expect(debugProcesses(host.server)).toEqual([]);
    await dialog.locator(".monaco-button", { hasText: "Trust Folder & Continue" }).click();
    await inC.stoppedAt(line);
    await inC.press("Shift+F5");
    await inC.sessionEnds();
    await noDebugProcess(host.server);
  },
);
