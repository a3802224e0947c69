#!/bin/sh
# Debian: clang-19 lld-19 wasi-libc libc++-19-dev-wasm32 libc++abi-19-dev-wasm32 libclang-rt-19-dev-wasm32 emscripten (3.1.6). Run in this folder.
# Compiled and linked in two steps: with -O, clang's driver runs wasm-opt where it finds one, which loses lines.
set -eu
out=$(mktemp -d)
clang++-19 --target=wasm32-wasi -isystem /usr/include/wasm32-wasi/c++/v1 -std=c++20 -fno-exceptions -O0 -gdwarf-5 \
  -fdebug-compilation-dir=/srcs -ffile-prefix-map="$PWD"=/srcs -c shapes.cpp -o "$out/shapes.o"
clang++-19 --target=wasm32-wasi "$out/shapes.o" -lc++ -lc++abi -o "$out/shapes.O0.wasm"
emcc -g -O0 -std=c++17 -fdebug-compilation-dir=/srcs -ffile-prefix-map="$PWD"=/srcs -s STANDALONE_WASM=1 shapes.cpp -o "$out/named.wasm"
# Names of functions are in the DWARF, too; without the name section the file is half the size.
llvm-objcopy-19 --remove-section=name "$out/named.wasm" "$out/shapes.emscripten.wasm"
clang++-19 --target=wasm32-wasi -isystem /usr/include/wasm32-wasi/c++/v1 -std=c++23 -fno-exceptions -O0 -gdwarf-5 \
  -fdebug-compilation-dir=/srcs -ffile-prefix-map="$PWD"=/srcs -c adaptors.cpp -o "$out/adaptors.o"
clang++-19 --target=wasm32-wasi "$out/adaptors.o" -lc++ -lc++abi -o "$out/adaptors.wasm"
gzip -9nc "$out/adaptors.wasm" > adaptors.wasm.gz
for module in O0 emscripten; do gzip -9nc "$out/shapes.$module.wasm" > "shapes.$module.wasm.gz"; done
node ../recipes/expect.mjs ../expect/cpp.shapes.cpp.json ../cpp/shapes.cpp shapes.O0.wasm.gz shapes.emscripten.wasm.gz
rm -r "$out"
