/** A file is read again where it was edited only; what is said about it must be what is said about the same text when it is new. */
import { assert, constantFrom, integer, nat, oneof, property, tuple } from "fast-check";
import { expect, test } from "vitest";
import type { Diagnostic } from "vscode-languageserver-types";
import { goDiagnostics } from "#go-check/diagnostics.ts";
import type { GoFile } from "#core/go/source/syntax.ts";
import { GoDocument } from "#go-check/go-document.ts";
import { documentsOf, generatedCases, goldenCases, optionsFor } from "./corpus.ts";

const cases = [...goldenCases(), ...generatedCases().slice(0, 150)].flatMap((corpusCase) =>
  [...documentsOf(corpusCase).values()]
    .filter(({ path }) => path.endsWith(".go"))
    .map((document) => ({ document, options: optionsFor(corpusCase, document.path, "module") })),
);

const inserted = constantFrom(
  ..."\n| |(|)|{|}|[|]|\"|`|'|/*|*/|//|,|.|...|*|func f() {}\n|//go:wasmexport f\n|//go:wasmimport env f\n|[]|int|string|x int|return".split(
    "|",
  ),
  ...'type T struct { a int }\n|import "structs"\n|_ structs.HostLayout\n|const N = 3\n|//go:build js\n\n|'.split("|"),
);
const edit = tuple(nat(5000), oneof({ weight: 3, arbitrary: nat(3) }, { weight: 1, arbitrary: nat(200) }), inserted);

let count = 0;
function version({ path }: GoDocument, text: string, uri: string, before?: GoDocument): GoDocument {
  return new GoDocument(path, text, { uri, ...(before && { before }) });
}

/** Places in the document itself are told by its URI. */
function plain(diagnostics: readonly Diagnostic[], uri: string): string {
  return JSON.stringify(diagnostics).replaceAll(uri, "own");
}

/** All that a tree holds, signatures that nobody has asked for yet included. */
function whole({ functions, tokens, ...rest }: GoFile): unknown {
  const { kinds, starts, ends, matches, goComments } = tokens;
  const first = (values: Iterable<number>): number[] => [...values].slice(0, tokens.count);
  return {
    ...rest,
    goComments,
    tokens: [kinds, starts, ends, matches].map(first),
    functions: functions.map((declaration) => ({ ...declaration, signature: declaration.signature })),
  };
}

test("after any edits, the tree and the diagnostics", () => {
  assert(
    property(integer({ min: 0, max: cases.length - 1 }), tuple(edit, edit, edit, edit), (index, edits) => {
      const { document, options } = cases[index]!;
      const id = `file:///edited/${++count}.go`;
      let { text } = document;
      let edited = version(document, text, id);
      goDiagnostics(edited, options);
      for (const [at, length, insertion] of edits) {
        const from = at % (text.length + 1);
        text = text.slice(0, from) + insertion + text.slice(from + length);
        edited = version(document, text, id, edited);
        const fresh = version(document, text, `file:///new/${++count}.go`);
        expect(plain(goDiagnostics(edited, options), edited.uri)).toBe(plain(goDiagnostics(fresh, options), fresh.uri));
        expect(whole(edited.file)).toEqual(whole(fresh.file));
      }
    }),
    { numRuns: 600 },
  );
}, 120_000);
