import type { ExceptionText } from "../engine/engine.ts";
import { filterOf } from "./exception-filters.ts";

/** The error at which a program has stopped, in the words for the user. */
export interface StopException {
  /** Kind of the error. */
  readonly id: string;
  /** What the stop is called. */
  readonly headline: string;
  readonly text: string;
  readonly typeName: string;
  readonly message: string;
}

export function engineException(exception: ExceptionText): StopException {
  const { name, message } = exception;
  const id = filterOf(exception) === "trap" ? "trap" : name;
  return { id, headline: `Paused on ${name}`, text: `${name}: ${message}`, typeName: name, message };
}
