#!/bin/sh
# Builds the modules in the repository beside their sources: clang 19 and Rust 1.95 with its target wasm32-unknown-unknown. Run in this folder.
# The programs keep what their compilers make of each expression, so that nothing has to be written down.
set -eu
flags="--target=wasm32 -g -O0 -nostdlib -mbulk-memory -ffile-prefix-map=$PWD=. -Wl,--no-entry -Wno-everything"
clang-19 $flags -std=gnu17 -o expressions.wasm expressions.c other.c
clang++-19 $flags -std=c++17 -fno-exceptions -fno-rtti -o members.wasm members.cpp
rustc --crate-type cdylib --target wasm32-unknown-unknown -C opt-level=0 -C panic=abort -g -A warnings --remap-path-prefix="$PWD"=. -o numbers.wasm numbers.rs
# Names of functions are in the DWARF, too.
llvm-objcopy-19 --remove-section=name numbers.wasm numbers.wasm
gzip -9nf numbers.wasm
