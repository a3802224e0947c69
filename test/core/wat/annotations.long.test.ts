import { describe, expect, test } from "vitest";
import { readModule } from "#core/wasm/module.ts";
import { WatDocument } from "#core/wat/document.ts";
import { encodeWat } from "#core/wat/encode.ts";
import { wasmToolsBytes } from "../../support/wasm-tools.ts";

/** The sections of a module with their contents, as they follow each other. */
function sections(bytes: Uint8Array): string[] {
  return readModule(bytes).module.sections.map(
    ({ kind, customName, start, end }) => `${customName ?? kind} ${Buffer.from(bytes.subarray(start, end)).toString("hex")}`,
  );
}

describe("annotations become the custom sections that wasm-tools makes of them", () => {
  test.each([
    `(module (func (param i32) (@metadata.code.branch_hint "\\01") (if (local.get 0) (then nop))))`,
    `(module (func (param i32) block local.get 0 (@metadata.code.branch_hint "\\00") br_if 0 end))`,
    `(module (import "m" "f" (func)) (func (param i32) (local i64 f32)
      (block (@metadata.code.branch_hint "\\00") (br_if 0 (local.get 0)))
      local.get 0 (@metadata.code.branch_hint (; why (; nested ;) (; and ;) ;) "\\01") if (@metadata.code.branch_hint "\\01") (if (i32.const 1) (then)) end)
      (func) (func i32.const 0 (@metadata.code.branch_hint "\\01") ;; why
        if end))`,
    `(module (@custom "foo" "bar") (func))`,
    `(module (@custom "foo" (before func) "b" "\\ff\\u{e9}") (func) (@custom "last" "1"))`,
    `(module (@custom "a" (after type) "1") (@custom "b" (before import) "2") (@custom "c" (before first) "3") (@custom "d" (after data) "") (func) (memory 1))`,
    `(module $m (@custom "foo" "bar") (func $f) (@"custom" "again" (after last) "x"))`,
  ])("%s", async (text) => {
    const { bytes, problems } = encodeWat(WatDocument.open(text, "wat"));
    const theirs = await wasmToolsBytes(text);
    if (bytes === undefined || theirs.bytes === undefined) expect.fail(JSON.stringify([problems, theirs]));
    expect(sections(bytes)).toEqual(sections(theirs.bytes));
  });
});

test("annotations that other tools know do not matter", () => {
  const text = `(@a)(module (@name "x") (func (@name "f") (@metadata.code.trace_inst "x") nop (@custom.other "x")))(@b)`;
  const { bytes } = encodeWat(WatDocument.open(text, "wat"));
  expect(sections(bytes!)).toEqual(["type 01600000", "function 0100", "code 010300010b"]);
});

test.each([
  [`(func (param i32) (@metadata.code.branch_hint "\\02") (if (local.get 0) (then)))`],
  [`(func (param i32) (@metadata.code.branch_hint "\\00\\01") (if (local.get 0) (then)))`],
  [`(func (param i32) (@metadata.code.branch_hint) (if (local.get 0) (then)))`],
  [`(func (@metadata.code.branch_hint "\\01") nop)`],
  [`(func (nop) (@metadata.code.branch_hint "\\01"))`],
  [`(func (param i32) (@metadata.code.branch_hint "\\01") (@metadata.code.branch_hint "\\00") (if (local.get 0) (then)))`],
  [`(module (@custom note))`],
  [`(module (@custom "note" (before nothing) "x"))`],
  [`(module (@custom "note" (after) "x") (func))`],
  [`(func (@custom "note" "x"))`],
])("%s is told", (text) => {
  expect(
    WatDocument.open(text, "wat")
      .problems()
      .map(({ code }) => code),
  ).toEqual(["bad-annotation"]);
});
