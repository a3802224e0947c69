// Bundles the programs into dist/ and puts their side files beside them. `node tools/build.mjs [--watch]`
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { browserExtension, browserServer, nodeBundles, nodeServer } from "./bundles.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const watch = process.argv.includes("--watch");

const sideFiles = [
  ["node_modules/source-map/lib/mappings.wasm", "mappings.wasm"],
  // Go source, which the debug adapter has the user's toolchain build.
  ["core/go/layouts/helper", "go-layouts"],
];

if (!watch) rmSync(`${root}/dist`, { recursive: true, force: true });
mkdirSync(`${root}/dist`, { recursive: true });
for (const [from, to] of sideFiles) cpSync(`${root}/${from}`, `${root}/dist/${to}`, { recursive: true });

const bundles = [nodeBundles, nodeServer, browserExtension, browserServer].map((bundle) => ({
  minifyWhitespace: !watch,
  minifySyntax: !watch,
  minifyIdentifiers: !watch,
  ...bundle,
  sourcemap: watch ? "linked" : false,
}));

if (watch) {
  for (const bundle of bundles) await (await esbuild.context(bundle)).watch();
  console.log("watching");
} else {
  await Promise.all(bundles.map((bundle) => esbuild.build(bundle)));
}
