// Expressions against the compilers of their languages: each program keeps what its compiler makes of every expression in its own memory.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { sharedAdapterTests } from "../../support/adapter-test.ts";
import { type DapClient, markedLine } from "../../support/dap-client.ts";
import { corpusFile, temporaryFolder, unpacked } from "../../support/debug-corpus.ts";
import { expressionsIn } from "./expressions-in.ts";

const { connect } = sharedAdapterTests();
const folder = temporaryFolder({});
afterAll(() => folder.remove());

/** How a language's answers are compared with what its compiler says. */
interface Language {
  readonly program: string;
  readonly source: string;
  readonly marks: readonly string[];
  readonly args?: readonly number[];
  readonly list: string;
  /** Member of a record with the name of its type. */
  readonly type: string;
  /** To 64 bits, and to a double. */
  readonly whole: (text: string) => string;
  readonly fraction: (text: string) => string;
  readonly size: (text: string) => string | undefined;
}

const ofC = {
  list: "results",
  type: "type",
  whole: (text: string) => `(long long)(${text})`,
  fraction: (text: string) => `(double)(${text})`,
  // A bit-field has no size; with a sign before it, it is an int.
  size: (text: string) => (text.startsWith("+") || text === "flags" ? undefined : `sizeof(${text})`),
};

const numbers = "numbers.wasm";
writeFileSync(join(folder.path, numbers), unpacked("expressions/numbers.wasm.gz"));
writeFileSync(join(folder.path, "numbers.rs"), readFileSync(corpusFile("expressions/numbers.rs")));

const languages: Readonly<Record<string, Language>> = {
  C: {
    ...ofC,
    program: corpusFile("expressions/expressions.wasm"),
    source: corpusFile("expressions/expressions.c"),
    marks: ["values"],
    args: [1],
  },
  "C++": {
    ...ofC,
    program: corpusFile("expressions/members.wasm"),
    source: corpusFile("expressions/members.cpp"),
    marks: ["method", "values"],
  },
  Rust: {
    program: join(folder.path, numbers),
    source: join(folder.path, "numbers.rs"),
    marks: ["values"],
    args: [1],
    list: "RESULTS",
    type: "kind",
    whole: (text) => `(${text}) as i64`,
    fraction: (text) => `(${text}) as f64`,
    size: (text) => `sizeof(${text})`,
  },
};

describe.each(Object.entries(languages))("%s", (_, language) => {
  const expressions = expressionsIn(language.source);

  test("values, types and sizes are the compiler's", async () => {
    const client = connect();
    const invoke = { export: "run", args: language.args ?? [] };
    const lines = language.marks.map((mark) => markedLine(language.source, mark));
    await client.launch({ program: language.program, invoke }, { breakpoints: { [language.source]: lines } });
    const answers: string[] = [];
    const compiler: string[] = [];
    for (const mark of language.marks) {
      await client.stopped();
      const frame = (await client.top()).id;
      while (answers.length < expressions.length) {
        const said = await compilerSays(client, `${language.list}[${answers.length}]`, language, frame);
        if (said.size === "0") break;
        const text = expressions[answers.length]!;
        compiler.push(described(mark, text, said));
        answers.push(described(mark, text, await adapterSays(client, text, language, frame, said.isFraction)));
      }
      await client.continue();
    }
    expect(answers).toEqual(compiler);
    expect(answers.length).toBe(expressions.length);
  });
});

interface Said {
  readonly value: string;
  readonly size: string;
  readonly type: string;
}

const described = (mark: string, text: string, { value, size, type }: Said): string =>
  `${mark}: ${text} = ${value} of ${size} bytes, ${type}`;

async function compilerSays(client: DapClient, record: string, language: Language, frame: number): Promise<Said & { isFraction: boolean }> {
  const told = (member: string): Promise<string> => client.evaluate(`${record}.${member}`, frame);
  const type = (await told(language.type)).replaceAll('"', "").replace(/^.*::/, "");
  const isFraction = /^(?:float|double|f32|f64)$/.test(type);
  return { value: await told(isFraction ? "fraction" : "whole"), size: await told("size"), type, isFraction };
}

/** As 64 bits of an integer, or the value of a fraction as a double: the compiler's answers are kept so. */
async function adapterSays(client: DapClient, text: string, language: Language, frame: number, isFraction: boolean): Promise<Said> {
  try {
    const value = await client.evaluate((isFraction ? language.fraction : language.whole)(text), frame);
    const sizeText = language.size(text);
    const size = sizeText === undefined ? "4" : await client.evaluate(sizeText, frame);
    const { type } = await client.request<DebugProtocol.EvaluateResponse["body"]>("evaluate", {
      expression: text,
      context: "watch",
      frameId: frame,
    });
    return { value, size, type: plainType(language, type) };
  } catch (error) {
    return { value: String(error), size: "", type: "" };
  }
}

const otherNamesOfC: Readonly<Record<string, string>> = {
  s8: "signed char",
  u8: "unsigned char",
  u16: "unsigned short",
  s64: "long long",
  u64: "unsigned long long",
  "enum color": "int",
};

/** Names that a program gives to a type of the compiler, which sees none of them; an enum of C is an integer to it. */
function plainType({ list }: Language, type = ""): string {
  const plain = type
    .replace(/^const /, "")
    .replace(/^.*::/, "")
    .replace(/ &$/, "");
  return list === ofC.list ? (otherNamesOfC[plain] ?? plain) : plain;
}
