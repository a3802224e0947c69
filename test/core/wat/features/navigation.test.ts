import { expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { definitionSpan, highlights, referenceSpans, typeDefinitionSpan } from "#core/wat/features/navigation.ts";

/** Reads a text with `|` at the cursor. */
function at(text: string): { readonly document: WatDocument; readonly offset: number } {
  const offset = text.indexOf("|");
  return { document: WatDocument.open(text.slice(0, offset) + text.slice(offset + 1), "wat"), offset };
}

/** The line and what is marked, such as `2:$f`. */
function shown(document: WatDocument, span: { readonly start: number; readonly end: number } | undefined): string {
  if (span === undefined) return "nothing";
  return `${document.lines.lineAt(span.start)}:${document.text.slice(span.start, span.end)}`;
}

const definitionOfCursor = (marked: string): string => {
  const { document, offset } = at(marked);
  return shown(document, definitionSpan(document, offset));
};

const typeOf = (marked: string): string => {
  const { document, offset } = at(marked);
  return shown(document, typeDefinitionSpan(document, offset));
};

const marked = (text: string): string => {
  const { document, offset } = at(text);
  return highlights(document, offset)
    .map(({ span }) => shown(document, span))
    .join(" ");
};

test("definitions of functions, locals, labels, types, fields", () => {
  expect(definitionOfCursor("(func $f\n call $f|)")).toBe("0:$f");
  expect(definitionOfCursor("(func)\n(func $f)\n(func call |1)")).toBe("1:$f");
  expect(definitionOfCursor("(func)\n(func (call |0))")).toBe("0:func");
  expect(definitionOfCursor("(func (param i32)\n (local $x i64) (drop (local.get |1)))")).toBe("1:$x");
  expect(definitionOfCursor("(func (param i32\n i64) (drop (local.get |1)))")).toBe("1:i64");
  expect(definitionOfCursor("(type $t (func (param i32)))\n(func (type $t)\n (local $x i64) (drop (local.get |1)))")).toBe("2:$x");
  expect(definitionOfCursor("(type $t (func (param i32)))\n(func (type $t) (drop (local.get |0)))")).toBe("nothing");
  expect(definitionOfCursor("(func\n block $l\n block\n br |1 end end)")).toBe("1:$l");
  expect(definitionOfCursor("(func\n block $l\n block\n br |2 end end)")).toBe("0:func");
  expect(definitionOfCursor("(func\n (if $l (i32.const 1)\n (then (br |$l))))")).toBe("1:$l");
  expect(definitionOfCursor("(func\n (block $l\n (try_table $l (catch_all |$l))))")).toBe("1:$l");
  expect(definitionOfCursor("(type $s (struct (field i32)\n (field $y i32)))\n(func (drop (struct.get $s |$y (ref.null $s))))")).toBe(
    "1:$y",
  );
  expect(definitionOfCursor("(type $s (struct (field i32\n i64)))\n(func (drop (struct.get $s |1 (ref.null $s))))")).toBe("1:i64");
  expect(definitionOfCursor('(export "f" (func |$f))\n(func $f)')).toBe("1:$f");
  expect(definitionOfCursor('(func $"a b")\n(start |$"a\\20b")')).toBe('0:$"a b"');
});

test("the type of a function, local and global", () => {
  const types = "(type $t (func))\n(type $s (struct))\n";
  expect(typeOf(`${types}(func $f (type $t) (call |$f))`)).toBe("0:$t");
  expect(typeOf(`${types}(func (local i32) (local $x (ref null $s)) (drop (local.get |$x)))`)).toBe("1:$s");
  expect(typeOf(`${types}(global $g (ref null 1) (ref.null $t))(func (drop (global.get |$g)))`)).toBe("1:$s");
  expect(typeOf(`${types}(global $g i32 (i32.const 1))(func (drop (global.get |$g)))`)).toBe("nothing");
});

test("references are told apart by what is written to", () => {
  const { document, offset } = at("(func (param $x| i32) (local.set $x (i32.const 1)) (drop (local.get 0)) (block $x (br $x)))");
  expect(highlights(document, offset).map(({ span, kind }) => `${document.text.slice(span.start, span.end)} ${kind}`)).toEqual([
    "$x text",
    "$x write",
    "0 read",
  ]);
  expect(referenceSpans(document, offset, false)).toHaveLength(2);
  expect(referenceSpans(document, 0, true)).toBeUndefined();
});

test("a block is highlighted with its end, its arms and all branches to it", () => {
  expect(marked("(func block $a\n block\n br 1\n br |$a\n br 0 end\n end $a)")).toBe("0:block 0:$a 2:1 3:$a 5:end 5:$a");
  expect(marked("(func (i32.const 1) if\n nop\n else\n nop\n |end)")).toBe("0:if 2:else 4:end");
  expect(marked("(func (|if (i32.const 1)\n (then (br 0))\n (else nop)))")).toBe("0:if 1:then 1:0 2:else");
  expect(marked("(func (block (br |1)\n) return\n)")).toBe("0:func 0:1 1:return");
});
