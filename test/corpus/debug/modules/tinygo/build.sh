#!/bin/sh
# TinyGo 0.40.1 out of its Go module, built with `-tags llvm19` by Go 1.25 and Debian's LLVM 19, in the folder $TINYGO (sources) and $TINYGO-bin.
# Its own target file needs a built wasi-libc; this one takes Debian's. Run in this folder with wasm-ld (19) in PATH.
set -eu
out=$(mktemp -d)
node -e '
  const target = JSON.parse(require("fs").readFileSync(process.argv[1] + "/targets/wasip1.json", "utf8"));
  delete target.libc;
  delete target.rtlib;
  Object.assign(target, { gc: "conservative", scheduler: "none", "extra-files": ["src/runtime/asm_tinygowasm.S"] });
  target.cflags.push("--sysroot=/usr", "-isystem", "/usr/include/wasm32-wasi");
  target.ldflags.push("/usr/lib/wasm32-wasi/libc.a", "/usr/lib/llvm-19/lib/clang/19/lib/wasi/libclang_rt.builtins-wasm32.a");
  console.log(JSON.stringify(target));
' "$TINYGO" > "$out/target.json"
mkdir /tmp/tinygo-fixture && cp main.go go.mod /tmp/tinygo-fixture && cd /tmp/tinygo-fixture
TINYGOROOT="$TINYGO" "$TINYGO-bin" build -target="$out/target.json" -opt=0 -o "$out/main.wasm" .
cd - && rm -r /tmp/tinygo-fixture
gzip -9nc "$out/main.wasm" > main.opt0.wasm.gz
node ../recipes/expect.mjs ../expect/tinygo.main.go.json ../tinygo/main.go main.opt0.wasm.gz
rm -r "$out"
