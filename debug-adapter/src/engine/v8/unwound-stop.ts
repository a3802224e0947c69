import { moduleOffset } from "#core/wasm/offsets.ts";
import type { EngineFrame, ExceptionText, Stop, Target } from "../engine.ts";
import { scriptFrame } from "./v8-stop.ts";
import type { V8Module } from "./v8-module.ts";

const noValues = "the error has already unwound the stack: positions are known, values are not";

export interface UnwoundSource {
  readonly target: Target;
  moduleAt(url: string): V8Module | undefined;
  isInternal(url: string): boolean;
}

/** An error that has ended the program, with the frames that V8's text of its stack names. V8 does not pause at a stack overflow. */
export function unwoundStop(source: UnwoundSource, exception: ExceptionText, stack: string): Stop {
  return {
    target: source.target,
    reason: "exception",
    hits: [],
    exception,
    frames: stack.split("\n").flatMap((line) => parseFrame(source, line) ?? []),
    unwound: true,
    readMemory: refuse,
    writeMemory: refuse,
    writeGlobal: refuse,
    callFunction: refuse,
    growMemory: refuse,
    keepMemory: refuse,
    share: refuse,
    functionInTable: refuse,
    goReference: refuse,
  };
}

function parseFrame(source: UnwoundSource, line: string): EngineFrame | undefined {
  const wasm = /(wasm:\/\/[^\s()]*):wasm-function\[\d+\]:0x([0-9a-f]+)\)?$/.exec(line);
  if (wasm) {
    const module = source.moduleAt(wasm[1]!);
    if (!module) return undefined;
    const offset = module.offsetMap.toOriginal(moduleOffset(Number.parseInt(wasm[2]!, 16)));
    return { kind: "wasm", module, offset, state: refuse };
  }
  const script = /^ {4}at (?:(.*) \()?((?:file|node|https?):.*?):(\d+):(\d+)\)?$/.exec(line);
  if (!script || source.isInternal(script[2]!)) return undefined;
  return scriptFrame(script[1] ?? "(anonymous)", script[2]!, Number(script[3]), Number(script[4]));
}

function refuse(): Promise<never> {
  return Promise.reject(new Error(noValues));
}
