// Colours for `//go:wasmexport` and `//go:wasmimport`, put into the comments of any Go grammar.
// Source of the rules: cmd/compile/internal/noder/noder.go, `pragma`, and cmd/compile/internal/syntax, `lineComment`: the word must
// follow the slashes at once and be followed by a space; the fields are split at white space, and their number must be exact.
import type { Grammar, Rule } from "./textmate.ts";

/** The comment's rule ends its begin behind the slashes, so `\G` is the place right after them. */
const afterSlashes = "\\G";
/** Code before the comment on its line, as far as a look-behind of fixed lengths can see it. */
const afterCode = "(?<=\\S//|\\S[ \\t]//|\\S[ \\t]{2}//)";

const word = "keyword.control.directive.go";
const ignored = "invalid.deprecated.ignored-directive.go";
const field = "(\\S+)";

export const goDirectivesGrammar: Grammar = {
  name: "Go WebAssembly Directives",
  scopeName: "source.go.wasm-directives.injection",
  injectionSelector: "L:source.go comment.line",
  patterns: [
    { name: "invalid.illegal.directive.go", match: `${afterCode}${afterSlashes}go:wasm(?:export|import) .*$` },
    wellFormed("wasmexport", field, "entity.name.function.export.go"),
    wellFormed("wasmimport", `${field}\\s+${field}`, "string.unquoted.module.go", "entity.name.function.import.go"),
    { name: "invalid.illegal.directive.go", match: `${afterSlashes}go:wasm(?:export|import) .*$` },
    // The compiler takes these for directives that it does not know, or for plain comments, and says nothing.
    { name: ignored, match: `${afterSlashes}go:wasm(?:export|import)(?:[^\\S ].*)?$` },
    { name: ignored, match: `${afterSlashes}\\s+go:wasm(?:export\\s+\\S+|import\\s+\\S+\\s+\\S+)\\s*$` },
  ],
};

function wellFormed(name: string, fields: string, ...scopes: string[]): Rule {
  const captures = Object.fromEntries([word, ...scopes].map((scope, index) => [index + 1, { name: scope }]));
  return { name: "meta.directive.wasm.go", match: `${afterSlashes}(go:${name})(?= )\\s+${fields}\\s*$`, captures };
}
