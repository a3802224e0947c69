// Drives one window of VS Code as a person would: by keys, clicks and what is to be read on the screen.
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Locator, Page } from "playwright-core";
import type { CodeServer } from "../../../tools/e2e/code-server.mjs";

/** How long the window may take to show something, in milliseconds: a busy machine takes its time. */
const limit = 40_000;

/** A row of the variables view as it is read: its name (or the scope's name) and its value. */
export interface VariableRow {
  readonly name: string;
  readonly value: string;
}

export class Workbench {
  readonly page: Page;
  /** The folder that is open. */
  readonly folder: string;
  readonly server: CodeServer;
  /** The file that is open in the editor, below the folder. */
  readonly file: string;

  constructor(page: Page, folder: string, file: string, server: CodeServer) {
    this.page = page;
    this.folder = folder;
    this.file = file;
    this.server = server;
  }

  /** The text editor, not the debug console's one-line editor. */
  get editor(): Locator {
    return this.page.locator(".part.editor .monaco-editor");
  }

  /** The editor shows text. */
  async ready(): Promise<void> {
    await this.editor.locator(".view-lines .view-line").first().waitFor();
  }

  /** The status bar names this language; until then the editor says "Plain Text" and F9 and F5 do nothing. */
  async language(name: string): Promise<void> {
    await this.page.locator('[id="status.editor.mode"]', { hasText: name }).waitFor();
  }

  /** The 1-based number of the first line of the open file, as it is on disk, that contains `text`. */
  lineOf(text: string): number {
    const lines = readFileSync(join(this.folder, this.file), "utf8").split("\n");
    const index = lines.findIndex((line) => line.includes(text));
    if (index < 0) throw new Error(`no line of ${this.file} contains ${JSON.stringify(text)}`);
    return index + 1;
  }

  /** Puts the caret at a 1-based line and column and scrolls there. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.editor.locator(".view-lines").first().click();
    await this.page.keyboard.press("Control+G");
    const input = this.page.locator(".quick-input-widget input");
    await input.waitFor();
    await input.fill(`:${line}:${column}`);
    await this.page.keyboard.press("Enter");
    await input.waitFor({ state: "hidden" });
    await this.lineNumber(line).waitFor();
  }

  private lineNumber(line: number): Locator {
    return this.editor.locator(".line-numbers").filter({ hasText: new RegExp(`^\\s*${line}\\s*$`) });
  }

  /** The breakpoint signs that the editor shows, whatever their state. */
  get breakpoints(): Locator {
    return this.editor.locator('.glyph-margin-widgets [class*="codicon-debug-breakpoint"]:not([class*="hint"])');
  }

  /** Sets a breakpoint by a click left of the number of the first line that contains `text`, and gives that line's number. */
  async clickGutter(text: string): Promise<number> {
    const line = this.lineOf(text);
    // Until the window is restored, keys and clicks may be lost, or come late and undo each other.
    await this.page.locator('[id="status.problems"]').waitFor();
    await this.goTo(line);
    const before = await this.breakpoints.count();
    // A click is lost until the workbench has read which languages have breakpoints.
    for (let tries = 10; tries > 0 && (await this.breakpoints.count()) === before; tries--) {
      const margin = await boxOf(this.editor.locator(".margin").first());
      const number = await boxOf(this.lineNumber(line).first());
      await this.page.mouse.click(margin.x + 10, number.y + number.height / 2);
      await this.breakpoints.nth(before).waitFor({ state: "attached", timeout: 4000 }).catch(ignoreTimeout);
    }
    if ((await this.breakpoints.count()) === before) throw new Error(`no breakpoint sign at ${this.file}:${line}`);
    return line;
  }

