import { describe, expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";

/** Code, marked text and message of each problem of a script. */
function problems(text: string): [code: string, marked: string, message: string][] {
  return WatDocument.open(text, "wast")
    .problems()
    .map(({ code, message, span }) => [code, text.slice(span.start, span.end), message]);
}

function section(id: string, size: string, contents: string): string {
  return `"\\${id}\\${size}${contents}"`;
}

const preamble = '"\\00asm" "\\01\\00\\00\\00"';

describe("a binary module in a script", () => {
  test.each([
    ["a wrong version", '"\\00asm" "\\02\\00\\00\\00"', '"\\02\\00\\00\\00"', "At byte 4 (0x4)"],
    ["a number of six bytes", `${preamble} "\\01\\80\\80" "\\80\\80\\80\\00"`, '"\\01\\80\\80"', "takes more bytes"],
    ["no bytes where a section goes on", `${preamble} "\\01" "\\05\\01"`, '"\\05\\01"', "end before"],
    ["a section twice", `${preamble} "\\05\\01\\00" "\\05\\01\\00"`, '"\\05\\01\\00"', "too late, or twice"],
    ["a name that is not UTF-8", `${preamble} "\\00\\02" "\\01\\ff"`, '"\\01\\ff"', "UTF-8"],
    [
      "an unknown opcode",
      `${preamble} "\\01\\04\\01\\60\\00\\00" "\\03\\02\\01\\00" "\\0a\\05\\01\\03\\00" "\\ff" "\\0b"`,
      '"\\ff"',
      "byte 23",
    ],
    ["nothing", "", "binary", "starts with"],
  ])("%s: the string with the byte is marked", (_name, strings, marked, message) => {
    const found = problems(`(module binary ${strings})`);
    expect(found.map(([code, text]) => [code, text])).toEqual([["malformed-binary", marked]]);
    expect(found[0]![2]).toContain(message);
  });

  test("is validated, and the string with the instruction is marked", () => {
    const strings = ['"\\01\\05\\01\\60\\00\\01\\7f"', '"\\03\\02\\01\\00"', '"\\0a\\06\\01\\04\\00"', '"\\42\\00"', '"\\0b"'];
    expect(problems(`(module binary ${preamble} ${strings.join(" ")})`)).toEqual([
      ["type-mismatch", '"\\42\\00"', "At byte 24 (0x18): The function should give i32 here, but this gives i64."],
    ]);
  });

  test("that should be malformed and is not, or is it for another reason", () => {
    expect(problems(`(assert_malformed (module binary ${preamble}) "unexpected end")`).map(([code]) => code)).toEqual([
      "unmet-expectation",
    ]);
    expect(problems(`(assert_malformed (module binary "\\00asn") "integer too large")`).map(([code]) => code)).toEqual([
      "unmet-expectation",
    ]);
    expect(problems(`(assert_malformed (module binary "\\00asn") "magic header not detected")`)).toEqual([]);
  });

  test("with very many locals or entries is read in no time", () => {
    const type = section("01", "04", "\\01\\60\\00\\00");
    const locals = section("0a", "0a", "\\01\\08\\01\\ff\\ff\\ff\\ff\\0f\\7f\\0b");
    expect(problems(`(module binary ${preamble} ${type} "\\03\\02\\01\\00" ${locals})`)).toEqual([]);
    expect(problems(`(module binary ${preamble} "\\01\\05\\ff\\ff\\ff\\ff\\0f")`).map(([code]) => code)).toEqual(["malformed-binary"]);
  });
});
