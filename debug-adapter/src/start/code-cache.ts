/**
 * Runs a bundle with what V8 made of it the last time: compiling it takes as long as all else until the adapter answers. Node.js does the
 * same from version 22.1 on (`module.enableCompileCache`).
 */
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { arch, versions } from "node:process";
import { dirname } from "node:path";
import { Script } from "node:vm";

const digestLength = 32;

/** Runs the CommonJS module at `path`; `cache`: the file for V8's code, which is replaced at the end of the process where it does not fit. */
export function runCached(path: string, cache: string): void {
  const key = cacheKey(path);
  const cachedData = readCode(cache, key);
  const script = new Script(Module.wrap(readFileSync(path, "utf8")), { filename: path, ...(cachedData ? { cachedData } : {}) });
  // What was compiled by then is what a session needs.
  if (script.cachedDataRejected !== false) process.once("exit", () => writeCode(cache, key, script.createCachedData()));
  const run = script.runInThisContext() as (exports: object, require: NodeJS.Require, module: object, file: string, folder: string) => void;
  const module = { exports: {} };
  run(module.exports, createRequire(path), module, path, dirname(path));
}

/** V8 itself tells versions apart, but two sources only by their lengths. */
function cacheKey(path: string): string {
  const { size, mtimeMs } = statSync(path);
  return [path, size, mtimeMs, versions.v8, arch].join("\0");
}

/** V8 does not look whether the code is damaged. */
function readCode(cache: string, key: string): Buffer | undefined {
  try {
    const bytes = readFileSync(cache);
    const code = bytes.subarray(digestLength);
    return digest(key, code).equals(bytes.subarray(0, digestLength)) ? code : undefined;
  } catch {
    return undefined;
  }
}

function writeCode(cache: string, key: string, code: Buffer): void {
  try {
    mkdirSync(dirname(cache), { recursive: true, mode: 0o700 });
    const unfinished = `${cache}.${randomBytes(8).toString("hex")}`;
    writeFileSync(unfinished, Buffer.concat([digest(key, code), code]), { mode: 0o600 });
    renameSync(unfinished, cache);
  } catch {
    // Without it the next start takes longer, and that is all.
  }
}

function digest(key: string, code: Buffer): Buffer {
  return createHash("sha256").update(key).update("\0").update(code).digest();
}
