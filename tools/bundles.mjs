// The programs as esbuild bundles them: each object is one call of it. Tests that bundle for themselves start from the same options.
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** @satisfies {import("esbuild").BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  external: ["vscode"],
  keepNames: true,
  legalComments: "none",
  logLevel: "warning",
};

const onNode = {
  ...common,
  outdir: "dist",
  outExtension: { ".js": ".cjs" },
  platform: "node",
  format: "cjs",
  target: "node20",
  // The UMD builds of some language server packages hide their requires from the bundler.
  mainFields: ["module", "main"],
};

/** Those that run on Node 20. All are CommonJS: `source-map` 0.8 looks for its .wasm beside `__dirname`. */
export const nodeBundles = {
  ...onNode,
  entryPoints: {
    extension: "client/src/extension.ts",
    "wabt-worker": "server/src/worker/wabt-worker.ts",
    "script-worker": "server/src/scripts/script-worker.ts",
    "debug-adapter": "debug-adapter/src/start/start.ts",
    "debug-adapter-main": "debug-adapter/src/main.ts",
    cli: "cli/src/main.ts",
    debuggee: "debug-adapter/src/debuggee/bootstrap.ts",
    "debuggee-relay": "debug-adapter/src/debuggee/relay.ts",
  },
};

/**
 * The language server on Node 20. To give minified functions their names back is work for each closure that is made, which is a tenth of
 * the time that small documents take; so its names stay as they are written.
 */
export const nodeServer = { ...onNode, entryPoints: { server: "server/src/main.ts" }, keepNames: false, minifyIdentifiers: false };

const inBrowser = { ...common, outdir: "dist/browser", platform: "browser", target: "es2022" };

/** The extension in VS Code in a browser, which loads a CommonJS module into a worker, and takes ".js" for none: the manifest says "module". */
export const browserExtension = {
  ...inBrowser,
  entryPoints: { extension: "client/src/browser/extension.ts" },
  outExtension: { ".js": ".cjs" },
  format: "cjs",
};

/** The language server in a browser: the classic script of a worker, which keeps its names to itself. Functions get none back, as on Node. */
export const browserServer = { ...inBrowser, entryPoints: { server: "server/src/browser/main.ts" }, format: "iife", keepNames: false };
