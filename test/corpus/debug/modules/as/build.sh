#!/bin/sh
# AssemblyScript 0.28.20, `npm install assemblyscript@0.28.20` in some folder whose asc is $ASC. Run in this folder.
set -eu
out=$(mktemp -d)
cp kinds.ts "$out" && cd "$out"
"$ASC" kinds.ts --debug --sourceMap -o kinds.wasm
# The library's texts are most of the map.
node -e '
  const { readFileSync, writeFileSync } = require("fs");
  const map = JSON.parse(readFileSync("kinds.wasm.map", "utf8"));
  map.sourcesContent = map.sources.map((name, at) => (name.startsWith("~lib/") ? null : map.sourcesContent[at]));
  writeFileSync("kinds.wasm.map", JSON.stringify(map));
'
cd - && cp "$out/kinds.wasm" "$out/kinds.wasm.map" . && rm -r "$out"
