import { expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { watDiagnostics } from "../../../server/src/wat/diagnostics.ts";

const messages = (text: string): unknown[] => watDiagnostics(WatDocument.open(text, "wat")).map(({ message }) => message);

test("a message names what a misspelled word may have meant", () => {
  expect(messages("(func $run) (start $rnu)")).toEqual(["There is no function `$rnu` in this module. Did you mean `$run`?"]);
  expect(messages("(func (drop (i32.cnst 1)))")).toEqual(["There is no instruction `i32.cnst`. Did you mean `i32.const`?"]);
  expect(messages("(func (drop (nothing.like.it 1)))")).toEqual(["There is no instruction `nothing.like.it`."]);
  expect(messages("(func (param i32) get_local 0 drop)")).toEqual(["There is no instruction `get_local`. It is called `local.get` today."]);
});