  /** Takes away the breakpoint of the first line that contains `text`, by a click on its sign. */
  async removeBreakpoint(text: string): Promise<void> {
    const before = await this.breakpoints.count();
    await this.goTo(this.lineOf(text));
    const number = await boxOf(this.lineNumber(this.lineOf(text)).first());
    const margin = await boxOf(this.editor.locator(".margin").first());
    await this.page.mouse.click(margin.x + 10, number.y + number.height / 2);
    await this.breakpoints.nth(before - 1).waitFor({ state: "detached" });
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** The editor shows the yellow line of the top frame, and it is this 1-based line. */
  async stoppedAt(line: number): Promise<void> {
    const mark = this.editor.locator(".debug-top-stack-frame-line, .debug-top-stack-frame-column").first();
    await mark.waitFor({ state: "attached" });
    const pointer = '[class*="codicon-debug-stackframe"], [class*="codicon-debug-breakpoint"][class*="stackframe"]';
    const sign = this.editor.locator(`.glyph-margin-widgets :is(${pointer})`).first();
    const end = Date.now() + limit;
    for (let seen: number | undefined; ; await this.page.waitForTimeout(50)) {
      const box = await sign.boundingBox({ timeout: 1000 }).catch(ignoreTimeout);
      if (box) seen = await this.lineAt(box.y + box.height / 2);
      if (seen === line) return;
      if (Date.now() > end) throw new Error(`stopped at line ${seen}, not ${line}, of ${this.file}`);
    }
  }

  /** The number of the line whose number stands at this height of the window. */
  private async lineAt(y: number): Promise<number | undefined> {
    for (const number of await this.editor.locator(".line-numbers").all()) {
      const box = await number.boundingBox({ timeout: 500 }).catch(ignoreTimeout);
      if (box && box.y <= y && y < box.y + box.height) return Number(await number.innerText());
    }
    return undefined;
  }

  /**
   * The rows of the call stack view, innermost frame first, each as "function file line:column"; the thread's own row is left out.
   * Waits until there are as many as asked for: VS Code shows the innermost frame before it asks for the others.
   */
  async callStack(atLeast: number): Promise<string[]> {
    const rows = this.page.locator(".debug-call-stack .monaco-list-row .stack-frame");
    await rows.nth(atLeast - 1).waitFor();
    return (await rows.allInnerTexts()).map(oneLine);
  }

  /** The rows of the variables view, with scopes opened one after another until these variables are among them. */
  async variables(...names: string[]): Promise<VariableRow[]> {
    const rows = this.page.locator(".debug-variables .monaco-list-row");
    await rows.first().waitFor();
    const closed = this.page.locator('.debug-variables .monaco-list-row[aria-level="1"][aria-expanded="false"]').first();
    const end = Date.now() + limit;
    for (const name of names) {
      const wanted = rows.filter({ hasText: new RegExp(`^\\s*${escape(name)}\\s*[=:]`) });
      while ((await wanted.count()) === 0) {
        if (Date.now() > end)
          throw new Error(`no variable ${name}; the view shows ${JSON.stringify((await rows.allInnerTexts()).map(oneLine))}`);
        if ((await closed.count()) > 0) await closed.click({ timeout: 1000 }).catch(ignoreTimeout);
        await wanted.first().waitFor({ timeout: 1000 }).catch(ignoreTimeout);
      }
    }
    return (await rows.allInnerTexts()).map((text) => {
      const [, row, value] = /^(.*?)\s*=\s*(.*)$/.exec(oneLine(text)) ?? [];
      return { name: row ?? oneLine(text), value: value ?? "" };
    });
  }

  /** The value of one variable that the variables view shows. */
  async variable(name: string): Promise<string> {
    const rows = await this.variables(name);
    return rows.find((row) => row.name === name)!.value;
  }

  /** Waits until the variables view shows this value for this variable, as it does a moment after a step. */
  async variableBecomes(name: string, value: string): Promise<void> {
    const end = Date.now() + limit;
    for (let seen = ""; ; await this.page.waitForTimeout(50)) {
      seen = await this.variable(name);
      if (seen === value) return;
      if (Date.now() > end) throw new Error(`${name} is ${seen}, not ${value}`);
    }
  }

  /** A row of the debug console. */
  consoleRow(text: string | RegExp): Locator {
    return this.page.locator(".repl .monaco-list-row", { hasText: text });
  }

  /** The value that the debug console shows for an evaluated expression. */
  consoleResult(value: string): Locator {
    return this.page
      .locator(".repl .monaco-list-row .evaluation-result, .repl .monaco-list-row .output.expression")
      .filter({ hasText: value });
  }

  /** Types an expression into the debug console. */
  async evaluate(expression: string): Promise<void> {
    const input = this.page.locator(".repl-input-wrapper .monaco-editor");
    // The key shows the console, or hides it where it is shown.
    if (!(await input.isVisible())) await this.press("Control+Shift+Y");
    await input.click();
    await this.page.keyboard.type(expression);
    await this.press("Escape", "Enter");
  }

  /** The session's toolbar is gone: the program has ended. */
  async sessionEnds(): Promise<void> {
    await this.page.locator(".debug-toolbar").waitFor({ state: "hidden" });
  }

  /** Runs a command by its title in the palette. */
  async command(title: string): Promise<void> {
    await this.press("F1");
    const input = this.page.locator(".quick-input-widget input");
    await input.waitFor();
    await input.fill(`>${title}`);
    await this.page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first().click();
  }

  /** Chooses the row with this text, label and description, in the list that a command shows. */
  async quickPick(text: string): Promise<void> {
    const row = new RegExp(`^\\s*${text.split(" ").map(escape).join("\\s*")}\\s*$`);
    await this.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: row }).click();
  }

  /** Chooses the row whose label this is, whatever stands behind and below it. */
  async pick(label: string): Promise<void> {
    const name = this.page.locator(".label-name").filter({ hasText: new RegExp(`^${escape(label)}$`) });
    await this.page.locator(".quick-input-list .monaco-list-row").filter({ has: name }).first().click();
  }

  /** Fills the box with this title that a command shows. */
  async input(title: string, text: string): Promise<void> {
    const box = this.page.locator(".quick-input-widget", { hasText: title });
    await box.locator("input").fill(text);
    await this.press("Enter");
    await box.waitFor({ state: "hidden" });
  }

  /** A row of the Problems view, which is opened. */
  async problem(text: string | RegExp): Promise<Locator> {
    const view = this.page.locator(".markers-panel");
    if (!(await view.isVisible())) await this.press("Control+Shift+M");
    const row = view.locator(".monaco-list-row", { hasText: text }).first();
    await row.waitFor();
    return row;
  }

  /** The rows of the Problems view with this text. */
  problems(text: string | RegExp): Locator {
    return this.page.locator(".markers-panel .monaco-list-row", { hasText: text });
  }

  /** How many errors the status bar counts. */
  async errorCount(): Promise<number> {
    const text = await this.page.locator('[id="status.problems"]').innerText();
    return Number(/\d+/.exec(text)?.[0]);
  }

  /** A message at the window's lower right. */
  notification(text: RegExp): Locator {
    return this.page.locator(".notification-toast", { hasText: text }).first();
  }

  /** A message in the middle of the window, as VS Code shows it when a session cannot start. */
  dialog(text: RegExp): Locator {
    return this.page.locator(".monaco-dialog-box", { hasText: text });
  }

  /** The colour of the first token that contains `text`, in the first visible line that contains `line`. */
  async tokenColour(text: string, line = text): Promise<string> {
    const row = this.editor.locator(".view-line", { hasText: line }).first();
    const token = row.locator("span > span", { hasText: text }).first();
    return token.evaluate((element) => getComputedStyle(element).color);
  }

  /** The colour of text that no grammar knows. */
  async plainColour(): Promise<string> {
    return this.editor
      .locator(".view-lines")
      .first()
      .evaluate((element) => {
        const plain = document.createElement("span");
        plain.className = "mtk1";
        element.append(plain);
        const { color } = getComputedStyle(plain);
        plain.remove();
        return color;
      });
  }

  /** What the hover at the caret says, asked for by keys, as soon as it says `text`. */
  async hover(text: string): Promise<string> {
    const shown = this.page.locator(".monaco-hover:visible", { hasText: text }).first();
    // It closes when the editor is laid out anew, as for lenses that come; so does the list of fixes.
    for (let tries = 8; tries > 0 && !(await shown.isVisible()); tries--) {
      await this.press("Control+K", "Control+I");
      await shown.waitFor({ timeout: 4000 }).catch(ignoreTimeout);
    }
    return shown.innerText();
  }

  /** Carries out the first fix that is offered at the caret, by keys; its title contains `title`. */
  async fix(title: string): Promise<void> {
    const first = this.page.locator(".action-widget .monaco-list-row.action").first();
    for (let tries = 8; tries > 0 && !(await first.isVisible()); tries--) {
      await this.press("Control+.");
      await first.waitFor({ timeout: 4000 }).catch(ignoreTimeout);
    }
    const offered = await first.innerText();
    if (!offered.includes(title)) throw new Error(`the first fix is ${JSON.stringify(offered)}, not ${JSON.stringify(title)}`);
    await this.press("Enter");
  }

  async focusEditor(): Promise<void> {
    await this.press("Control+1");
  }

  /** Opens a file of the folder that the explorer has unfolded, by a double click. */
  async openFromExplorer(name: string): Promise<void> {
    await this.press("Control+Shift+E");
    await this.explorerRow(name).dblclick();
  }

  /** A file or folder in the explorer. */
  explorerRow(name: string): Locator {
    return this.page.locator(".explorer-folders-view .monaco-list-row").filter({ hasText: new RegExp(`^${escape(name)}$`) });
  }

  /** The tab of an open editor. */
  tab(name: string | RegExp): Locator {
    return this.page.locator(".tabs-container .tab", { hasText: name });
  }

  /** Everything the editor shows of its text, in the order of the screen. */
  async editorText(): Promise<string> {
    return (await this.editor.locator(".view-lines").first().innerText()).replace(/\u00a0/g, " ");
  }

  get fileName(): string {
    return basename(this.file);
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function ignoreTimeout(): undefined {
  return undefined;
}

async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  // The editor draws its lines anew while it is being laid out, so what was there may be gone for a moment.
  for (let tries = 20; tries > 0; tries--) {
    const box = await locator.boundingBox();
    if (box) return box;
    await locator.page().waitForTimeout(100);
  }
  throw new Error(`${String(locator)} is not on the screen`);
}
