import { expect, test } from "vitest";
import { WatDocument, type WatEdit } from "#core/wat/document.ts";
import { encodeWat } from "#core/wat/encode.ts";
import { tokenAt } from "#core/wat/features/place.ts";
import { defaultFormat } from "#core/wat/format/options.ts";
import { problemFixes } from "#core/wat/refactor/fixes/index.ts";
import { brIfToIf } from "#core/wat/refactor/br-if-to-if.ts";
import { emptyLists } from "#core/wat/refactor/empty-lists.ts";
import { ifToBrIf } from "#core/wat/refactor/if-to-br-if.ts";
import { nameOrIndex } from "#core/wat/refactor/name-or-index.ts";
import { omittedIndex } from "#core/wat/refactor/omitted-index.ts";
import type { Refactor } from "#core/wat/refactor/refactoring.ts";
import { removeMut } from "#core/wat/refactor/remove-mut.ts";
import { tailCall } from "#core/wat/refactor/tail-call.ts";
import { specSuite } from "../../../support/spec-suite.ts";
import { validModules } from "../valid-modules.ts";
import { applied } from "./apply-in-order.ts";
import { withoutNameSection } from "./bytes.ts";

/** Whether the bytes stay, those but the names, or only that the module is valid. */
const kinds = {
  nameOrIndex: { refactor: nameOrIndex, keeps: "code", most: 3 },
  omittedIndex: { refactor: omittedIndex, keeps: "bytes", most: 3 },
  emptyLists: { refactor: emptyLists, keeps: "bytes", most: 20 },
  brIfToIf: { refactor: brIfToIf, keeps: "validity", most: 10 },
  ifToBrIf: { refactor: ifToBrIf, keeps: "validity", most: 10 },
  tailCall: { refactor: tailCall, keeps: "validity", most: 10 },
  removeMut: { refactor: removeMut, keeps: "validity", most: 10 },
} as const;

const hexOf = (text: string): string => Buffer.from(encodeWat(WatDocument.open(text, "wat")).bytes ?? []).toString("hex");
const codeOf = (text: string): string => Buffer.from(withoutNameSection(encodeWat(WatDocument.open(text, "wat")).bytes ?? new Uint8Array())).toString("hex"); // prettier-ignore

/** Offsets of tokens, spread over a text. */
function* offsetsIn(document: WatDocument, most: number): Iterable<number> {
  const all = document.fields.flatMap((field, at) =>
    Array.from({ length: field.tokenCount }, (_, token) => document.fieldText(at).startOf(token)),
  );
  const step = Math.max(1, Math.floor(all.length / most));
  for (let at = 0; at < all.length; at += step) yield all[at]!;
}

test("what is offered at the tokens of the suite's modules keeps them what they are", () => {
  const broken: string[] = [];
  const counts: Record<string, number> = {};
  for (const { path, text } of validModules(specSuite())) {
    if (text.length > 4000) continue;
    const document = WatDocument.open(text, "wat");
    const [bytes, code] = [hexOf(text), codeOf(text)];
    const offsets = Array.from(offsetsIn(document, 80));
    for (const [name, { refactor, keeps, most }] of Object.entries(kinds)) {
      let rest: number = most;
      for (const offset of offsets) {
        if (rest === 0) break;
        const selection = { start: offset, end: offset };
        for (const { edits } of (refactor as Refactor)({ document, selection, options: defaultFormat, isInvoked: true })) {
          counts[name] = (counts[name] ?? 0) + 1;
          rest--;
          const changed = applied(text, edits);
          const [problem] = WatDocument.open(changed, "wat").problems();
          const place = tokenAt(document, offset)!;
          const tell = (what: string): void =>
            void broken.push(`${path} ${name} at ${place.source.tokenText(place.token)}: ${what}\n${changed}`);
          if (problem !== undefined) tell(problem.message);
          else if (keeps === "bytes" && hexOf(changed) !== bytes) tell("other bytes");
          else if (keeps === "code" && codeOf(changed) !== code) tell("other code");
        }
      }
    }
  }
  expect(broken.length, broken.slice(0, 3).join("\n\n").slice(0, 3000)).toBe(0);
  for (const name of ["nameOrIndex", "omittedIndex", "brIfToIf", "tailCall"]) expect(counts[name], name).toBeGreaterThan(5);
}, 120_000);

/** Where a place of a text is after edits before it. */
function shifted(offset: number, edits: readonly WatEdit[]): number {
  return edits.reduce((now, { span, text }) => (span.end <= offset ? now + text.length - (span.end - span.start) : now), offset);
}

test("a fix of a problem of the suite's invalid modules takes it away and brings no other into its field", () => {
  const broken: string[] = [];
  const counts: Record<string, number> = {};
  for (const { path, text } of specSuite()) {
    const script = WatDocument.open(text, "wast");
    for (const { isRejected, opening, end } of script.modules) {
      const closing = isRejected && opening !== undefined ? script.fieldText(end) : undefined;
      if (opening === undefined || closing === undefined || closing.field.tokenCount === 0) continue;
      const own = text.slice(script.fieldText(opening).startOf(0), closing.endOf(0));
      const document = WatDocument.open(own, "wat");
      for (const problem of document.problems().slice(0, 3)) {
        for (const { title, edits } of problemFixes(document, problem)) {
          counts[problem.code] = (counts[problem.code] ?? 0) + 1;
          const fixed = WatDocument.open(applied(own, edits), "wat");
          // A value that a block now gives may be too many around it.
          const place = shifted(problem.span.start, edits);
          const isThere = fixed.problems().some(({ code, span }) => code === problem.code && span.start === place);
          const isMore = fixed.problems().length > document.problems().length;
          if (isThere || isMore) broken.push(`${path}: ${title}\n${own}\n--\n${fixed.text}\n${fixed.problems()[0]!.message}`);
        }
      }
    }
  }
  expect(broken.length, broken.slice(0, 3).join("\n\n").slice(0, 3000)).toBe(0);
  for (const code of ["bad-alignment", "immutable", "type-mismatch"]) expect(counts[code], code).toBeGreaterThan(0);
}, 120_000);
