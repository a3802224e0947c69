#!/bin/sh
# clang-19, lld-19 and llvm-19 of Debian. Run in this folder. The modules of lists.c have the same code and tell the same of it.
set -eu
here=$PWD
out=$(mktemp -d)
cp ./*.c ./*.cpp ./*.h "$out"
cd "$out"
flags="--target=wasm32 -nostdlib -fdebug-compilation-dir=/srcs -ffile-prefix-map=$out=/srcs"
link="wasm-ld-19 --no-entry --export=run"
for unit in holder hidden other; do clang++-19 $flags -gdwarf-5 -O0 -c $unit.cpp; done
$link --export=unrelated holder.o hidden.o other.o -o incomplete.wasm
for version in 4 5; do
  clang-19 $flags -gdwarf-$version -O2 -c lists.c -o lists.o && $link lists.o -o lists$version.wasm
  clang-19 $flags -gdwarf-$version -gsplit-dwarf -O2 -c lists.c -o lists.split$version.o && $link lists.split$version.o -o lists.split$version.wasm
  llvm-dwp-19 lists.split$version.dwo -o lists.split$version.dwp
done
# The types of kinds.h, in the units themselves and in units of their own.
for version in 4 5; do
  for unit in kinds kinds2; do
    clang++-19 $flags -gdwarf-$version -O0 -c $unit.cpp -o $unit.o
    clang++-19 $flags -gdwarf-$version -fdebug-types-section -O0 -c $unit.cpp -o $unit.types.o
    clang++-19 $flags -gdwarf-$version -gsplit-dwarf -fdebug-types-section -O0 -c $unit.cpp -o $unit.split$version.o
  done
  $link kinds.o kinds2.o -o kinds$version.wasm
  $link kinds.types.o kinds2.types.o -o kinds.types$version.wasm
  $link kinds.split$version.o kinds2.split$version.o -o kinds.split$version.wasm
  llvm-dwp-19 kinds.split$version.dwo kinds2.split$version.dwo -o kinds.split$version.dwp
done
cp kinds?.wasm kinds.types?.wasm kinds.split?.wasm kinds*.split?.dwo kinds.split?.dwp "$here"
cp incomplete.wasm lists?.wasm lists.split?.wasm lists.split?.dwo lists.split?.dwp "$here"
rm -r "$out"
