#!/bin/sh
# Rust 1.95 with its target wasm32-unknown-unknown, and llvm-objcopy 19. Run in this folder. `rustc kinds.rs && ./kinds` prints the values natively.
set -eu
out=$(mktemp -d)
rustc --crate-type cdylib --target wasm32-unknown-unknown -C opt-level=0 -g -A warnings --remap-path-prefix="$PWD"=/srcs -o "$out/named.wasm" kinds.rs
# Names of functions are in the DWARF, too.
llvm-objcopy-19 --remove-section=name "$out/named.wasm" "$out/kinds.debug.wasm"
gzip -9nc "$out/kinds.debug.wasm" > kinds.debug.wasm.gz
node ../recipes/expect.mjs ../expect/rust.kinds.rs.json ../rust/kinds.rs kinds.debug.wasm.gz
rustc --edition 2021 --crate-type cdylib --target wasm32-unknown-unknown -C opt-level=0 -C panic=abort -g -A warnings --remap-path-prefix="$PWD"=/srcs -o "$out/named.wasm" shared.rs
llvm-objcopy-19 --remove-section=name "$out/named.wasm" "$out/shared.wasm"
gzip -9nc "$out/shared.wasm" > shared.wasm.gz
rm -r "$out"
