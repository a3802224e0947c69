// A real VS Code for a suite: code-server with the packaged extension installed, and a browser that shows it.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { findBrowser } from "../../../tools/e2e/browser.mjs";
import { type CodeServer, startCodeServer } from "../../../tools/e2e/code-server.mjs";
import { takeMachineAway } from "./without-machine.ts";
import { Workbench } from "./workbench.ts";

export const root = fileURLToPath(new URL("../../..", import.meta.url));

export interface HostOptions {
  /** Added to the quiet profile; `"security.workspace.trust.enabled": true` turns workspace trust on. */
  readonly settings?: Record<string, unknown>;
  /** Added to code-server's command line. */
  readonly options?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Folders of test/e2e/ with extensions that are installed beside ours. */
  readonly beside?: readonly string[];
}

export interface WindowOptions {
  readonly workspace?: string;
  readonly helper?: string;
}

/** The extension file that is tested: `VSIX`, else the one in dist/. */
export function packagedExtension(): string {
  const named = process.env["VSIX"];
  if (named) return named;
  const dist = join(root, "dist");
  const found = readdirSync(dist).filter((name) => name.endsWith(".vsix"));
  if (found.length !== 1) throw new Error(`dist/ holds ${found.length} .vsix files; run npm run package`);
  return join(dist, found[0]!);
}

/** Packs the extension in a folder into `file`, and gives that. */
function packExtension(folder: string, file: string): string {
  const vsce = join(root, "node_modules/@vscode/vsce/vsce");
  execFileSync(process.execPath, [vsce, "package", "--no-dependencies", "--skip-license", "--allow-missing-repository", "--out", file], {
    cwd: folder,
    stdio: "pipe",
  });
  return file;
}

const browserArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** One code-server and one browser. Every window that it opens is a clean one; {@link Host.stop} ends and removes everything. */
export class Host {
  readonly server: CodeServer;
  readonly #browser: Browser;
  readonly #folders: string[] = [];

  private constructor(server: CodeServer, browser: Browser) {
    this.server = server;
    this.#browser = browser;
  }

  static async start({ settings = {}, options = [], env = process.env, beside = [] }: HostOptions = {}): Promise<Host> {
    const executablePath = findBrowser();
    if (!executablePath) throw new Error("no Chrome, Chromium or Edge found; run node tools/setup.mjs");
    const packed = mkdtempSync(join(tmpdir(), "go-wasm-beside-"));
    const more = beside.map((name) => packExtension(join(root, "test/e2e", name), join(packed, `${name}.vsix`)));
    const server = await startCodeServer({ vsix: packagedExtension(), more, settings, options, env }).finally(() =>
      rmSync(packed, { recursive: true, force: true }),
    );
    try {
      const browser = await chromium.launch({ executablePath, headless: true, args: browserArguments });
      return new Host(server, browser);
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  /** A copy of samples/ in a new folder, with just the launch configuration of this name, or with no launch.json where none is named. */
  samples(configuration?: string): string {
    const folder = this.folder();
    cpSync(join(root, "samples"), folder, { recursive: true });
    const launchFile = join(folder, ".vscode/launch.json");
    const launch = JSON.parse(readFileSync(launchFile, "utf8")) as { configurations: { name: string }[] };
    launch.configurations = launch.configurations.filter(({ name }) => name === configuration);
    if (configuration === undefined) rmSync(launchFile);
    else if (launch.configurations.length === 0) throw new Error(`samples/.vscode/launch.json has no configuration "${configuration}"`);
    else writeFileSync(launchFile, JSON.stringify(launch));
    return folder;
  }

  /** A new folder, removed at the end. */
  folder(): string {
    const folder = mkdtempSync(join(tmpdir(), "go-wasm-workspace-"));
    this.#folders.push(folder);
    return folder;
  }

  /** Writes a file of a folder of ours. */
  write(folder: string, file: string, text: string): void {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }

  /**
   * A new window on a folder, with one of its files open, in a browser that remembers nothing. `workspace` is a `.code-workspace` file
   * whose folders are opened instead, `helper` the folder of one more extension (see {@link runInside}).
   */
  async window(folder: string, file: string, { workspace, helper }: WindowOptions = {}): Promise<Workbench> {
    const context = await this.#browser.newContext({ viewport: { width: 1400, height: 900 } });
    await context.route(
      (url) => url.hostname !== "127.0.0.1",
      (route) => route.abort(),
    );
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const payload: [string, string][] = [["openFile", this.server.uri(join(folder, file))]];
    if (helper !== undefined) payload.push(["extensionDevelopmentPath", this.server.uri(helper)]);
    await page.goto(this.server.page(workspace ?? folder, payload));
    const workbench = new Workbench(page, folder, file, this.server);
    await workbench.ready();
    return workbench;
  }

  /** A new window as of VS Code in a browser, without a machine behind it, with an empty text of a language, by its name in the status bar. */
  async windowWithoutMachine(language: string): Promise<Workbench> {
    const context = await this.#browser.newContext({ viewport: { width: 1400, height: 900 } });
    await context.route(
      (url) => url.hostname !== "127.0.0.1",
      (route) => route.abort(),
    );
    await takeMachineAway(context, this.server);
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    await page.goto(`${this.server.origin}/?ew=true`);
    const workbench = new Workbench(page, "", "", this.server);
    await page.locator('[id="status.problems"]').waitFor();
    await workbench.command("File: New Untitled Text File");
    await workbench.ready();
    await workbench.command("Change Language Mode");
    // The list shows its first rows alone.
    await page.locator(".quick-input-widget input").fill(language);
    await workbench.pick(language);
    await workbench.language(language);
    return workbench;
  }

  /**
   * Loads `entry`, a CommonJS file that exports `run()`, into the extension host of a window on `folder`, and settles when that is over:
   * rejects when `run()` did, or after `limit` ms. The server must run with the option `enable-smoke-test-driver`.
   * `helper` is the folder of an extension that stands for the one under development.
   */
  async runInside(folder: string, helper: string, entry: string, limit: number): Promise<void> {
    const context = await this.#browser.newContext();
    try {
      const page = await context.newPage();
      const said: string[] = [];
      const code = await new Promise<number | undefined>((resolve, reject) => {
        const timer = setTimeout(() => resolve(undefined), limit);
        const exit = (status: number): void => {
          clearTimeout(timer);
          resolve(status);
        };
        const exposed = Promise.all([
          context.exposeFunction("codeAutomationExit", exit),
          context.exposeFunction("codeAutomationLog", (type: string, args: unknown[]) => said.push(`${type}: ${args.join(" ")}`)),
        ]);
        const payload: [string, string][] = [
          ["extensionDevelopmentPath", this.server.uri(helper)],
          ["extensionTestsPath", this.server.uri(entry)],
        ];
        exposed.then(() => page.goto(this.server.page(folder, payload))).catch(reject);
      });
      if (code === 0) return;
      const words = said.join("\n").slice(-3000);
      throw new Error(code === undefined ? `no end after ${limit / 1000} s\n${words}` : `ended with ${code}\n${words}`);
    } finally {
      await context.close();
    }
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await this.server.stop();
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
