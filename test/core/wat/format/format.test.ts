import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { formatEdits, formatText } from "#core/wat/format/format.ts";
import { defaultFormat, type FormatOptions } from "#core/wat/format/options.ts";
import { brokenLaw } from "./laws.ts";

function formatted(text: string, options: Partial<FormatOptions> = {}): string {
  const all = { ...defaultFormat, ...options };
  expect(brokenLaw(text, "wat", all)).toBeUndefined();
  return formatText(WatDocument.open(text, "wat"), all);
}

describe("lines", () => {
  test("what its author wrote in one line and fits stays there", () => {
    const text = '(module (func (export "f") (result i32) (i32.add (i32.const 1) (i32.const 2))))\n';
    expect(formatted(text)).toBe(text);
  });

  test("fields, instructions and blocks get lines and levels", () => {
    const text = `(module (func $f (param $n i32)(result i32)
local.get $n if (result i32) i32.const 1 else i32.const 2 end
block $l br $l
end $l ))`;
    expect(formatted(text)).toBe(`(module
  (func $f (param $n i32) (result i32)
    local.get $n
    if (result i32) i32.const 1 else i32.const 2 end
    block $l
      br $l
    end $l))
`);
  });

  test("folded instructions break where they do not fit, and where their author broke them", () => {
    const text = `(module (func
  (drop (i32.add (i32.const 1)
   (i32.const 2)))
  (if (i32.const 1) (then (nop)) (else
  (nop)))))`;
    expect(formatted(text)).toBe(`(module
  (func
    (drop
      (i32.add
        (i32.const 1)
        (i32.const 2)))
    (if (i32.const 1)
      (then (nop))
      (else
        (nop)))))
`);
    expect(formatted("(module (func (drop (i32.add (i32.const 1) (i32.const 2)))))", { printWidth: 40 })).toBe(`(module
  (func
    (drop
      (i32.add (i32.const 1) (i32.const 2)))))
`);
  });

  test("one blank line stays of many, and none before the first and behind the last", () => {
    expect(formatted("\n\n(module\n\n\n\n  (func)\n\n  (func)\n\n)\n\n\n")).toBe("(module\n\n  (func)\n\n  (func)\n)\n");
  });

  test("the line break is the text's own", () => {
    expect(formatted("(module\r\n(func))")).toBe("(module\r\n  (func))\r\n");
    expect(formatted("(module\r\n(func))", { lineBreak: "lf" })).toBe("(module\n  (func))\n");
  });

  test("an empty text stays empty", () => {
    expect(formatted("")).toBe("");
    expect(formatted("\n \n")).toBe("");
  });
});

describe("comments and annotations", () => {
  test("stay where they are", () => {
    const text = `;; head
(module ;; trailing

  ;; of the function
  (func $f ;; its name
    (; inside ;) nop ;; last
    ;; before the end
  )
  (@custom "x" "y")
  (memory 1) ;; of the memory
  ;; behind all
)
;; end
`;
    expect(formatted(text)).toBe(text);
  });

  test("get spaces where that is asked for", () => {
    const text = "(module ;;one\n  ;;;; two\n  (;three;) (func)\n  ;;---\n)\n";
    expect(formatted(text, { formatComments: true })).toBe("(module ;; one\n  ;;;; two\n  (; three ;) (func)\n  ;;---\n)\n");
  });

  test("`fmt-ignore` keeps a field or instruction as it is", () => {
    const text =
      "(module\n  ;; fmt-ignore\n  (func   nop\n nop)\n  (func\n    ;; fmt-ignore\n    (drop   (i32.const 1))\n    (drop (i32.const 1))))\n";
    expect(formatted(text)).toBe(text);
  });

  test("a comment behind a parenthesis does not become another comment", () => {
    expect(formatted("(module ( ;; why\nfunc))")).toContain("( ;; why\n");
  });
});

describe("options", () => {
  const closing = "(module\n  (func\n    nop\n  )\n)\n";
  test.each([
    ["keep", closing],
    ["together", "(module\n  (func\n    nop))\n"],
    ["split", closing],
  ] as const)("closing parentheses: %s", (closingParens, expected) => {
    expect(formatted(closing, { closingParens })).toBe(expected);
  });

  test("locals", () => {
    const text = "(module\n  (func (local i32) (local i64)\n    nop))";
    expect(formatted(text)).toBe("(module\n  (func\n    (local i32) (local i64)\n    nop))\n");
    expect(formatted(text, { multiLineLocals: "always" })).toBe("(module\n  (func\n    (local i32)\n    (local i64)\n    nop))\n");
    expect(formatted(text, { wrapBeforeLocals: "never" })).toBe("(module\n  (func (local i32) (local i64)\n    nop))\n");
  });

  test("fields", () => {
    const text = "(module\n  (type (struct (field i32) (field i64))))";
    expect(formatted(text)).toBe("(module\n  (type (struct (field i32) (field i64))))\n");
    expect(formatted(text, { multiLineFields: "always" })).toBe("(module\n  (type (struct\n    (field i32)\n    (field i64))))\n");
  });

  test("flat instructions in the author's lines", () => {
    const text = "(module\n  (func\n    local.get 0 drop\n    nop))\n";
    expect(formatted(text, { oneInstructionPerLine: false })).toBe(text);
  });

  test("tabs", () => {
    expect(formatted("(module\n(func\nnop))", { useTabs: true, indentWidth: 4 })).toBe("(module\n\t(func\n\t\tnop))\n");
  });
});

describe("what does not parse", () => {
  test("stays as it is, and what stands around it is formatted", () => {
    const text = "(module\n   (func i32.bogus\n  drop)\n(func   nop))\n";
    expect(formatText(WatDocument.open(text, "wat"), defaultFormat)).toBe("(module\n   (func i32.bogus\n  drop)\n  (func nop))\n");
  });

  test.each(["(module (func", "(module (func (i32.const", ")))", "(module (; ", '(module "', "(func) ))) (func)"])(
    "%s keeps its tokens",
    (text) => {
      expect(brokenLaw(text, "wat")).toBeUndefined();
    },
  );
});

test("a part of a text: only fields that it touches change", () => {
  const text = "(module\n(func   nop)\n(func   nop)\n)";
  const start = text.lastIndexOf("func");
  const edits = formatEdits(WatDocument.open(text, "wat"), defaultFormat, { start: start - 2, end: text.length });
  expect(edits.length).toBeGreaterThan(0);
  expect(edits.every(({ span }) => span.start >= text.indexOf("\n(func   nop)\n)"))).toBe(true);
});

test("many changes come as one, with the same outcome", () => {
  const text = `(module ${"(func   nop)".repeat(1000)})`;
  const document = WatDocument.open(text, "wat");
  const edits = formatEdits(document, defaultFormat);
  expect(edits).toHaveLength(1);
  const [{ span, text: inserted }] = edits as [(typeof edits)[number]];
  expect(text.slice(0, span.start) + inserted + text.slice(span.end)).toBe(formatText(document, defaultFormat));
});

test("the page shows formatted text", () => {
  const page = readFileSync(new URL("../../../../docs/wat-format.md", import.meta.url), "utf8");
  const fences = Array.from(page.matchAll(/```wat\n([^]*?)```/g), ([, text]) => text!);
  expect(fences).toHaveLength(2);
  for (const text of fences) {
    expect(formatted(text)).toBe(text);
    expect(WatDocument.open(text, "wat").problems()).toEqual([]);
  }
});
