import { expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { LintHint } from "#core/wat/lint-hint.ts";
import { Node } from "#core/wat/node.ts";
import { specSuite } from "../../../support/spec-suite.ts";
import { generatedModule } from "../fuzz/generate.ts";
import { mutated } from "../fuzz/mutate.ts";
import { Random } from "../fuzz/random.ts";
import { unhinted } from "./unhinted.ts";

test("no lint finds anything in the suite's functions where the parser gave no hint", () => {
  const counts = new Map<number, number>();
  let functions = 0;
  for (const { path, text } of specSuite()) {
    const document = WatDocument.open(text, "wast");
    expect(unhinted(document), path).toEqual([]);
    for (const { kind, hints } of document.fields) {
      if (kind !== Node.funcField) continue;
      functions++;
      for (const hint of Object.values(LintHint)) counts.set(hint, (counts.get(hint) ?? 0) + ((hints & hint) === 0 ? 0 : 1));
    }
  }
  // Each occurs, and each spares most functions a second look.
  for (const [name, hint] of Object.entries(LintHint)) {
    expect(counts.get(hint), name).toBeGreaterThan(10);
    expect(counts.get(hint)! / functions, name).toBeLessThan(0.3);
  }
});

/** Instructions that are nothing but control, `depth` blocks deep at most; what is written as operands of `nop` is for the parser alone. */
function control(random: Random, depth: number): string {
  const label = (): string => random.of(["0", "1", "2", "$a", "$b", "$c"]);
  const inner = (): string => control(random, depth - 1);
  const name = (): string => random.of(["", "", " $a", " $b", " $c", " $d"]);
  const forms: readonly (() => string)[] = [
    () => "nop",
    () => `br ${label()}`,
    () => `br_if ${label()}`,
    () => `(br_table ${label()} ${label()})`,
    () => random.of(["return", "unreachable", "(unreachable)", "(throw 0)"]),
    () => "",
    () => `${random.of(["block", "loop", "if"])}${name()} ${inner()} end`,
    () => `(${random.of(["block", "loop"])}${name()} ${inner()})`,
    () => `if${name()} ${inner()} else ${inner()} end`,
    () => `(if${name()} (nop ${folded(inner())}) (then ${inner()}) (else ${inner()}))`,
    () => `(if${name()} (nop) (then ${inner()}))`,
    () => `(nop ${folded(inner())})`,
    () => `(try_table${name()} (catch_all ${label()}) ${inner()})`,
    () => `try${name()} ${inner()} catch_all ${inner()} end`,
    () => `(try${name()} (do ${inner()}) (catch_all ${inner()}))`,
    () => `try${name()} ${inner()} delegate ${label()}`,
    () => `(try${name()} (do ${inner()}) (delegate ${label()}))`,
  ];
  const count = 1 + random.below(3);
  return Array.from({ length: count }, () => random.of(depth > 0 ? forms : forms.slice(0, 6))()).join(" ");
}

/** Operands have parentheses. */
function folded(text: string): string {
  return `(block ${text})`;
}

test("nor in functions that are nothing but control", () => {
  let found = 0;
  for (let seed = 1; seed <= 20_000; seed++) {
    const random = new Random(seed);
    const around = random.of(["block $b block $a block $c", "block block block", "loop $c loop loop $a"]);
    const document = WatDocument.open(`(module (tag) (func ${around} ${control(random, 3)} end end end))`, "wat");
    const [func] = document.fields.filter(({ kind }) => kind === Node.funcField);
    if (func!.problems.length > 0) continue;
    found++;
    expect(unhinted(document), `seed ${seed}`).toEqual([]);
  }
  expect(found).toBeGreaterThan(8_000);
});

test("nor in generated modules, as they are and with changes at random", () => {
  for (let seed = 1; seed <= 1_500; seed++) {
    const random = new Random(seed);
    const module = generatedModule(random);
    for (const text of [module, mutated(module, module, random)])
      expect(unhinted(WatDocument.open(text, "wat")), `seed ${seed}`).toEqual([]);
  }
});
