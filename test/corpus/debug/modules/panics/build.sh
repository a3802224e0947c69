#!/bin/sh
# Rust 1.95 with its targets wasm32-unknown-unknown and wasm32-wasip1; Debian: clang-19 lld-19 llvm-19 wasi-libc libc++-19-dev-wasm32
# libc++abi-19-dev-wasm32 libclang-rt-19-dev-wasm32. Run in this folder. What the programs print natively is what the debugger has to say.
set -eu
out=$(mktemp -d)
rustc --target wasm32-unknown-unknown --crate-type cdylib -g -A warnings --remap-path-prefix="$PWD"=/srcs -o "$out/panics.unknown.wasm" panics.rs
# Names of functions are all that is needed.
rustc --target wasm32-wasip1 -A warnings --remap-path-prefix="$PWD"=/srcs -o "$out/whole.wasm" panics.rs
llvm-objcopy-19 --remove-section=.debug_abbrev --remove-section=.debug_info --remove-section=.debug_ranges --remove-section=.debug_str \
  --remove-section=.debug_line --remove-section=.debug_loc "$out/whole.wasm" "$out/panics.wasi.wasm"
common="--target=wasm32-wasi -g -O0 -fdebug-compilation-dir=/srcs -ffile-prefix-map=$PWD=/srcs"
clang-19 $common aborts.c -o "$out/aborts.wasm"
clang++-19 $common -fno-exceptions throws.cpp -o "$out/throws.wasm" -lc++ -lc++abi
for module in panics.unknown panics.wasi aborts throws; do gzip -9nc "$out/$module.wasm" > "$module.wasm.gz"; done
rm -r "$out"
