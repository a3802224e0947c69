// Plays the way from the installed extension to a stopped C program in a headless VS Code, and prints what it saw.
// `npm start -- --check`; with `--screenshot FILE` it also saves the picture of the stopped session.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Host, root } from "./support/host.ts";
import { noDebugProcess } from "./support/processes.ts";

const file = "c/main.c";
const marked = "deposit(&balance, interest);";
const callee = "grow";
const expected: Record<string, string> = { interest: "3", year: "1", balance: "100", percent: "3", years: "3" };

const screenshotFlag = process.argv.indexOf("--screenshot");
const screenshot = screenshotFlag < 0 ? undefined : process.argv[screenshotFlag + 1];

const host = await Host.start();
try {
  console.log(`installed: ${host.server.extensions}`);
  const window = await host.window(join(root, "samples"), file);
  await window.language("C");
  const line = await window.clickGutter(marked);
  console.log(`breakpoint: ${file}:${line}`);
  await window.press("F5");
  await window.stoppedAt(line);
  const [top, ...callers] = await window.callStack(2);
  console.log(`stopped: ${file}:${line}`);
  console.log(`call stack: ${[top, ...callers].join(" <- ")}`);
  if (!top?.includes(callee) || !top.includes(`${line}:`)) throw new Error(`the innermost frame is ${top}, not ${callee} at line ${line}`);
  const variables = await window.variables(...Object.keys(expected));
  for (const { name, value } of variables) if (value !== "") console.log(`variable: ${name} = ${value}`);
  for (const [name, value] of Object.entries(expected)) {
    const seen = variables.find((row) => row.name === name)?.value;
    if (seen !== value) throw new Error(`variable ${name} is ${seen}, not ${value}`);
  }
  await window.evaluate("balance");
  await window.consoleResult(expected["balance"]!).waitFor();
  console.log(`debug console: balance = ${expected["balance"]}`);
  if (screenshot) {
    writeFileSync(screenshot, await window.page.screenshot());
    console.log(`screenshot: ${screenshot}`);
  }
  await window.press("Shift+F5");
  await window.sessionEnds();
  await noDebugProcess(host.server);
  console.log("ended: no debug adapter and no debuggee is left");
} catch (error) {
  console.error(`check failed: ${error instanceof Error ? error.message : String(error)}`);
  console.error(host.server.log().slice(-2000));
  process.exitCode = 1;
} finally {
  await host.stop();
}
