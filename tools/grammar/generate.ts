// The files of syntaxes/ from their templates. `npm run generate` writes them.
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
