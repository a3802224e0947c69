import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

/** Modules of other toolchains with their sources and what is to be seen in them. */
export const corpusFolder = fileURLToPath(new URL("../corpus/debug/modules/", import.meta.url));

export function corpusFile(name: string): string {
  return join(corpusFolder, name);
}

export interface Expectation {
  readonly source: string;
  readonly markers: Readonly<Record<string, number>>;
}

export function expectation(name: string): Expectation {
  return JSON.parse(readFileSync(corpusFile(`expect/${name}.json`), "utf8")) as Expectation;
}

/** A folder with these files, `.gz` ones of the corpus unpacked, and a function that removes it. */
export function temporaryFolder(files: Readonly<Record<string, string | Uint8Array>>): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "go-wasm-test-"));
  for (const [name, contents] of Object.entries(files)) writeFileSync(join(path, name), contents);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export function unpacked(name: string): Uint8Array {
  return gunzipSync(readFileSync(corpusFile(name)));
}
