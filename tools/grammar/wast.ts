// The grammar of test scripts: their commands, then everything of the text format.
// Source: interpreter/README.md, "Scripts", of the WebAssembly specification's repository; threads: the threads proposal's copy of it.
import type { Grammar } from "./textmate.ts";
import { identifier, oneOf, tokenEnd, words } from "./tokens.ts";

const assertions = [
  ...words("assert_return assert_trap assert_exception assert_exhaustion assert_suspension"),
  ...words("assert_malformed assert_invalid assert_malformed_custom assert_invalid_custom assert_unlinkable"),
];

const commands = ["invoke", "get", "register", "script", "input", "output", "thread", "wait"];

/** How a module of a script is given, and what a result may be. */
const forms = ["definition", "instance", "binary", "quote", "either"];

/** References in arguments and results that are no instructions. */
const references = ["any", "struct", "array", "exn", "extern", "host"].map((kind) => `ref.${kind}`);

export const wastGrammar: Grammar = {
  name: "WebAssembly Script",
  scopeName: "source.wast",
  patterns: [
    {
      match: `(${oneOf([...assertions, ...commands])})${tokenEnd}(?:\\s+(${identifier})${tokenEnd})?`,
      captures: { 1: { name: "keyword.control.script.wast" }, 2: { name: "variable.other.wast" } },
    },
    { name: "keyword.other.script.wast", match: `${oneOf(forms)}${tokenEnd}` },
    { name: "support.function.reference.wast", match: `${oneOf(references)}${tokenEnd}` },
    { name: "constant.numeric.float.special.wast", match: `nan:(?:canonical|arithmetic)${tokenEnd}` },
    { include: "source.wat" },
  ],
};
