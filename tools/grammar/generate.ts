// Writes the grammars and the language configuration into syntaxes/: `npx tsx tools/grammar/generate.ts`; with `--check` it writes nothing and fails where one is out of date.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { goDirectivesGrammar } from "./go-directives.ts";
import { languageConfiguration } from "./language-configuration.ts";
import { wastGrammar } from "./wast.ts";
import { watGrammar } from "./wat.ts";

const files: Readonly<Record<string, object>> = {
  "syntaxes/wat.tmLanguage.json": watGrammar,
  "syntaxes/wast.tmLanguage.json": wastGrammar,
  "syntaxes/go-wasm-directives.injection.json": goDirectivesGrammar,
  "syntaxes/wat.language-configuration.json": languageConfiguration,
};

/** The text of each generated file by its path below the repository's root. */
export function generateGrammars(): Map<string, string> {
  return new Map(Object.entries(files).map(([path, value]) => [path, `${printJson(value)}\n`]));
}

/** JSON as the formatter of this repository leaves it: each property on a line of its own, lists of strings on one. */
function printJson(value: unknown, indent = ""): string {
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item) => printJson(item, deeper));
    if (!items.some((item) => item.includes("\n"))) return `[${items.join(", ")}]`;
    return `[\n${items.map((item) => deeper + item).join(",\n")}\n${indent}]`;
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const properties = Object.entries(value).map(([name, property]) => `${deeper}${JSON.stringify(name)}: ${printJson(property, deeper)}`);
  return `{\n${properties.join(",\n")}\n${indent}}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const outdated = [...generateGrammars()].filter(
    ([path, text]) => !existsSync(join(root, path)) || readFileSync(join(root, path), "utf8") !== text,
  );
  if (process.argv.includes("--check")) {
    for (const [path] of outdated) console.error(`${path} is out of date: npx tsx tools/grammar/generate.ts`);
    process.exitCode = outdated.length > 0 ? 1 : 0;
  } else {
    for (const [path, text] of outdated) writeFileSync(join(root, path), text);
  }
}
