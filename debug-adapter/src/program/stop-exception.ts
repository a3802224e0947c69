import { printableText } from "#core/text/printable.ts";
import type { ExceptionText } from "../engine/engine.ts";
import { abortPrefix, filterOf } from "./exception-filters.ts";

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

/** What a program has put into an error must not speak to the console that shows it. */
export function printableException({ name, message }: ExceptionText): ExceptionText {
  return { name: printableText(name), message: printableText(message) };
}

export function engineException(exception: ExceptionText): StopException {
  const { name, message } = printableException(exception);
  if (filterOf(exception) === "abort") {
    return { id: "abort", headline: "Paused on abort", text: message, typeName: "abort", message: message.slice(abortPrefix.length) };
  }
  const id = filterOf(exception) === "trap" ? "trap" : name;
  return { id, headline: `Paused on ${name}`, text: `${name}: ${message}`, typeName: name, message };
}
