import { expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { Lexer } from "#core/wat/lexer.ts";
import { stringBytes, stringText, nameText } from "#core/wat/literal-string.ts";
import { Token, wordOf } from "#core/wat/token.ts";

const tokenNames = new Map(Object.entries(Token).map(([name, tag]) => [tag as number, name]));

/** The tokens of a text, each as `kind:text`; words of the language as they are. */
function tokens(text: string): string[] {
  const lexer = new Lexer(text, 0);
  while (lexer.next() !== Token.end);
  return Array.from({ length: lexer.count }, (_, at) => {
    const written = text.slice(lexer.spans[2 * at], lexer.spans[2 * at + 1]);
    const tag = lexer.tags[at]!;
    const word = wordOf(tag);
    if (word !== undefined) expect(word).toBe(written);
    return word ?? `${tokenNames.get(tag)!}:${written}`;
  });
}

test("parentheses and comments separate tokens", () => {
  expect(tokens('(func;;c\r$a(;x(;y;)z;)i32.add)"s"')).toEqual(["leftParen:(", "func", "name:$a", "i32.add", "rightParen:)", 'string:"s"']);
});

test("annotations are no tokens, whatever they hold", () => {
  expect(tokens('(@a (x) "\\")" ;;)\n ,[]{} (@(@b)))nop(@"quoted id" )')).toEqual(["nop"]);
});

test("kinds of tokens", () => {
  expect(tokens('$"a b" 0x1F -3 1e5 nan:0x1 offset=8 align=4 i32.ad 0$x $ "a""b" é')).toEqual([
    'quotedName:$"a b"',
    "natural:0x1F",
    "integer:-3",
    "float:1e5",
    "float:nan:0x1",
    "offset:offset=8",
    "align:align=4",
    "unknown:i32.ad",
    "unknown:0$x",
    "broken:$",
    'broken:"a""b"',
    "broken:é",
  ]);
});

test("a start at any token gives the tokens from there on", () => {
  const text = '(module (func $f (;c;) "x" 0x1 (@a) i32.const 5))';
  const whole = tokens(text);
  const lexer = new Lexer(text, 0);
  while (lexer.next() !== Token.end);
  for (let at = 0; at < lexer.count; at++) expect(tokens(text.slice(lexer.spans[2 * at]))).toEqual(whole.slice(at));
});

test("strings mean bytes, names mean text", () => {
  const literal = String.raw`"a\t\n\r\"\'\\\00\ff\u{1F600}é"`;
  const expected = [0x61, 9, 10, 13, 0x22, 0x27, 0x5c, 0, 0xff, 0xf0, 0x9f, 0x98, 0x80, 0xc3, 0xa9];
  expect(Array.from(stringBytes(literal, 0, literal.length))).toEqual(expected);
  expect(stringText(literal, 0, literal.length)).toBeUndefined();
  const names = ["$fh", '$"fh"', String.raw`$"\66h"`, String.raw`$"\u{66}\68"`];
  expect(names.map((name) => nameText(name, 0, name.length))).toEqual(["fh", "fh", "fh", "fh"]);
});

test.each([
  [String.raw`"\u{110000}"`, "bad-escape", String.raw`\u{110000}`],
  [String.raw`"\u{d800}"`, "bad-escape", String.raw`\u{d800}`],
  [String.raw`"\x41"`, "bad-escape", String.raw`\x`],
  ['"a\u0001b"', "illegal-character", "\u0001"],
  ['"abc', "unclosed-string", '"abc'],
  ["(; (; ;)", "unclosed-comment", "(;"],
  ["\u{1F600}", "illegal-character", "\u{1F600}"],
  ["a;b", "illegal-character", ";"],
])("%s: %s", (text, code, marked) => {
  const document = WatDocument.open(`(module (data ${text}\n))`, "wat");
  const [problem] = document.problems().filter((one) => one.code === code);
  expect(document.text.slice(problem?.span.start, problem?.span.end)).toBe(marked);
});
