// Small modules out of C that the benches make: clang 19 and wasm-ld 19. They are kept, as long as their source stays the same.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const cache = fileURLToPath(new URL("../../../build/bench-cache/", import.meta.url));

/** The module without optimisation, and its source. Throws where it cannot be made. */
export function smallModule(name, text) {
  const module = join(cache, `${name}.wasm`);
  const source = join(cache, `${name}.c`);
  if (existsSync(module) && existsSync(source) && readFileSync(source, "utf8") === text) return { module, source };
  mkdirSync(cache, { recursive: true });
  writeFileSync(source, text);
  const object = join(cache, `${name}.o`);
  run("clang-19", ["--target=wasm32", "-g", "-O0", "-w", "-ffreestanding", "-c", source, "-o", object]);
  run("wasm-ld-19", ["--no-entry", "--export=run", "-z", "stack-size=4194304", object, "-o", module]);
  rmSync(object);
  return { module, source };
}

function run(command, args) {
  const { status, error, stderr } = spawnSync(command, args, { cwd: cache, encoding: "utf8" });
  if (status !== 0) throw new Error(`the input of this bench cannot be made: ${command}: ${error?.message ?? stderr}`);
}
