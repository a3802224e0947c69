// Writes the grammars into syntaxes/: `npx tsx tools/grammar/generate.ts`; with `--check` it writes nothing and fails where one is out of date.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { goDirectivesGrammar } from "./go-directives.ts";
import type { Grammar } from "./textmate.ts";
import { wastGrammar } from "./wast.ts";
import { watGrammar } from "./wat.ts";

const grammars: Readonly<Record<string, Grammar>> = {
  "syntaxes/wat.tmLanguage.json": watGrammar,
  "syntaxes/wast.tmLanguage.json": wastGrammar,
  "syntaxes/go-wasm-directives.injection.json": goDirectivesGrammar,
};

/** The text of each generated grammar by its path below the repository's root. */
export function generateGrammars(): Map<string, string> {
  return new Map(Object.entries(grammars).map(([path, grammar]) => [path, `${JSON.stringify(grammar, undefined, 2)}\n`]));
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
