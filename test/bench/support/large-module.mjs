// A module of 135 MB with 42 MB of DWARF, out of C that is made here: clang 19 and wasm-ld 19 take about two minutes; the result is kept.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const cache = fileURLToPath(new URL("../../../build/bench-cache/", import.meta.url));
const files = 52;
const functionsPerFile = 900;
const structsPerFile = 120;
const probedFile = 7;

/** The module, the source of one of its files, and a function in it whose first marked line is the probe. Throws where it cannot be made. */
export function largeModule() {
  const module = join(cache, "large.wasm");
  const source = join(cache, name(probedFile));
  if (!existsSync(module) || !existsSync(source)) make(module);
  return { module, source, probe: `${functionName(probedFile, 100)}(` };
}

const name = (file) => `large${file}.c`;
const functionName = (file, index) => `f${file}_${index}`;

function make(module) {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "making-"));
  try {
    for (let file = 0; file < files; file++) writeFileSync(join(folder, name(file)), sourceOf(file));
    writeFileSync(join(folder, "main.c"), mainSource());
    const sources = [...Array.from({ length: files }, (_, file) => name(file)), "main.c"];
    for (const source of sources) {
      run(
        "clang-19",
        ["--target=wasm32", "-gdwarf-4", "-O0", "-w", "-fdebug-compilation-dir=.", "-c", source, "-o", `${source}.o`],
        folder,
      );
    }
    run(
      "wasm-ld-19",
      ["--no-entry", "--export=run", "-z", "stack-size=4194304", ...sources.map((source) => `${source}.o`), "-o", "large.wasm"],
      folder,
    );
    renameSync(join(folder, name(probedFile)), join(cache, name(probedFile)));
    renameSync(join(folder, "large.wasm"), module);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(command, args, cwd) {
  const { status, error, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`the input of this bench cannot be made: ${command}: ${error?.message ?? stderr}`);
}

function sourceOf(file) {
  const structs = Array.from({ length: structsPerFile }, (_, index) => structSource(file, index));
  const functions = Array.from({ length: functionsPerFile }, (_, index) => functionSource(file, index));
  return `typedef unsigned long long u64;\n${structs.join("\n")}\n${functions.join("\n")}\nint entry${file}(int depth) {\n  static struct s${file}_0 root;\n  return ${functionName(file, functionsPerFile - 1)}((void *)&root, depth, 1);\n}\n`;
}

const structSource = (file, index) =>
  `struct s${file}_${index} { int id; double weight; char name[${8 + (index % 9)}]; struct s${file}_${index} *next; union { int i; float f; u64 w; } u; short kind${index}[${1 + (index % 5)}]; };`;

function functionSource(file, index) {
  const struct = `struct s${file}_${index % structsPerFile}`;
  const inner =
    index === 0 ? "  total += depth;" : `  if (depth > 0) total += ${functionName(file, index - 1)}((void *)&local, depth - 1, hash);`;
  return `__attribute__((noinline)) int ${functionName(file, index)}(${struct} *arg, int depth, u64 seed) {
  int total = ${index}, step = ${1 + (index % 7)};
  ${struct} local = *arg, *cursor = arg;
  u64 hash = seed * 6364136223846793005ULL + 1442695040888963407ULL;
  double mean = arg->weight;
  for (int i = 0; i < ${3 + (index % 11)}; i++) {
    int square = i * i + step;
    u64 mixed = hash ^ (hash >> (i + 7));
    if (mixed & 1) {
      int odd = square + (int)mixed;
      total += odd;
    } else {
      float even = (float)square / 2.0f;
      mean += even;
    }
    hash = mixed * 31 + (u64)total;
  }
  while (cursor && cursor != arg) {
    struct pair { int a, b; } p = { cursor->id, cursor->u.i };
    total ^= p.a + p.b;
    cursor = cursor->next;
  }
  switch (total % 5) {
  case 0: local.id += 3; break;
  case 1: local.u.w = hash; break;
  case 2: local.name[0] = 'x'; break;
  case 3: local.weight *= mean; break;
  default: local.kind${index % structsPerFile}[0]++; break;
  }
${inner}
  *arg = local;
  return total + (int)mean; //@probe
}`;
}

const mainSource = () =>
  `${Array.from({ length: files }, (_, file) => `int entry${file}(int);`).join("\n")}
__attribute__((export_name("run"))) int run(int depth) {
  int sum = 0;
${Array.from({ length: files }, (_, file) => `  sum += entry${file}(depth);`).join("\n")}
  return sum;
}
`;
