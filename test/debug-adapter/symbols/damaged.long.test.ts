import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readModule } from "#core/wasm/module.ts";
import { dwarfSymbols } from "../../../debug-adapter/src/symbols/dwarf.ts";
import { decodeSourceMap } from "../../../debug-adapter/src/symbols/source-map/decode.ts";
import { moduleBytes } from "../../support/debug-modules.ts";
import { askEverything } from "./ask-everything.ts";

/** Longer than anything takes on a busy machine: what does not end is told as such. */
const patience = 20_000;

const edits = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 255 })), {
  minLength: 1,
  maxLength: 24,
});

/** The module with bytes of its debug sections changed: where, as a share of them all, and to what. */
function damaged(bytes: Uint8Array, changes: readonly (readonly [number, number])[]): Uint8Array<ArrayBuffer> {
  const sections = readModule(bytes).module.sections.filter(({ customName }) => customName?.startsWith(".debug"));
  const total = sections.reduce((sum, { start, end }) => sum + end - start, 0);
  const copy = Uint8Array.from(bytes);
  for (const [share, value] of changes) {
    let at = Math.floor(share * (total - 1));
    for (const { start, end } of sections) {
      if (at < end - start) {
        copy[start + at] = value;
        break;
      }
      at -= end - start;
    }
  }
  return copy;
}

describe.each(["c/prog.O0.wasm", "c/prog.dwarf5.wasm", "tinygo/main.opt0.wasm.gz", "cpp/shapes.O0.wasm.gz", "rust/mini.debug.wasm.gz"])(
  "%s",
  (name) => {
    const whole = moduleBytes(name);

    test("as it is, has variables to show", async () => {
      expect(await askEverything((await dwarfSymbols({ bytes: whole, name }))!)).toBeGreaterThan(20);
    });

    test("with any bytes of its debug information changed, is read and shown without an error", async () => {
      const runs = name.startsWith("c/") ? {} : { numRuns: Math.ceil((fc.readConfigureGlobal()?.numRuns ?? 100) / 10) };
      await fc.assert(
        fc.asyncProperty(edits, async (changes) => {
          const started = performance.now();
          const symbols = await dwarfSymbols({ bytes: damaged(whole, changes), name });
          if (symbols) await askEverything(symbols);
          expect(performance.now() - started).toBeLessThan(patience);
        }),
        runs,
      );
    });
  },
);

test("a source map with any characters changed is read, or refused in words", async () => {
  const text = new TextDecoder().decode(moduleBytes("as/main.debug.wasm.map"));
  const changes = fc.array(
    fc.tuple(fc.nat(text.length - 1), fc.constantFrom("A", "z", "9", "+", "/", ";", ",", '"', "{", "]", ":", "-", "\\", "\u0000")),
    {
      minLength: 1,
      maxLength: 8,
    },
  );
  await fc.assert(
    fc.asyncProperty(changes, async (edited) => {
      const characters = Array.from(text);
      for (const [at, character] of edited) characters[at] = character;
      const outcome = await decodeSourceMap(characters.join("")).catch((error: unknown) => error);
      expect(outcome).not.toBeInstanceOf(RangeError);
      if (outcome instanceof Error) expect(outcome.message).not.toBe("");
    }),
  );
});
