import type { LoadedModule } from "../program/loaded-module.ts";
import type { UserWasmFrame } from "../stack/user-frame.ts";
import type { Language } from "../symbols/module-symbols.ts";
import type { ValueContext } from "../values/value.ts";
import type { ValueContexts } from "../variables/value-contexts.ts";
import { type Rules, rulesOf } from "./number-types.ts";

/** That an evaluation may change the program, and whether it has. */
export interface Effects {
  changed: boolean;
}

/** What an evaluation in one frame needs. Without `effects` it changes nothing. */
export interface Evaluation {
  readonly frame: UserWasmFrame;
  readonly module: LoadedModule;
  readonly values: ValueContexts;
  readonly context: ValueContext;
  readonly rules: Rules;
  readonly effects: Effects | undefined;
}

export function evaluationIn(frame: UserWasmFrame, values: ValueContexts, effects?: Effects): Evaluation {
  const { stop, module } = frame;
  return { frame, module, values, context: values.of(stop, module), rules: rulesOf(languageOf(frame)), effects };
}

/** What expressions in a frame are written in. */
export function languageOf({ symbols, engine }: UserWasmFrame): Language {
  return symbols.languageAt?.(engine.offset) ?? "other";
}

/** Something was written: what was read before at this stop does not hold any more. */
export function noteChange({ effects, values, frame }: Evaluation): void {
  if (effects) effects.changed = true;
  values.forget(frame.stop);
}
