/** What may be assigned to what, as Delve's `setValue` has it, and the bytes to be written. */
import type { GoType } from "#core/go/layouts/go-type.ts";
import { readBytes, readWord, readWords, wordAt } from "../../values/go/memory-words.ts";
import { isScratch } from "../../values/go/scratch-memory.ts";
import { ExpressionError } from "../expression-error.ts";
import type { Allocate } from "./caller.ts";
import { checkConvertible, ConversionError } from "./negotiate.ts";
import type { GoOperand, GoValueOperand } from "./operand.ts";
import { bytesOf, type Evaluation, words } from "./values.ts";

/** One piece of memory that is to be written. */
export interface Write {
  readonly address: number;
  readonly bytes: Uint8Array;
}

const noRoom = "literal string can not be allocated because function calls are not allowed without using 'call'";

/** What makes `target` have the value of `source`. Rejects with {@link ExpressionError} where that is not possible. `text`: of the target. */
export async function writesFor(
  evaluation: Evaluation,
  target: GoOperand,
  source: GoOperand,
  text: string,
  allocate: Allocate,
): Promise<readonly Write[]> {
  if (target.kind !== "value" || target.address === 0 || isScratch(target.address)) throw new ExpressionError(`can not assign to ${text}`);
  const bytes = await bytesToAssign(evaluation, source, target.type, true);
  const { kind } = target.type;
  if (kind === "string" || kind === "slice") return withElements(evaluation, target, bytes, allocate);
  const isMade = source.kind === "value" && isScratch(source.address);
  if (isMade && hasScratch(bytes)) throw new ExpressionError(noRoom);
  return [{ address: target.address, bytes }];
}

/**
 * The value as it is to lie in a variable of the type; it may refer to bytes of the evaluation's own. `whole`: to one that is there, whose
 * type Delve's errors then name by what it is made of.
 */
export async function bytesToAssign(evaluation: Evaluation, source: GoOperand, type: GoType, whole = false): Promise<Uint8Array> {
  try {
    checkConvertible(source, type, whole ? plainName(type) : type.name);
  } catch (error) {
    if (error instanceof ConversionError && source.kind === "value") return toEmptyInterface(evaluation, source, type, error);
    throw error;
  }
  if (source.kind === "nil") return new Uint8Array(type.size);
  if (source.kind === "constant") return bytesOf(evaluation, source.constant, type);
  return readBytes(evaluation.loader.memory, source.address, type.size);
}

/** The debug information of native programs calls structs so. */
const plainName = (type: GoType): string => (type.named && type.kind === "struct" ? `struct ${type.name}` : type.name);

/** The head of a string or slice, behind the elements that the program does not have yet. */
async function withElements(
  evaluation: Evaluation,
  { type, address }: GoValueOperand,
  head: Uint8Array,
  allocate: Allocate,
): Promise<readonly Write[]> {
  const [base, length] = [wordAt(head, 0), wordAt(head, 8)];
  if (!isScratch(base)) return [{ address, bytes: head }];
  const { loader } = evaluation;
  if (length === 0) return [{ address, bytes: new Uint8Array(type.size) }];
  const size = type.kind === "slice" ? (await loader.types.get(type.elem)).size : 1;
  const elements = await readBytes(loader.memory, base, length * size);
  const room = await allocate(elements);
  if (room !== undefined) return [{ address, bytes: type.kind === "slice" ? words(room, length, length) : words(room, length) }];
  // Without room the elements that are there may be overwritten, if they are as many.
  const [there, count] = await readWords(loader.memory, address, 2);
  if (count !== length) throw new ExpressionError(noRoom);
  return [{ address: there!, bytes: elements }];
}

/** Whether a value refers to memory that the program does not have: the address must not get there. */
function hasScratch(bytes: Uint8Array): boolean {
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    if (isScratch(wordAt(bytes, at)) && wordAt(bytes, at) < 2 ** 41) return true;
  }
  return false;
}

/** Any other interface can become an empty one. */
async function toEmptyInterface(
  { loader }: Evaluation,
  source: GoValueOperand,
  type: GoType,
  problem: ExpressionError,
): Promise<Uint8Array> {
  if (type.kind !== "interface" || type.methods.length > 0 || source.type.kind !== "interface") throw problem;
  const [table, data] = await readWords(loader.memory, source.address, 2);
  if (source.type.methods.length === 0 || table === 0) return words(table!, data!);
  const offset = loader.program.types.runtimeStruct("internal/abi.ITab")?.fields.find(({ name }) => name === "Type")?.offset ?? 8;
  return words(await readWord(loader.memory, table! + offset), data!);
}
