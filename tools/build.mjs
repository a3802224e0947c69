// Bundles the programs into dist/ and puts their side files beside them. `node tools/build.mjs [--watch]`
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const watch = process.argv.includes("--watch");

/** Bundle name in dist/ to its entry. All are CommonJS for Node 20: `source-map` 0.8 looks for its .wasm beside `__dirname`. */
const entries = {
  extension: "client/src/extension.ts",
  server: "server/src/main.ts",
  "wabt-worker": "server/src/worker/wabt-worker.ts",
  "script-worker": "server/src/scripts/script-worker.ts",
  "debug-adapter": "debug-adapter/src/main.ts",
  cli: "cli/src/main.ts",
  debuggee: "debug-adapter/src/debuggee/bootstrap.ts",
  "debuggee-relay": "debug-adapter/src/debuggee/relay.ts",
};

const sideFiles = [
  ["node_modules/source-map/lib/mappings.wasm", "mappings.wasm"],
  // Go source, which the debug adapter has the user's toolchain build.
  ["core/go/layouts/helper", "go-layouts"],
];

/** @type {esbuild.BuildOptions} */
const options = {
  absWorkingDir: root,
  entryPoints: Object.entries(entries).map(([out, entry]) => ({ in: entry, out })),
  outdir: "dist",
  outExtension: { ".js": ".cjs" },
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  external: ["vscode"],
  minify: !watch,
  keepNames: true,
  sourcemap: watch ? "linked" : false,
  legalComments: "none",
  logLevel: "warning",
  // The UMD builds of some language server packages hide their requires from the bundler.
  mainFields: ["module", "main"],
};

if (!watch) rmSync(`${root}/dist`, { recursive: true, force: true });
mkdirSync(`${root}/dist`, { recursive: true });
for (const [from, to] of sideFiles) cpSync(`${root}/${from}`, `${root}/dist/${to}`, { recursive: true });

if (watch) {
  const context = await esbuild.context(options);
  await context.watch();
  console.log("watching");
} else {
  await esbuild.build(options);
}
