import { expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { SemanticTokens, tokenModifiers, tokenTypes } from "#core/wat/features/semantic-tokens.ts";
import { specCases } from "../spec-cases.ts";

/** Reads data as an editor does: text, type and modifiers of each token. */
function decoded({ text, lines }: WatDocument, data: readonly number[]): string[] {
  let [line, column] = [0, 0];
  const found: string[] = [];
  for (let at = 0; at < data.length; at += 5) {
    [line, column] = data[at] === 0 ? [line, column + data[at + 1]!] : [line + data[at]!, data[at + 1]!];
    const start = lines.lineStart(line) + column;
    const modifiers = tokenModifiers.filter((_, bit) => (data[at + 4]! >> bit) & 1);
    found.push([text.slice(start, start + data[at + 2]!), tokenTypes[data[at + 3]!], ...modifiers].join(" "));
  }
  return found;
}

const text = `(module $m
  (type $t (struct (field $x i32)))
  (func $f (param $p i32) (local $l i32) ;; why
    (local.set $l (local.get $p)) block $b br $b end $b
    call $f)
  (export "f" (func $f)))`;

test("names are told apart", () => {
  const document = WatDocument.open(text, "wat");
  expect(decoded(document, new SemanticTokens(document, false).all())).toEqual([
    "$m namespace declaration",
    "$t type declaration",
    "$x property declaration",
    "$f function declaration",
    "$p parameter declaration",
    "$l variable declaration",
    "$l variable modification",
    "$p parameter",
    "$b label declaration",
    "$b label",
    "$b label",
    "$f function",
    "$f function",
  ]);
});

test("without a grammar all tokens are told", () => {
  const document = WatDocument.open(text, "wat");
  const all = decoded(document, new SemanticTokens(document, true).all());
  expect(all.slice(0, 4)).toEqual(["module keyword", "$m namespace declaration", "type keyword", "$t type declaration"]);
  expect(all).toEqual(expect.arrayContaining([";; why comment", "local.set operator", '"f" string', "i32 keyword"]));
});

test("of some lines there are those tokens", () => {
  const document = WatDocument.open(text, "wat");
  const tokens = new SemanticTokens(document, true);
  expect(decoded(document, tokens.ofLines(4, 4))).toEqual(["call operator", "$f function"]);
  expect(decoded(document, tokens.ofLines(0, 99))).toEqual(decoded(document, tokens.all()));
});

function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) / 2 ** 32;
}

test.each([1, 2, 3])("changes lead to what a new text has (seed %i)", (seed) => {
  const random = seeded(seed);
  const [first] = specCases().filter(({ kind, text: suite }) => kind === "valid" && suite.length > 3000 && suite.length < 20_000);
  for (const isWhole of [true, false]) {
    let document = WatDocument.open(text + first!.text, "wat");
    let data = new SemanticTokens(document, isWhole).all();
    for (let round = 0; round < 60; round++) {
      const start = Math.floor(random() * document.text.length);
      const end = Math.min(document.text.length, start + Math.floor(random() * 6));
      const inserted = ["", "$f", "\n", "(func $new nop)", ")", ";; x\n", " "][Math.floor(random() * 7)]!;
      const { fields } = document;
      document = document.edit([{ span: { start, end }, text: inserted }]);
      const change = new SemanticTokens(document, isWhole).changeFrom(fields);
      data = [...data.slice(0, change.start), ...change.data, ...data.slice(change.start + change.deleteCount)];
      const fresh = WatDocument.open(document.text, "wat");
      expect(data).toEqual(new SemanticTokens(fresh, isWhole).all());
    }
  }
});
