/** What may be assigned to what, as Delve's `setValue` has it, and the bytes to be written. */
import type { GoType } from "#core/go/layouts/go-type.ts";
import { readBytes, readWord, readWords } from "../../values/go/memory-words.ts";
import { isScratch } from "../../values/go/scratch-memory.ts";
import { ExpressionError } from "../expression-error.ts";
import { checkConvertible, ConversionError } from "./negotiate.ts";
import type { GoOperand, GoValueOperand } from "./operand.ts";
import { bytesOf, constantOf, type Evaluation, words } from "./values.ts";

/** One piece of memory that is to be written. */
export interface Write {
  readonly address: number;
  readonly bytes: Uint8Array;
}

/** What makes `target` have the value of `source`. Rejects with {@link ExpressionError} where that is not possible. */
export async function writesFor(evaluation: Evaluation, target: GoOperand, source: GoOperand, text: string): Promise<readonly Write[]> {
  if (target.kind !== "value" || isScratch(target.address)) throw new ExpressionError(`can not assign to ${text}`);
  if (target.address === 0) throw new ExpressionError(`can not assign to ${text}: it is nowhere in memory`);
  const inPlace = await stringInPlace(evaluation, target, source);
  if (inPlace) return [inPlace];
  return [{ address: target.address, bytes: await bytesToAssign(evaluation, source, target.type) }];
}

/** The value as it is to lie in a variable of the type. */
export async function bytesToAssign(evaluation: Evaluation, source: GoOperand, type: GoType): Promise<Uint8Array> {
  try {
    checkConvertible(source, type);
  } catch (error) {
    if (error instanceof ConversionError && source.kind === "value") return toEmptyInterface(evaluation, source, type, error);
    throw error;
  }
  if (source.kind === "nil") return new Uint8Array(type.size);
  const constant = await constantOf(evaluation, source);
  if (constant && constant.kind !== "string") return bytesOf(evaluation, constant, type);
  if (constant?.kind === "string" && source.kind === "constant") {
    if (constant.value.length > 0)
      throw new ExpressionError("literal string can not be allocated because function calls are not allowed without using 'call'");
    return new Uint8Array(type.size);
  }
  if (source.kind === "constant") throw new ExpressionError(`can not set variables of type ${type.kind} (not implemented)`);
  const bytes = await readBytes(evaluation.loader.memory, source.address, type.size);
  await refuseScratch(evaluation, source);
  return bytes;
}

/** What the evaluation has made up must not get into the program's memory by its address. */
async function refuseScratch({ loader }: Evaluation, { type, address }: GoValueOperand): Promise<void> {
  const isAddress = type.kind === "string" || type.kind === "slice" || type.kind === "func" || type.kind === "pointer";
  if (!isAddress || type.size < 8 || !isScratch(await readWord(loader.memory, address))) return;
  throw new ExpressionError(
    type.kind === "string"
      ? "literal string can not be allocated because function calls are not allowed without using 'call'"
      : `can not set variables of type ${type.kind} (not implemented)`,
  );
}

/** A string that is as long as the one that is there takes its place, where that can be written. */
async function stringInPlace(evaluation: Evaluation, target: GoValueOperand, source: GoOperand): Promise<Write | undefined> {
  if (target.type.kind !== "string" || source.kind === "nil") return undefined;
  const constant = await constantOf(evaluation, source);
  if (constant?.kind !== "string" || constant.value.length === 0) return undefined;
  const isElsewhere = source.kind === "value" && !isScratch(await readWord(evaluation.loader.memory, source.address));
  const [base, length] = await readWords(evaluation.loader.memory, target.address, 2);
  if (isElsewhere || length !== constant.value.length) return undefined;
  return { address: base!, bytes: constant.value };
}

/** Other interfaces, and what is a pointer anyhow, can become an empty interface without memory of their own. */
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
