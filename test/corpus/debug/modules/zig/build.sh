#!/bin/sh
# Zig 0.17 (`pip install ziglang`). Run in this folder. Without its handler for panics and its own runtime the module is small.
set -eu
out=$(mktemp -d)
cp errors.zig "$out"
(cd "$out" && ZIG_GLOBAL_CACHE_DIR="$out/cache" python3 -m ziglang build-exe errors.zig -target wasm32-freestanding -O Debug -fno-entry -fno-compiler-rt --export=run -femit-bin=errors.wasm)
gzip -9nc "$out/errors.wasm" > errors.wasm.gz
rm -r "$out"
