/** Values of Go for log messages. */
import { isIntegerKind } from "#core/go/layouts/go-type.ts";
import { GoLoader } from "../../values/go/load.ts";
import { GoPresenter } from "../../values/go/presenter.ts";
import type { GoExpression } from "../go/syntax.ts";
import { NotCompiled } from "./engine-code.ts";
import { compileGoValue } from "./go-condition.ts";
import type { GoCodeScope } from "./go-scope.ts";
import { type GoCode, truthIn, wordAt } from "./go-values.ts";
import { LoggedMemory, type LogValue, pieceCode, textOfResult } from "./log-values.ts";

/** Numbers, truth values and strings; throws {@link NotCompiled} for other values. */
export function logValueOfGo(expression: GoExpression, scope: GoCodeScope): LogValue {
  const value = compileGoValue(expression, scope);
  if (value.kind === "place") return inMemory(value, scope);
  const truth = truthIn(value);
  if (truth !== undefined) return { code: `String(${truth})`, text: textOfResult };
  // What has a type of its own may have names for its values.
  if (value.kind !== "number" || value.code.form === "float" || value.type?.named)
    throw new NotCompiled("a value that only the adapter writes out");
  return { code: `String(${value.code.text})`, text: textOfResult };
}

function inMemory({ type, address }: Extract<GoCode, { kind: "place" }>, { program, limits }: GoCodeScope): LogValue {
  const pieces = [pieceCode(address.text, type.size)];
  if (type.kind === "string") {
    pieces.push(pieceCode(wordAt(address), `Math.min(${wordAt(address, 8)},${limits.maxStringLen})`));
  } else if (!isIntegerKind(type.kind) && !["bool", "float32", "float64"].includes(type.kind)) {
    throw new NotCompiled("a value with parts");
  }
  return {
    code: `[${pieces.join(",")}]`,
    text: async (value) => {
      const memory = new LoggedMemory(value);
      const loader = new GoLoader(program, { read: (at, length) => Promise.resolve(memory.read(at, length)) });
      const node = await loader.load("", type, memory.address, limits);
      return (await new GoPresenter(loader, limits).show(node, "", "")).value;
    },
  };
}
