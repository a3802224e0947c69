#!/bin/sh
# Builds conditions.wasm beside its source; the module in the repository was made so by clang 19.
set -e
cd "$(dirname "$0")"
clang-19 --target=wasm32 -g -O0 -nostdlib -mbulk-memory -fdebug-prefix-map="$PWD"=. -Wl,--no-entry -o conditions.wasm conditions.c
