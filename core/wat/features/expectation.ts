/** Which types fit at a place: those on the stack, or the operand that an instruction around it asks for. */
import { instructions } from "#core/wasm/instructions.ts";
import { signatures32, signatures64 } from "#core/wasm/validate/signatures.ts";
import type { FunctionType, TypeTable } from "#core/wasm/validate/type-table.ts";
import { i32 } from "#core/wasm/validate/value-type.ts";
import type { ValueType } from "#core/wasm/validate/value-type.ts";
import type { BoundModule } from "../bind.ts";
import type { WatDocument } from "../document.ts";
import { Space } from "../field.ts";
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import { firstInstruction, instructionTag, wordOf } from "../token.ts";
import { immediateNodes, isIndex } from "./place.ts";
import { stackBefore } from "./stack.ts";

const ifTag = instructionTag("if");

/** Judges types at one place. */
export interface Expectation {
  /** Whether values of these types are on top of the stack; `undefined` where that is not known. */
  takes(operands: ArrayLike<ValueType>): boolean | undefined;
  /** Whether a value of this type is asked for; `undefined` where that is not known. */
  gives(results: ArrayLike<ValueType>): boolean | undefined;
}

export const nothingKnown: Expectation = { takes: () => undefined, gives: () => undefined };

/** `end`: the node before which the stack counts. `around`: the folded instruction whose operand stands here; 0 for none. */
export function expectationAt(
  document: WatDocument,
  module: BoundModule | undefined,
  source: FieldText,
  end: number,
  around: number,
): Expectation {
  if (module === undefined || source.field.kind !== Node.funcField) return nothingKnown;
  const { types } = document.viewOf(module).environment;
  const kind = source.field.kindOf(around);
  if (kind === Node.folded || (kind === Node.foldedBlock && source.field.wordTag(around) === ifTag)) {
    const expected = operandAt(document, module, source, around, end);
    return expected === undefined ? nothingKnown : { takes: () => undefined, gives: (results) => fits(types, results, expected) };
  }
  const stack = stackBefore(document, module, source, end);
  if (stack === undefined) return nothingKnown;
  return { takes: (operands) => isOnTop(types, stack.operands, operands, stack.isUnreachable), gives: () => undefined };
}

function fits(types: TypeTable, results: ArrayLike<ValueType>, expected: ValueType): boolean {
  return results.length > 0 && types.matches(results[0]!, expected);
}

function isOnTop(types: TypeTable, stack: Int32Array, operands: ArrayLike<ValueType>, isUnreachable: boolean): boolean {
  if (operands.length > stack.length && !isUnreachable) return false;
  for (let back = 1; back <= operands.length && back <= stack.length; back++)
    if (!types.matches(stack[stack.length - back]!, operands[operands.length - back]!)) return false;
  return true;
}

/** Type of the operand of a folded instruction that would begin at node `next`. */
function operandAt(document: WatDocument, module: BoundModule, source: FieldText, node: number, next: number): ValueType | undefined {
  const { field } = source;
  let place = 0;
  for (let child = node + 1; child < Math.min(next, field.nodeEnd(node)); child = field.nodeEnd(child))
    if (!immediateNodes.has(field.kindOf(child))) place++;
  return operandsOf(document, module, source, node)?.params[place];
}

/** Operands and results of an instruction, as far as its immediates tell; `undefined` where they hang on the stack. */
export function operandsOf(document: WatDocument, module: BoundModule, source: FieldText, node: number): FunctionType | undefined {
  const { field } = source;
  const tag = field.wordTag(node);
  if (tag === ifTag) return { params: Int32Array.of(i32), results: new Int32Array(0) };
  const { environment } = document.viewOf(module);
  const row = tag - firstInstruction;
  const signature = (environment.memories[0] === 1 ? signatures64 : signatures32)[row];
  if (signature !== undefined) return { params: signature.operands, results: signature.results };
  const name = wordOf(tag) ?? "";
  const token = field.wordToken(node) + 1;
  if (!isIndex(field.tags[token])) return undefined;
  if (name === "call" || name === "return_call") return functionType(document, module, source, token);
  return undefined;
}

function functionType(document: WatDocument, module: BoundModule, source: FieldText, token: number): FunctionType | undefined {
  const index = module.names.resolve(Space.func, source, token);
  const { environment } = document.viewOf(module);
  const identity = index === undefined ? undefined : environment.functions[index];
  return identity === undefined || identity < 0 ? undefined : environment.types.function(identity);
}

/** The signature of each row of the instruction table, for the addresses of the module's first memory. */
export function signaturesOf(document: WatDocument, module: BoundModule | undefined): typeof signatures32 {
  return module !== undefined && document.viewOf(module).environment.memories[0] === 1 ? signatures64 : signatures32;
}

/** Signatures as text, by row of the instruction table. */
export const signatureTexts: readonly (string | undefined)[] = instructions.map(({ in: operands, out: results }) =>
  operands === undefined || results === undefined ? undefined : `[${operands.join(" ")}] -> [${results.join(" ")}]`,
);
