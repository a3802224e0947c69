import type { ModuleOffset } from "#core/wasm/offsets.ts";
import type { LoadedModule } from "../program/loaded-module.ts";
import type { UserWasmFrame } from "../stack/user-frame.ts";
import type { ModuleSymbols } from "../symbols/module-symbols.ts";
import type { ValueLimits } from "../values/value.ts";
import type { ValueContexts } from "../variables/value-contexts.ts";
import { compileC } from "./compile/c-condition.ts";
import { type EngineCondition, NotCompiled } from "./compile/engine-code.ts";
import { compileGo } from "./compile/go-condition.ts";
import { logValueOfC } from "./compile/c-log.ts";
import { logValueOfGo } from "./compile/go-log.ts";
import type { GoCodeScope } from "./compile/go-scope.ts";
import type { EngineMessage, LogValue } from "./compile/log-values.ts";
import { PlaceProbe } from "./compile/probe.ts";
import { evaluateText, evaluateTruth } from "./evaluate-text.ts";
import { ExpressionError } from "./expression-error.ts";
import { parseGoExpression } from "./go/parse.ts";
import { messageParts } from "./message-parts.ts";
import { parseExpression } from "./parse-expression.ts";
import { isForConsole } from "./steps.ts";

/** The one place where conditions and log messages of breakpoints are compiled. */
export interface CompiledCondition {
  /** In the adapter, at a stop. Rejects with {@link ExpressionError} where the condition has no value in this frame. */
  holds(frame: UserWasmFrame, values: ValueContexts): Promise<boolean>;
  /** What the engine can check by itself, without a stop; `undefined` where only the adapter can. */
  forEngine(place: CodePlace): Promise<EngineCondition | undefined>;
}

export interface CompiledMessage {
  /** In the adapter, at a stop. */
  text(frame: UserWasmFrame, values: ValueContexts): Promise<string>;
  /** What the engine can collect by itself; `undefined` where only the adapter can. */
  forEngine(place: CodePlace, limits: ValueLimits): Promise<EngineMessage | undefined>;
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
  withoutEffects(text);
  return async ({ module, symbols, offset }) => {
    const probe = new PlaceProbe(module, symbols, offset);
    return compileC(parseExpression(text, probe.rules.language), probe);
  };
}

/** Languages differ in what binds tighter, not in what an expression is: all is said here that a text is refused for. */
function withoutEffects(text: string): void {
  if (isForConsole(parseExpression(text)))
    throw new ExpressionError(`"${text}" assigns or calls: a breakpoint must not change the program`);
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
async function ifCompiled<Compiled>(compiled: Promise<Compiled>): Promise<Compiled | undefined> {
  try {
    return await compiled;
  } catch (error) {
    if (error instanceof NotCompiled || error instanceof ExpressionError) return undefined;
    throw error;
  }
}

/** Text with expressions in braces: `n is {n}`. Throws {@link ExpressionError} where one of them is none. */
export function compileLogMessage(text: string, language: ConditionLanguage): CompiledMessage {
  const { texts, expressions } = messageParts(text);
  const engine = language === "go" ? goMessage(expressions) : cMessage(expressions);
  return {
    text: async (frame, values) => {
      const parts = [texts[0]!];
      for (const [at, expression] of expressions.entries()) parts.push(await shown(expression, frame, values), texts[at + 1]!);
      return parts.join("");
    },
    forEngine: (place, limits) => ifCompiled(engine(place, limits).then((message) => ({ ...message, texts }))),
  };
}

type MessageForEngine = (place: CodePlace, limits: ValueLimits) => Promise<Omit<EngineMessage, "texts">>;

function cMessage(texts: readonly string[]): MessageForEngine {
  for (const text of texts) withoutEffects(text);
  return async ({ module, symbols, offset }, limits) => {
    const probe = new PlaceProbe(module, symbols, offset);
    const values: LogValue[] = [];
    for (const text of texts) values.push(await logValueOfC(parseExpression(text, probe.rules.language), probe, limits));
    return { values, goroutine: undefined };
  };
}

function goMessage(texts: readonly string[]): MessageForEngine {
  const expressions = texts.map(parseGoExpression);
  return async ({ symbols, offset }) => {
    const scope = await symbols.expressions?.codeScope(offset);
    const goroutine = scope && goroutineCode(scope);
    if (!scope || goroutine === undefined) throw new NotCompiled("names are only known at a stop");
    return { values: expressions.map((expression) => logValueOfGo(expression, scope)), goroutine };
  };
}

/** Number of the goroutine that comes by, as code for the engine; `undefined` where it is only known at a stop. */
export async function goroutineForEngine({ symbols, offset }: CodePlace): Promise<string | undefined> {
  const scope = await symbols.expressions?.codeScope(offset);
  return scope && goroutineCode(scope);
}

/** The runtime's `g` is global 2 (cmd/internal/obj/wasm/a.out.go `REG_g`). */
function goroutineCode({ goroutineIdAt }: GoCodeScope): string | undefined {
  return goroutineIdAt === undefined ? undefined : `points.word(memory,Number(globals[2].value)+${goroutineIdAt})`;
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
