// VS Code in a browser without a machine behind it, as vscode.dev is: the same workbench, told of no server, and of an extension at an address.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext } from "playwright-core";
import type { CodeServer } from "../../../tools/e2e/code-server.mjs";

/** Where the window finds the extension, below the server's address. */
const extensionPath = "/extension-under-test";

/** From now on windows of `context` have no machine, and run the extension that is installed on the server, which they do not know of. */
export async function takeMachineAway(context: BrowserContext, { origin, extensions }: CodeServer): Promise<void> {
  const installed = readdirSync(extensions).find((name) => name.startsWith("go-wasm.go-wasm-"));
  if (installed === undefined) throw new Error(`the extension is not among ${readdirSync(extensions).join(", ")}`);
  const atAddress = { scheme: "http", authority: new URL(origin).host, path: extensionPath };
  await context.route(
    ({ pathname }) => pathname === "/",
    async (route) => {
      const response = await route.fetch();
      const settings = JSON.stringify({ additionalBuiltinExtensions: [atAddress] })
        .slice(1, -1)
        .replaceAll('"', "&quot;");
      const body = replaced(
        await response.text(),
        'data-settings="{&quot;remoteAuthority&quot;:&quot;remote&quot;',
        `data-settings="{${settings}`,
      );
      await route.fulfill({ response, body });
    },
  );
  await context.route(
    ({ pathname }) => pathname.endsWith("/workbench/workbench.js"),
    async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: replaced(await response.text(), "remoteAuthority:location.host}", "}") });
    },
  );
  await context.route(
    ({ pathname }) => pathname.startsWith(`${extensionPath}/`),
    (route) => {
      const path = join(extensions, installed, new URL(route.request().url()).pathname.slice(extensionPath.length));
      return existsSync(path) ? route.fulfill({ path }) : route.fulfill({ status: 404, body: "" });
    },
  );
}

function replaced(text: string, before: string, after: string): string {
  if (!text.includes(before)) throw new Error(`code-server has changed: no ${JSON.stringify(before)}`);
  return text.replace(before, after);
}
