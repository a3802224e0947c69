import { expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import type { Profile } from "#core/wasm/features.ts";
import { profileDiagnostics } from "../../../server/src/wat/profile-diagnostics.ts";

const text = `(module
  (memory 1) (memory 1)
  (global $g i32 (i32.const 1))
  (global i32 (i32.add (i32.const 1) (global.get $g)))
  (func (param externref) (result i32 i32)
    (memory.fill (i32.const 0) (i32.const 0) (i32.const 0))
    (memory.fill (i32.const 0) (i32.const 0) (i32.const 0))
    (return_call 0 (local.get 0)))
  (func (drop (i64.add128 (i64.const 1) (i64.const 1) (i64.const 1) (i64.const 1))) drop)
)`;

function warned(profile: Profile): string[] {
  return profileDiagnostics(WatDocument.open(text, "wat"), profile).map(({ range, severity, message }) => {
    expect(severity).toBe(2);
    return `${range.start.line} ${(typeof message === "string" ? message : message.value).split(", and")[0]}`;
  });
}

test("what goes beyond the profile is told once for each field", () => {
  expect(WatDocument.open(text, "wat").problems()).toEqual([]);
  expect(warned("all")).toEqual([]);
  const proposals = ["8 `i64.add128` needs the proposal wide arithmetic"];
  expect(warned("3.0")).toEqual(proposals);
  const since3 = [
    "3 `i32.add` needs extended constant expressions (WebAssembly 3.0)",
    "7 `return_call` needs tail calls (WebAssembly 3.0)",
    ...proposals,
    "1 `memory` needs multiple memories (WebAssembly 3.0)",
    "3 `$g` needs garbage collection (WebAssembly 3.0)",
  ];
  expect(warned("2.0")).toEqual(since3);
  expect(warned("1.0")).toEqual(
    expect.arrayContaining([
      ...since3,
      "4 `externref` needs reference types (WebAssembly 2.0)",
      "4 `func` needs multiple values (WebAssembly 2.0)",
      "5 `memory.fill` needs bulk memory operations (WebAssembly 2.0)",
    ]),
  );
  expect(warned("1.0")).toHaveLength(since3.length + 3);
});
