/** The head of a module that is written as fields: `(module`, `(module $m`, `(module definition $m`. */
import type { Field } from "../field.ts";
import { Token, Word } from "../token.ts";

export interface ModuleHead {
  /** Token of its name. */
  readonly name: number | undefined;
  /** Whether it only stands for instances that are made of it. */
  readonly isDefinition: boolean;
}

/** `opening`: the piece of a module outside of assertions; `undefined` where its fields stand without one. */
export function readHead(opening: Field | undefined): ModuleHead {
  if (opening === undefined) return { name: undefined, isDefinition: false };
  const { tags } = opening;
  const isDefinition = tags[2] === Word.definition;
  const token = isDefinition ? 3 : 2;
  const isNamed = tags[token] === Token.name || tags[token] === Token.quotedName;
  return { name: isNamed ? token : undefined, isDefinition };
}
