import type { DataType } from "#core/dwarf/data-type.ts";
import { isCertainType } from "./type-syntax.ts";
import type { UserWasmFrame } from "../stack/user-frame.ts";
import { ExpressionError } from "./expression-error.ts";
import { builtInType, pointerTo, type Rules } from "./number-types.ts";
import type { TypeSyntax } from "./steps.ts";

/** The type that is written; `undefined` for `void`. Throws {@link ExpressionError} where there is none of that name. */
export function typeWritten({ name, pointers }: TypeSyntax, frame: UserWasmFrame, rules: Rules): DataType | undefined {
  let type = name === "void" || name === "anyopaque" || name === "c_void" ? undefined : typeOfName(name, frame, rules);
  for (let at = 0; at < pointers; at++) type = pointerTo(type, rules.language);
  return type;
}

/** What the program declares comes first: it may call something else `u8`. */
function typeOfName(name: string, frame: UserWasmFrame, rules: Rules): DataType {
  const builtIn = builtInType(name, rules.language);
  if (builtIn && isCertainType(name)) return builtIn;
  const found = frame.symbols.names?.typeNamed(name, frame.engine.offset) ?? builtIn;
  if (!found) throw new ExpressionError(`there is no type "${name}" here`);
  return found;
}
