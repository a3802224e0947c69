#!/bin/sh
# TinyGo 0.40.1 as ../../tinygo/build.sh has it, whose target file is in $TARGET, and Go 1.25. Run in this folder with wasm-ld (19) in PATH.
set -eu
out=$(mktemp -d)
TINYGOROOT="$TINYGO" "$TINYGO-bin" build -target="$TARGET" -opt=0 -o "$out/panics.wasm" .
gzip -9nc "$out/panics.wasm" > panics.opt0.wasm.gz
rm -r "$out"
