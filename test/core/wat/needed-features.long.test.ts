import { expect, test } from "vitest";
import wabtFactory from "wabt";
import { encodeUtf8 } from "#core/bytes/utf8.ts";
import { isInProfile } from "#core/wasm/features.ts";
import type { Profile } from "#core/wasm/features.ts";
import { WatDocument } from "#core/wat/document.ts";
import { featuresOfModule, neededFeatures } from "#core/wat/needed-features.ts";
import { allWabtFeatures } from "../../support/all-wabt-features.ts";
import { specCases } from "./spec-cases.ts";

const wabt = await wabtFactory();
const none = Object.fromEntries(Object.keys(allWabtFeatures(wabt)).map((name) => [name, false]));
const switches: Readonly<Record<"1.0" | "2.0", Readonly<Record<string, boolean>>>> = {
  "1.0": { ...none, mutable_globals: true },
  "2.0": {
    ...none,
    mutable_globals: true,
    sat_float_to_int: true,
    sign_extension: true,
    simd: true,
    multi_value: true,
    bulk_memory: true,
    reference_types: true,
  },
};

function wabtAccepts(text: string, profile: "1.0" | "2.0"): boolean {
  try {
    const module = wabt.parseWat("case.wat", encodeUtf8(text), switches[profile]);
    try {
      (module as unknown as { validate(features: object): void }).validate(switches[profile]);
      return true;
    } finally {
      module.destroy();
    }
  } catch {
    return false;
  }
}

function weAccept(text: string, profile: Profile): boolean {
  const document = WatDocument.open(text, "wat");
  const features = [
    ...document.fields.flatMap((_, at) => neededFeatures(document.fieldText(at))),
    ...document.modules.flatMap((module) => featuresOfModule(module, (at) => document.fieldText(at))),
  ];
  return features.every(({ feature }) => isInProfile(feature, profile));
}

/**
 * wabt's switches do not reach 64-bit memories and tables, vectors that are only loaded, and lists of element expressions; it reads no names
 * in quotes and no annotations; segments with `(table ...)` are younger in the text format than in the binary format.
 */
const otherReasons = /\$"|\(@|\b(?:memory|table) [^]*?\bi64 (?:\d|\(data|\w*ref\s+\(elem)|v128\.load|\(elem [^]*(?:\(table|funcref|item)/;

test.each(["1.0", "2.0"] as const)("a module of the suite fits %s just when wabt takes it with the features of that version", (profile) => {
  const texts = specCases().filter(({ kind, text }) => kind === "valid" && text.length < 20_000);
  const counts = { both: 0, neither: 0 };
  const different: string[] = [];
  for (const { path, text } of texts) {
    const ours = weAccept(text, profile);
    if (ours === wabtAccepts(text, profile)) counts[ours ? "both" : "neither"]++;
    else if (!otherReasons.test(text)) different.push(`${path} ${ours ? "we" : "wabt"}: ${text.slice(0, 300)}`);
  }
  expect(different).toEqual([]);
  expect(counts.both).toBeGreaterThan(profile === "1.0" ? 500 : 900);
  expect(counts.neither).toBeGreaterThan(profile === "1.0" ? 900 : 300);
});
