import { readFileSync } from "node:fs";
import { Session } from "node:inspector";
import { expect, test } from "vitest";
import { isBreakable } from "#core/wasm/breakable.ts";
import { InstructionCursor } from "#core/wasm/instruction-cursor.ts";
import { readLocals } from "#core/wasm/locals.ts";
import { readModule, type WasmModule } from "#core/wasm/module.ts";

interface Location {
  readonly columnNumber: number;
}

/** Every place at which V8 takes a breakpoint in one function: it answers at most 1000 at once. */
function placesOfV8(session: Session, scriptId: string, start: number, end: number): number[] {
  const places: number[] = [];
  for (let from = start; ;) {
    let found: readonly Location[] = [];
    const range = { start: { scriptId, lineNumber: 0, columnNumber: from }, end: { scriptId, lineNumber: 0, columnNumber: end } };
    session.post("Debugger.getPossibleBreakpoints", range, (error, answer) => {
      if (error) throw error;
      found = (answer as { locations: readonly Location[] }).locations;
    });
    places.push(...found.map((location) => location.columnNumber));
    const last = places.at(-1);
    if (found.length < 1000 || last === undefined) return places;
    from = last + 1;
  }
}

function ownPlaces(module: WasmModule, index: number): number[] {
  const func = module.functions[index]!;
  const cursor = new InstructionCursor(module.bytes, { start: readLocals(module, func)!.bodyStart, end: func.body!.end });
  const places: number[] = [];
  for (let instruction = cursor.next(); instruction; instruction = cursor.next()) if (isBreakable(instruction)) places.push(cursor.offset);
  return places;
}

test.each(["c/prog.O0.wasm", "as/main.debug.wasm"])("V8 takes breakpoints at the same offsets of %s", (path) => {
  const bytes = new Uint8Array(readFileSync(new URL(`../../corpus/debug/modules/${path}`, import.meta.url)));
  const session = new Session();
  session.connect();
  try {
    let scriptId = "";
    session.on("Debugger.scriptParsed", ({ params }) => {
      if (params.url.startsWith("wasm:")) scriptId = params.scriptId;
    });
    session.post("Debugger.enable");
    const compiled = new WebAssembly.Module(bytes);
    expect(WebAssembly.Module.exports(compiled).length).toBeGreaterThan(0);
    const { module } = readModule(bytes);
    const bodies = module.functions.filter((func) => func.body);
    for (const func of bodies) {
      expect(ownPlaces(module, func.index), `function ${func.index}`).toEqual(
        placesOfV8(session, scriptId, func.body!.start, func.body!.end),
      );
    }
  } finally {
    session.disconnect();
  }
});
