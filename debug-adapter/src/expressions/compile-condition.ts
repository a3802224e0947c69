import type { ModuleOffset } from "#core/wasm/offsets.ts";
import type { LoadedModule } from "../program/loaded-module.ts";
import type { UserWasmFrame } from "../stack/user-frame.ts";
import type { ModuleSymbols } from "../symbols/module-symbols.ts";
import type { ValueContexts } from "../variables/value-contexts.ts";
import { compileC } from "./compile/c-condition.ts";
import { type EngineCondition, NotCompiled } from "./compile/engine-code.ts";
import { compileGo } from "./compile/go-condition.ts";
import { PlaceProbe } from "./compile/probe.ts";
import { evaluateText, evaluateTruth } from "./evaluate-text.ts";
import { ExpressionError } from "./expression-error.ts";
import { parseGoExpression } from "./go/parse.ts";
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

/** Which language the text is in. */
export type ConditionLanguage = "go" | "c-like";

/** Throws {@link ExpressionError} where the text is no expression. */
export function compileCondition(text: string, language: ConditionLanguage): CompiledCondition {
  const engine = language === "go" ? goForEngine(text) : cForEngine(text);
  return { holds: (frame, values) => evaluateTruth(text, frame, values), forEngine: (place) => ifCompiled(engine(place)) };
}

type ForEngine = (place: CodePlace) => Promise<EngineCondition>;

function cForEngine(text: string): ForEngine {
  const steps = parseExpression(text);
  return ({ module, symbols, offset }) => {
    const probe = new PlaceProbe(module, symbols, offset);
    return compileC(steps, (name) => probe.find(name));
  };
}

function goForEngine(text: string): ForEngine {
  const expression = parseGoExpression(text);
  return async ({ symbols, offset }) => {
    const scope = await symbols.expressions?.codeScope(offset);
    if (!scope) throw new NotCompiled("names are only known at a stop");
    return compileGo(expression, scope);
  };
}

/** What has no value is told when the adapter evaluates it. */
async function ifCompiled(compiled: Promise<EngineCondition>): Promise<EngineCondition | undefined> {
  try {
    return await compiled;
  } catch (error) {
    if (error instanceof NotCompiled || error instanceof ExpressionError) return undefined;
    throw error;
  }
}

/** Text with expressions in braces: `n is {n}`. Throws {@link ExpressionError} where one of them is none. */
export function compileLogMessage(text: string, language: ConditionLanguage): CompiledMessage {
  const parts = text.split(/\{([^{}]*)\}/);
  const parse = language === "go" ? parseGoExpression : parseExpression;
  for (const [index, part] of parts.entries()) if (index % 2 === 1) parse(part);
  return {
    text: async (frame, values) => {
      const texts: string[] = [];
      for (const [index, part] of parts.entries()) texts.push(index % 2 === 0 ? part : await shown(part, frame, values));
      return texts.join("");
    },
  };
}

/** A value that cannot be had is told in its place: the rest of the message is still of use. */
async function shown(text: string, frame: UserWasmFrame, values: ValueContexts): Promise<string> {
  try {
    return (await evaluateText(text, frame, values)).formatted.value;
  } catch (error) {
    if (error instanceof ExpressionError) return `<${error.message}>`;
    throw error;
  }
}
