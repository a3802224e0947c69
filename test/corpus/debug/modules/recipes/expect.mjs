// Writes what llvm-dwarfdump says of modules into an expectation file, and leaves the values in it as they are:
//   node expect.mjs <expect/name.json> <source> <module>...
// Marks are the `//@name` comments of the source. Addresses count from the code section's contents.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";

const dump = process.env.LLVM_DWARFDUMP ?? "llvm-dwarfdump";
const [file, source, ...modules] = process.argv.slice(2);
const sourceName = basename(source);

const known = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { values: { stops: {} } };
const marks = readFileSync(source, "utf8")
  .split("\n")
  .flatMap((text, index) => {
    const name = /\/\/ ?@(\w+)/.exec(text)?.[1];
    return name ? [[name, index + 1]] : [];
  });

const folder = mkdtempSync(join(tmpdir(), "expect-"));
const described = modules.map((path) => {
  const raw = readFileSync(path);
  const bytes = path.endsWith(".gz") ? gunzipSync(raw) : raw;
  const plain = join(folder, basename(path, ".gz"));
  writeFileSync(plain, bytes);
  return [basename(path), moduleFacts(plain, bytes)];
});
const folderName = source.split("/").at(-2);
writeFileSync(
  file,
  `${JSON.stringify({ source: `${folderName}/${sourceName}`, markers: Object.fromEntries(marks), values: known.values, modules: Object.fromEntries(described) }, undefined, 1)
    .replaceAll(/\[\s+(\d+),\s+(\d+),\s+("\w*-?")(?:,\s+("\w+"))?\s+\]/g, (_, a, b, c, d) => `[${a}, ${b}, ${c}${d ? `, ${d}` : ""}]`)}\n`,
);

function moduleFacts(path, bytes) {
  const run = (...flags) => execFileSync(dump, [...flags, path], { encoding: "utf8", maxBuffer: 2 ** 30 });
  const info = run("--debug-info");
  return {
    bytes: bytes.length,
    codeOffset: codeOffset(bytes),
    dwarfVersion: Math.max(...[...info.matchAll(/version = 0x(\w+)/g)].map(([, version]) => Number.parseInt(version, 16))),
    functions: functionsOf(info),
    lines: linesOf(run("--debug-line")),
  };
}

function codeOffset(bytes) {
  for (let at = 8; at < bytes.length; ) {
    const id = bytes[at++];
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      size += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    if (id === 10) return at;
    at += size;
  }
  return 0;
}

/** Functions with code that the source itself declares. */
function functionsOf(info) {
  return info
    .split(/\n(?=0x\w+: )/)
    .filter((entry) => /DW_TAG_subprogram/.test(entry) && new RegExp(`decl_file\\s+\\(".*/${sourceName.replaceAll(".", "\\.")}"\\)`).test(entry))
    .flatMap((entry) => {
      const text = (name) => new RegExp(`DW_AT_${name}\\s+\\((?:"([^"]*)"|([^)]*))\\)`).exec(entry)?.slice(1).find(Boolean);
      const low = Number(text("low_pc"));
      if (!low) return [];
      return [{ name: text("name") ?? /DW_AT_specification\s+\(\w+ "([^"]*)"/.exec(entry)?.[1] ?? null, linkage: text("linkage_name") ?? null, line: Number(text("decl_line")), low, high: Number(text("high_pc")) }];
    });
}

/** Rows of the source, by line. */
function linesOf(text) {
  const lines = {};
  for (const table of text.split(/\ndebug_line\[/)) {
    const numbers = new Set([...table.matchAll(/file_names\[\s*(\d+)\]:\n\s+name: "([^"]*)"/g)].filter(([, , name]) => basename(name) === sourceName).map(([, number]) => number));
    // The row that ends a sequence is behind its last instruction.
    for (const sequence of table.split(/\n.*end_sequence/)) {
      const rows = [...sequence.matchAll(/^0x(\w+) +(\d+) +(\d+) +(\d+) +\d+ +\d+(?: +\d+)?(.*)$/gm)];
      const [first] = rows;
      if (!first || isDropped(Number.parseInt(first[1], 16))) continue;
      for (const [, address, line, column, number, flags] of rows) {
        if (!numbers.has(number) || line === "0") continue;
        const row = [Number.parseInt(address, 16), Number(column), flags.includes("is_stmt") ? "stmt" : "-"];
        if (flags.includes("prologue_end")) row.push("prologue_end");
        (lines[line] ??= []).push(row);
      }
    }
  }
  return lines;
}

function isDropped(address) {
  return address === 0 || address >= 0xfffffffe;
}
