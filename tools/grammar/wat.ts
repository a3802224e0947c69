// The grammar of the text format. Every rule but three works on one line: only comments, annotations and the parentheses in them
// stay open over a line's end. So whatever is typed, the lines below keep their colours.
import type { Grammar, Rule } from "./textmate.ts";
import {
  decimalFloat,
  decimalInteger,
  hexFloat,
  hexInteger,
  idCharacter,
  identifier,
  oneOf,
  specialFloat,
  stringEscape,
  tokenEnd,
  unsignedInteger,
} from "./tokens.ts";
import {
  compositeTypes,
  control,
  controlClauses,
  declarations,
  heapTypes,
  modifiers,
  operations,
  outdated,
  startingWith,
  valueTypes,
} from "./words.ts";

const open = "punctuation.section.parens.begin.wat";
const close = "punctuation.section.parens.end.wat";
const declaration = "keyword.other.declaration.wat";
const controlWord = "keyword.control.wat";
const modifier = "storage.modifier.wat";
const typeOperations = startingWith("type").filter((word) => !control.includes(word));
const typeControl = startingWith("type").filter((word) => control.includes(word));

/** An identifier that may follow a word. */
const nameAfter = `(?:\\s+(${identifier})${tokenEnd})?`;

export const watGrammar: Grammar = {
  name: "WebAssembly Text",
  scopeName: "source.wat",
  patterns: [
    { include: "#comments" },
    { include: "#annotation" },
    { include: "#string" },
    { include: "#declarations" },
    { include: "#parentheses" },
    { include: "#identifier" },
    { include: "#instructions" },
    { include: "#memory-argument" },
    { include: "#types" },
    { include: "#numbers" },
    { include: "#outdated" },
    { include: "#illegal-number" },
    { include: "#word" },
    { include: "#illegal" },
  ],
  repository: {
    comments: { patterns: [{ include: "#line-comment" }, { include: "#block-comment" }] },
    "line-comment": {
      name: "comment.line.double-semicolon.wat",
      match: "(;;).*$",
      captures: { 1: { name: "punctuation.definition.comment.wat" } },
    },
    "block-comment": {
      name: "comment.block.wat",
      begin: "\\(;",
      beginCaptures: { 0: { name: "punctuation.definition.comment.begin.wat" } },
      end: ";\\)",
      endCaptures: { 0: { name: "punctuation.definition.comment.end.wat" } },
      patterns: [{ include: "#block-comment" }],
    },

    // An annotation holds any tokens. They are coloured as code, so that one that is not closed yet does not grey what follows.
    annotation: {
      name: "meta.annotation.wat",
      begin: `(\\(@)((?:${idCharacter})+|"(?:[^"\\\\]|\\\\.)*")`,
      beginCaptures: {
        1: { name: "punctuation.definition.annotation.begin.wat" },
        2: { name: "entity.other.attribute-name.annotation.wat" },
      },
      end: "\\)",
      endCaptures: { 0: { name: "punctuation.definition.annotation.end.wat" } },
      patterns: [{ include: "#annotation-content" }],
    },
    "annotation-content": {
      patterns: [
        { include: "#comments" },
        { include: "#annotation" },
        {
          begin: "\\(",
          beginCaptures: { 0: { name: open } },
          end: "\\)",
          endCaptures: { 0: { name: close } },
          patterns: [{ include: "#annotation-content" }],
        },
        { include: "#string" },
        { include: "#identifier" },
        { include: "#instructions" },
        { include: "#types" },
        { include: "#numbers" },
        { include: "#word" },
      ],
    },

    string: {
      name: "string.quoted.double.wat",
      begin: '"',
      beginCaptures: { 0: { name: "punctuation.definition.string.begin.wat" } },
      end: '"|(?=$)',
      endCaptures: { 0: { name: "punctuation.definition.string.end.wat" } },
      patterns: [{ include: "#string-content" }],
    },
    "string-content": {
      patterns: [
        { name: "constant.character.escape.wat", match: stringEscape },
        { name: "invalid.illegal.escape.wat", match: "\\\\." },
        { name: "invalid.illegal.character.wat", match: "[\\x01-\\x09\\x0b-\\x1f\\x7f]" },
      ],
    },

    declarations: {
      patterns: [
        named(["func", "start"], "entity.name.function.wat"),
        named(["type"], "entity.name.type.wat"),
        named(["param"], "variable.parameter.wat"),
        modified("sub", "final"),
        modified("ref", "null"),
        { match: `(\\()\\s*(${oneOf(compositeTypes)})${tokenEnd}`, captures: { 1: { name: open }, 2: { name: declaration } } },
      ],
    },
    parentheses: {
      patterns: [
        { name: open, match: "\\(" },
        { name: close, match: "\\)" },
      ],
    },

    identifier: {
      patterns: [
        { match: `(${identifier})${tokenEnd}`, captures: { 1: name("variable.other.wat") } },
        { name: "invalid.illegal.identifier.wat", match: '\\$(?:"[^"]*$)?' },
      ],
    },
    // Parentheses in it are no brackets: the manifest names this scope in `unbalancedBracketScopes`.
    "quoted-name": { name: "meta.name.quoted.wat", begin: '(?<=\\$)"', end: '"', patterns: [{ include: "#string-content" }] },

    instructions: {
      patterns: [
        withName(
          [...startingWith("block-type", "label"), "else", "end", "catch_all", "catch_all_ref"],
          controlWord,
          "entity.name.label.wat",
        ),
        {
          match: `(br_table)((?:\\s+(?:${identifier}|${unsignedInteger})${tokenEnd})+)`,
          captures: { 1: { name: controlWord }, 2: { patterns: [{ include: "#label" }, { include: "#numbers" }] } },
        },
        {
          match: `(catch|catch_ref|on)${tokenEnd}${nameAfter}${nameAfter}`,
          captures: { 1: { name: controlWord }, 2: name("variable.other.wat"), 3: name("entity.name.label.wat") },
        },
        withName(
          startingWith("func").filter((word) => control.includes(word)),
          controlWord,
          "entity.name.function.wat",
        ),
        withName(typeControl, controlWord, "entity.name.type.wat"),
        { name: controlWord, match: `${oneOf([...control, ...controlClauses])}${tokenEnd}` },
        withName(typeOperations, "support.function.reference.wat", "entity.name.type.wat"),
        withName(["ref.func"], "support.function.reference.wat", "entity.name.function.wat"),
        ...Object.entries(operations).map(([group, names]) => ({
          name: `support.function.${group}.wat`,
          match: `${oneOf(names)}${tokenEnd}`,
        })),
      ],
    },
    label: { match: `(${identifier})${tokenEnd}`, captures: { 1: name("entity.name.label.wat") } },

    "memory-argument": {
      match: `(offset|align)(=)(?:(${unsignedInteger})${tokenEnd}|(${idCharacter}*))`,
      captures: {
        1: { name: "entity.other.attribute-name.wat" },
        2: { name: "keyword.operator.assignment.wat" },
        3: { name: "constant.numeric.integer.wat" },
        4: { name: "invalid.illegal.number.wat" },
      },
    },

    types: {
      patterns: [
        { name: "support.type.value.wat", match: `${oneOf(valueTypes)}${tokenEnd}` },
        { name: "support.type.heap.wat", match: `${oneOf(heapTypes)}${tokenEnd}` },
        { name: modifier, match: `${oneOf(modifiers)}${tokenEnd}` },
        { name: declaration, match: `${oneOf(declarations)}${tokenEnd}` },
      ],
    },

    numbers: {
      patterns: [
        { name: "constant.numeric.float.hexadecimal.wat", match: hexFloat + tokenEnd },
        { name: "constant.numeric.float.decimal.wat", match: decimalFloat + tokenEnd },
        { name: "constant.numeric.integer.hexadecimal.wat", match: hexInteger + tokenEnd },
        { name: "constant.numeric.integer.decimal.wat", match: decimalInteger + tokenEnd },
        { name: "constant.numeric.float.special.wat", match: specialFloat + tokenEnd },
      ],
    },

    outdated: { name: "invalid.deprecated.spelling.wat", match: `${oneOf(outdated)}${tokenEnd}` },

    // A word that is none of the above is taken whole and left without a colour: half of it must not look like an instruction.
    "illegal-number": { name: "invalid.illegal.number.wat", match: `[+\\-]?\\d${idCharacter}*` },
    word: { match: `${idCharacter}+` },
    illegal: { name: "invalid.illegal.character.wat", match: `[^\\s()"]` },
  },
};

/** Declarations with the given words, and the name that the declared thing has. */
function named(words: readonly string[], scope: string): Rule {
  return {
    match: `(\\()\\s*(${oneOf(words)})${tokenEnd}${nameAfter}`,
    captures: { 1: { name: open }, 2: { name: declaration }, 3: name(scope) },
  };
}

/** `(sub final $t` and `(ref null $t`: a type's name after one or two modifiers. */
function modified(first: string, second: string): Rule {
  return {
    match: `(\\()\\s*(${first})${tokenEnd}(?:\\s+(${second})${tokenEnd})?${nameAfter}`,
    captures: { 1: { name: open }, 2: { name: modifier }, 3: { name: modifier }, 4: name("entity.name.type.wat") },
  };
}

/** Words with the name that is their first immediate, where it stands on the same line. */
function withName(words: readonly string[], scope: string, nameScope: string): Rule {
  return { match: `(${oneOf(words)})${tokenEnd}${nameAfter}`, captures: { 1: { name: scope }, 2: name(nameScope) } };
}

/** The scope of an identifier that a rule has captured; a quoted one has escapes. */
function name(scope: string): Rule {
  return { name: scope, patterns: [{ include: "#quoted-name" }] };
}
