import { expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { encodeWat } from "#core/wat/encode.ts";
import { defaultFormat } from "#core/wat/format/options.ts";
import { Node } from "#core/wat/node.ts";
import { expandImports, groupImports } from "#core/wat/refactor/compact-imports.ts";
import { exportsApart } from "#core/wat/refactor/exports-apart.ts";
import { exportsInline } from "#core/wat/refactor/exports-inline.ts";
import { extractType } from "#core/wat/refactor/extract-type.ts";
import { importsApart, importsInline } from "#core/wat/refactor/imports.ts";
import { inlineType } from "#core/wat/refactor/inline-type.ts";
import type { Refactor } from "#core/wat/refactor/refactoring.ts";
import { specSuite } from "../../../support/spec-suite.ts";
import { applied } from "../lints/apply.ts";
import { validModules } from "../valid-modules.ts";

/** What may be another byte afterwards: nothing, the order of exports, the form of the import section, or indices of types. */
const laws: readonly (readonly [name: string, refactor: Refactor, keeps: "bytes" | "exports" | "meaning"])[] = [
  ["exportsApart", exportsApart, "bytes"],
  ["exportsInline", exportsInline, "exports"],
  ["importsApart", importsApart, "exports"],
  ["importsInline", importsInline, "bytes"],
  ["groupImports", groupImports, "meaning"],
  ["extractType", extractType, "meaning"],
  ["inlineType", inlineType, "meaning"],
];
const mostPerModule = 5;
/** Many modules of the suite are alike; all of them would take long. */
const step = 3;

function bytesOf(document: WatDocument): Uint8Array<ArrayBuffer> | undefined {
  return encodeWat(document).bytes;
}

/** Offsets of what refactorings of definitions begin at. */
function placesIn(document: WatDocument): number[] {
  const found: number[] = [];
  for (let at = 0; at < document.fields.length; at++) {
    const source = document.fieldText(at);
    const { field } = source;
    if (field.kind === Node.opening) found.push(source.startOf(1));
    for (let node = 0; node < field.nodeCount; node++) {
      const kind = field.kindOf(node);
      if (
        (kind >= Node.typeField && kind <= Node.tagField) ||
        (kind >= Node.inlineExport && kind <= Node.typeUse) ||
        kind === Node.param ||
        kind === Node.block
      )
        found.push(source.startOf(field.wordToken(node)));
    }
  }
  return found;
}

/** Names and kinds of what a module exports, in the order of the names. */
function exportsOf(bytes: Uint8Array<ArrayBuffer>): string {
  const list = WebAssembly.Module.exports(new WebAssembly.Module(bytes)).map(({ kind, name }) => `${kind} ${name}`);
  return list.sort().join("\n");
}

/** A group of imports taken apart again. */
function expanded(text: string): WatDocument {
  const document = WatDocument.open(text, "wat");
  for (const start of placesIn(document)) {
    const [offer] = expandImports({ document, selection: { start, end: start }, options: defaultFormat, isInvoked: true });
    if (offer !== undefined) return WatDocument.open(applied(text, offer.edits), "wat");
  }
  return document;
}

const sorted = (bytes: Uint8Array): string => Buffer.from(bytes.toSorted()).toString("base64");

test("refactorings of definitions keep what modules of the suite mean", () => {
  const broken: string[] = [];
  const counts = new Map<string, number>();
  for (const { path, text } of validModules(specSuite().filter((_, at) => at % step === 0))) {
    if (text.length > 8000) continue;
    const document = WatDocument.open(text, "wat");
    const before = bytesOf(document);
    if (before === undefined) continue;
    const knowsEngine = WebAssembly.validate(before);
    for (const [name, refactor, keeps] of laws) {
      let done = 0;
      const seen = new Set<string>();
      for (const start of placesIn(document)) {
        if (done >= mostPerModule) break;
        for (const { title, edits } of refactor({ document, selection: { start, end: start }, options: defaultFormat, isInvoked: true })) {
          const changed = applied(text, edits);
          if (seen.has(changed)) continue;
          seen.add(changed);
          done++;
          counts.set(name, (counts.get(name) ?? 0) + 1);
          const next = WatDocument.open(changed, "wat");
          const after = bytesOf(next);
          const isKept =
            after !== undefined &&
            next.problems().length === 0 &&
            (keeps !== "bytes" || Buffer.compare(before, after) === 0) &&
            (keeps !== "exports" || sorted(before) === sorted(after)) &&
            (name !== "groupImports" || Buffer.compare(before, bytesOf(expanded(changed))!) === 0) &&
            (!knowsEngine || name === "groupImports" || (WebAssembly.validate(after) && exportsOf(before) === exportsOf(after)));
          if (!isKept)
            broken.push(`${path} ${title}\n${text.slice(0, 500)}\n--\n${changed.slice(0, 500)}\n${next.problems()[0]?.message ?? ""}`);
        }
      }
    }
  }
  expect(broken.slice(0, 4)).toEqual([]);
  for (const [name] of laws) expect(counts.get(name), name).toBeGreaterThan(3);
});
