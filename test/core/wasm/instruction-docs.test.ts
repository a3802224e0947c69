import { expect, test } from "vitest";
import { instructionDoc } from "#core/wasm/instruction-docs.ts";
import type { InstructionExample } from "#core/wasm/instruction-docs.ts";
import { instructions } from "#core/wasm/instructions.ts";
import { WatDocument } from "#core/wat/document.ts";
import { encodeWat } from "#core/wat/encode.ts";

test("every instruction is told of in words", () => {
  expect(instructions.filter(({ name }) => instructionDoc(name) === undefined).map(({ name }) => name)).toEqual([]);
  for (const { name } of instructions) {
    const { summary, traps, link } = instructionDoc(name)!;
    expect(summary, name).toMatch(/^[A-Z0-9].*[.]$/s);
    expect(traps ?? "Traps.", name).toMatch(/^(Traps|Always traps).*\.$/);
    expect(link, name).toMatch(/^https:\/\/(webassembly\.github\.io\/spec\/core\/exec\/|github\.com\/WebAssembly\/)/);
  }
});

function resultInV8({ code, type, fields = "" }: InstructionExample): string {
  const text = `(module ${fields} (func (export "f") (result ${type}) ${code}))`;
  const document = WatDocument.open(text, "wat");
  expect(document.problems(), text).toEqual([]);
  const { bytes } = encodeWat(document);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes!));
  return String((exports["f"] as () => number | bigint)());
}

const examples = instructions.flatMap(({ name }) => {
  const example = instructionDoc(name)!.example;
  return example === undefined ? [] : [{ name, example }];
});

test("examples give in V8 what they say", () => {
  expect(examples.length).toBeGreaterThan(450);
  const wrong = examples.flatMap(({ name, example }) => {
    const result = resultInV8(example);
    return result === example.result ? [] : [`${name}: ${example.code} gives ${result}, not ${example.result}`];
  });
  expect(wrong).toEqual([]);
});

test("an example has the instruction that it is for", () => {
  expect(examples.filter(({ name, example }) => !example.code.includes(name)).map(({ name }) => name)).toEqual([]);
});
