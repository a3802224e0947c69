import { ExpressionError } from "./expression-error.ts";

/** A log message taken apart. */
export interface MessageParts {
  /** One more than there are expressions, which stand between them. */
  readonly texts: readonly string[];
  readonly expressions: readonly string[];
}

/** Braces come in pairs, within expressions too. Throws {@link ExpressionError} in the words of Delve (service/dap/server.go `parseLogPoint`). */
export function messageParts(message: string): MessageParts {
  const texts = [""];
  const expressions: string[] = [];
  let depth = 0;
  for (const character of message) {
    if (character === "{") depth++;
    if (character === "}" && --depth < 0) throw new ExpressionError("invalid log point format, unexpected '}'");
    if (character === "{" && depth === 1) expressions.push("");
    else if (character === "}" && depth === 0) texts.push("");
    else (depth > 0 ? expressions : texts).push(`${(depth > 0 ? expressions : texts).pop() ?? ""}${character}`);
  }
  if (depth > 0) throw new ExpressionError("invalid log point format");
  const trimmed = expressions.map((expression) => expression.trim());
  if (trimmed.includes("")) throw new ExpressionError("empty evaluation string");
  return { texts, expressions: trimmed };
}
