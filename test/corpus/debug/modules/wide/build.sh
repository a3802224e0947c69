#!/bin/sh
# clang-19 and lld-19 of Debian. Run in this folder.
set -eu
flags="--target=wasm32 -g -O0 -nostdlib -ffile-prefix-map=$PWD=. -Wl,--no-entry"
clang-19 $flags -std=gnu17 -o wide.c.wasm wide.c
clang++-19 $flags -std=c++17 -x c++ -o wide.cpp.wasm wide.c
