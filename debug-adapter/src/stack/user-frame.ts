import { printableLine } from "#core/text/printable.ts";
import type { EngineFrame, ScriptFrame, Stop, WasmFrame } from "../engine/engine.ts";
import type { LoadedModule } from "../program/loaded-module.ts";
import type { SourcePlace, SourceRegistry } from "../sources/source-registry.ts";
import type { UnwoundFrame } from "../symbols/thread-source.ts";
import type { LogicalFrame, ModuleSymbols, SourcePosition, SymbolSource } from "../symbols/module-symbols.ts";

/** A frame as the user sees it. An engine frame is several of them where calls were inlined. */
export type UserFrame = UserWasmFrame | UserScriptFrame;

export interface UserWasmFrame {
  readonly kind: "wasm";
  readonly stop: Stop;
  readonly engine: WasmFrame;
  readonly module: LoadedModule;
  /** Which symbols gave the position. */
  readonly symbols: ModuleSymbols;
  readonly name: string;
  readonly inlineDepth: number;
  readonly source: SymbolSource | undefined;
  readonly place: SourcePlace | undefined;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  /** A source that the debug information names and that is not there; disassembly is shown instead. */
  readonly lostSource: string | undefined;
  /** Of a thread of the symbols; `engine` then is made up for it. */
  readonly unwound?: UnwoundFrame;
}

export interface UserScriptFrame {
  readonly kind: "script";
  readonly stop: Stop;
  readonly engine: ScriptFrame;
  readonly name: string;
}

/** What turns engine frames into frames for the user. */
export interface FrameContext {
  readonly registry: SourceRegistry;
  moduleOf(frame: WasmFrame): LoadedModule | undefined;
}

/** A frame of the engine, or one that the symbols of a module have unwound. */
export type StackEntry = EngineFrame | SymbolFrame;

export interface SymbolFrame {
  readonly kind: "unwound";
  readonly module: LoadedModule;
  /** The engine's innermost frame in the module, whose globals hold for all. */
  readonly engine: WasmFrame;
  readonly unwound: UnwoundFrame;
}

/** The frames of one entry of a stack, innermost first. Names in them are printable. */
export async function userFrames(context: FrameContext, stop: Stop, engine: StackEntry): Promise<UserFrame[]> {
  return (await framesOf(context, stop, engine)).map(printable);
}

function printable(frame: UserFrame): UserFrame {
  const name = printableLine(frame.name);
  if (frame.kind === "script") return { ...frame, name };
  return { ...frame, name, lostSource: frame.lostSource && printableLine(frame.lostSource) };
}

async function framesOf(context: FrameContext, stop: Stop, engine: StackEntry): Promise<UserFrame[]> {
  if (engine.kind === "unwound") return [await unwoundFrame(context, stop, engine)];
  if (engine.kind === "script") return [{ kind: "script", stop, engine, name: engine.functionName || "(anonymous)" }];
  const module = context.moduleOf(engine);
  if (!module) return [];
  const position = (await module.symbols.positionOf(engine.offset)) ?? (await openingPosition(module, engine));
  const known = position && (await context.registry.place({ module, symbols: module.symbols, source: position.source }));
  if (position && known) return sourceFrames(context, { stop, engine, module, symbols: module.symbols }, position);
  const innermost = await disassemblyFrame(context, { stop, engine, module, symbols: module.disassembly }, position);
  if (!position) return [innermost];
  const [, ...callers] = await sourceFrames(context, { stop, engine, module, symbols: module.symbols }, position);
  const found = callers.findIndex(({ place }) => place !== undefined);
  // Of the calls around it that were inlined, too, the first one that has a source is the next frame.
  return found < 0 ? [innermost] : [{ ...innermost, name: position.inlined[0]?.functionName ?? innermost.name }, ...callers.slice(found)];
}

/** V8 looks for stack overflows and wishes to pause before a function's first instruction, where no line is. */
async function openingPosition(module: LoadedModule, engine: WasmFrame): Promise<SourcePosition | undefined> {
  const info = await module.symbols.functionAt(engine.offset);
  return info && engine.offset < info.bodyStart ? module.symbols.positionOf(info.bodyStart) : undefined;
}

async function unwoundFrame(context: FrameContext, stop: Stop, { module, engine, unwound }: SymbolFrame): Promise<UserWasmFrame> {
  const { name, source, line, offset, inlineDepth } = unwound;
  const { symbols } = module;
  const place = source && (await context.registry.place({ module, symbols, source }));
  return {
    kind: "wasm",
    stop,
    engine: { kind: "wasm", module: module.engine, offset, state: async () => ({ ...(await engine.state()), locals: [], stack: [] }) },
    module,
    symbols,
    name,
    inlineDepth,
    source,
    place,
    line,
    column: 0,
    lostSource: undefined,
    unwound,
  };
}

type FrameBase = Pick<UserWasmFrame, "stop" | "engine" | "module" | "symbols">;

async function sourceFrames(context: FrameContext, base: FrameBase, position: SourcePosition): Promise<UserWasmFrame[]> {
  const outermost = (await base.symbols.functionAt(base.engine.offset))?.name ?? fallbackName(base);
  const levels = [
    { source: position.source, line: position.line, column: position.column },
    ...position.inlined.map((call) => ({ source: call.callSource, line: call.callLine, column: call.callColumn })),
  ];
  return Promise.all(
    levels.map(async ({ source, line, column }, inlineDepth) => ({
      ...base,
      kind: "wasm" as const,
      name: position.inlined[inlineDepth]?.functionName ?? outermost,
      inlineDepth,
      source,
      place: await context.registry.place({ module: base.module, symbols: base.symbols, source }),
      line,
      column,
      lostSource: undefined,
    })),
  );
}

async function disassemblyFrame(context: FrameContext, base: FrameBase, lost: SourcePosition | undefined): Promise<UserWasmFrame> {
  const position = await base.symbols.positionOf(base.engine.offset);
  const named = (await base.module.symbols.functionAt(base.engine.offset)) ?? (await base.symbols.functionAt(base.engine.offset));
  return {
    ...base,
    kind: "wasm",
    name: named?.name ?? fallbackName(base),
    inlineDepth: 0,
    source: position?.source,
    place: position && (await context.registry.place({ module: base.module, symbols: base.symbols, source: position.source })),
    line: position?.line ?? 0,
    column: position?.column ?? 0,
    lostSource: lost && `${lost.source.name}:${lost.line}`,
  };
}

function fallbackName({ engine }: FrameBase): string {
  return `0x${engine.offset.toString(16)}`;
}

/** What the symbols need to know to find the variables of a frame. Rejects where the frame has no values. */
export async function logicalFrame(frame: UserWasmFrame): Promise<LogicalFrame> {
  return {
    offset: frame.engine.offset,
    inlineDepth: frame.inlineDepth,
    state: await frame.engine.state(),
    stop: frame.stop,
    module: frame.module.engine,
    ...(frame.unwound ? { unwound: frame.unwound } : {}),
  };
}
