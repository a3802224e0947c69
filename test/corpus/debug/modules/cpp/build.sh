#!/bin/sh
# Debian: clang-19 lld-19 wasi-libc libc++-19-dev-wasm32 libc++abi-19-dev-wasm32 libclang-rt-19-dev-wasm32. Run in this folder.
# Compiled and linked in two steps: with -O, clang's driver runs wasm-opt where it finds one, which loses lines.
set -eu
out=$(mktemp -d)
clang++-19 --target=wasm32-wasi -isystem /usr/include/wasm32-wasi/c++/v1 -std=c++20 -fno-exceptions -O0 -gdwarf-5 \
  -fdebug-compilation-dir=/srcs -ffile-prefix-map="$PWD"=/srcs -c shapes.cpp -o "$out/shapes.o"
clang++-19 --target=wasm32-wasi "$out/shapes.o" -lc++ -lc++abi -o "$out/shapes.O0.wasm"
gzip -9nc "$out/shapes.O0.wasm" > shapes.O0.wasm.gz
node ../recipes/expect.mjs ../expect/cpp.shapes.cpp.json ../cpp/shapes.cpp shapes.O0.wasm.gz
rm -r "$out"
