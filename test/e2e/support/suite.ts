// A suite of UI tests: one code-server for all of them, a new window for each, and what is left of a failure in build/e2e/.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, test } from "vitest";
import { Host, type HostOptions, root, type WindowOptions } from "./host.ts";
import type { Workbench } from "./workbench.ts";

const artefacts = join(root, "build/e2e");

/** What a UI test is given. */
export interface Scene {
  readonly host: Host;
  /** A window on a folder with one of its files open; closed after the test. */
  readonly open: (folder: string, file: string, options?: WindowOptions) => Promise<Workbench>;
  /** A window without a machine behind it, with an empty text of a language; closed after the test. */
  readonly openWithoutMachine: (language: string) => Promise<Workbench>;
}

/** Starts a host for the test file that calls it, and gives the function that declares a test there. */
export function uiTests(options: HostOptions = {}): (title: string, body: (scene: Scene) => Promise<void>) => void {
  let host: Host | undefined;
  beforeAll(async () => {
    host = await Host.start(options);
  });
  afterAll(async () => {
    await host?.stop();
  });
  return (title, body) => {
    test(title, async () => {
      const windows: Workbench[] = [];
      const scene: Scene = {
        host: host!,
        async open(folder, file, options) {
          const window = await host!.window(folder, file, options);
          windows.push(window);
          return window;
        },
        async openWithoutMachine(language) {
          const window = await host!.windowWithoutMachine(language);
          windows.push(window);
          return window;
        },
      };
      try {
        await body(scene);
      } catch (error) {
        await keep(title, host!, windows);
        throw error;
      } finally {
        for (const window of windows) await window.close();
      }
    });
  };
}

/** Saves what the windows show and the end of the server's log. */
async function keep(title: string, host: Host, windows: readonly Workbench[]): Promise<void> {
  mkdirSync(artefacts, { recursive: true });
  const name = title.replace(/[^a-zA-Z0-9]+/g, "-").slice(0, 80);
  for (const [index, window] of windows.entries()) {
    const picture = await window.page.screenshot({ timeout: 10_000 }).catch(() => undefined);
    if (picture) writeFileSync(join(artefacts, `${name}${index === 0 ? "" : `-${index}`}.png`), picture);
  }
  writeFileSync(join(artefacts, `${name}.log`), host.server.log().slice(-20_000));
}
