import type { Stop, WasmFrame } from "../engine/engine.ts";
import type { LoadedModule } from "../program/loaded-module.ts";
import type { SourceRegistry } from "../sources/source-registry.ts";
import type { SourcePosition } from "../symbols/module-symbols.ts";

/** Where a stop is, as far as steps care. */
export interface LogicalPlace {
  readonly frame: WasmFrame;
  readonly module: LoadedModule;
  /** Number of frames of WebAssembly and JavaScript. */
  readonly depth: number;
  /** `undefined` where no source the user can see has this place. */
  readonly position: SourcePosition | undefined;
}

export interface PlaceContext {
  readonly registry: SourceRegistry;
  moduleOf(frame: WasmFrame): LoadedModule | undefined;
}

/** `undefined` where the top frame is not WebAssembly. */
export async function placeOf(context: PlaceContext, stop: Stop): Promise<LogicalPlace | undefined> {
  const frame = stop.frames[0];
  if (frame?.kind !== "wasm") return undefined;
  const module = context.moduleOf(frame);
  if (!module) return undefined;
  const position = await module.symbols.positionOf(frame.offset);
  const visible = position && (await context.registry.place({ module, symbols: module.symbols, source: position.source }));
  return { frame, module, depth: stop.frames.length, position: visible ? position : undefined };
}

/** Whether two places in one engine frame are on the same line of the same inlined call. */
export function sameLine(a: SourcePosition, b: SourcePosition): boolean {
  return a.source.key === b.source.key && a.line === b.line && sameChain(a, b, 0);
}

/** Whether `inner` is inside of an inlined call that was made from the line of `outer`. */
export function inlinedBelow(inner: SourcePosition, outer: SourcePosition): boolean {
  const extra = inner.inlined.length - outer.inlined.length;
  if (extra <= 0 || !sameChain(inner, outer, extra)) return false;
  const call = inner.inlined[extra - 1]!;
  return call.callSource.key === outer.source.key && call.callLine === outer.line;
}

/** Whether `place` is still inside of the innermost inlined call of `start`, or in one that it makes. */
export function stillInlined(place: SourcePosition, start: SourcePosition): boolean {
  const extra = place.inlined.length - start.inlined.length;
  return extra >= 0 && sameChain(place, start, extra);
}

/** Whether the calls around both are the same, leaving out the `extra` innermost ones of `inner`. */
function sameChain(inner: SourcePosition, outer: SourcePosition, extra: number): boolean {
  if (inner.inlined.length - extra !== outer.inlined.length) return false;
  return outer.inlined.every((call, index) => {
    const other = inner.inlined[index + extra]!;
    return (
      call.functionName === other.functionName &&
      call.callLine === other.callLine &&
      call.callColumn === other.callColumn &&
      call.callSource.key === other.callSource.key
    );
  });
}
