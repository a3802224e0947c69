import type { ModuleOffset } from "#core/wasm/offsets.ts";
import type { LoadedModule } from "../program/loaded-module.ts";
import type { UserWasmFrame } from "../stack/user-frame.ts";
import type { ModuleSymbols } from "../symbols/module-symbols.ts";
import type { ValueContexts } from "../variables/value-contexts.ts";
import { isTrue } from "./arithmetic.ts";
import { compileC } from "./compile/c-condition.ts";
import { type EngineCondition, NotCompiled } from "./compile/engine-code.ts";
import { PlaceProbe } from "./compile/probe.ts";
import { evaluateExpression, evaluateScalar } from "./evaluate-expression.ts";
import { ExpressionError } from "./expression-error.ts";
import { parseExpression } from "./parse-expression.ts";

/** The one place where conditions and log messages of breakpoints are compiled. */
export interface CompiledCondition {
  /** In the adapter, at a stop. Rejects with {@link ExpressionError} where the condition has no value in this frame. */
  holds(frame: UserWasmFrame, values: ValueContexts): Promise<boolean>;
  /** What the engine can check by itself, without a stop; `undefined` where only the adapter can. */
  forEngine(place: CodePlace): Promise<EngineCondition | undefined>;
}

export interface CompiledMessage {
  text(frame: UserWasmFrame, values: ValueContexts): Promise<string>;
}

/** An instruction, with the symbols by which its frames are shown. */
export interface CodePlace {
  readonly module: LoadedModule;
  readonly symbols: ModuleSymbols;
  readonly offset: ModuleOffset;
}

/** Throws {@link ExpressionError} where the text is no expression. */
export function compileCondition(text: string): CompiledCondition {
  const steps = parseExpression(text);
  return {
    holds: async (frame, values) => isTrue(await evaluateScalar(steps, frame, values)),
    forEngine: ({ module, symbols, offset }) => {
      const probe = new PlaceProbe(module, symbols, offset);
      return ifCompiled(compileC(steps, (name) => probe.find(name)));
    },
  };
}

async function ifCompiled(compiled: Promise<EngineCondition>): Promise<EngineCondition | undefined> {
  try {
    return await compiled;
  } catch (error) {
    if (error instanceof NotCompiled) return undefined;
    throw error;
  }
}

/** Text with expressions in braces: `n is {n}`. Throws {@link ExpressionError} where one of them is none. */
export function compileLogMessage(text: string): CompiledMessage {
  const parts = text.split(/\{([^{}]*)\}/).map((part, index) => (index % 2 === 0 ? part : parseExpression(part)));
  return {
    text: async (frame, values) => {
      const texts: string[] = [];
      for (const part of parts) texts.push(typeof part === "string" ? part : await shown(part, frame, values));
      return texts.join("");
    },
  };
}

/** A value that cannot be had is told in its place: the rest of the message is still of use. */
async function shown(steps: ReturnType<typeof parseExpression>, frame: UserWasmFrame, values: ValueContexts): Promise<string> {
  try {
    return (await evaluateExpression(steps, frame, values)).formatted.value;
  } catch (error) {
    if (error instanceof ExpressionError) return `<${error.message}>`;
    throw error;
  }
}
