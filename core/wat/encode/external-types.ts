import type { ByteWriter } from "#core/bytes/writer.ts";
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import { Token, Word } from "../token.ts";
import type { ModuleEnvironment } from "./module-environment.ts";
import { readValueType } from "./types.ts";

/** Size limits as the text has them, before they are written. */
export interface WrittenLimits {
  readonly min: bigint;
  readonly max: bigint | undefined;
  readonly is64: boolean;
  readonly shared: boolean;
  readonly pageSizeLog2: number | undefined;
  /** Token behind. */
  readonly next: number;
}

/** `i64? min max? shared? (pagesize n)?`; without a minimum, what stands before an inline segment. */
export function readLimits(environment: ModuleEnvironment, text: FieldText, token: number): WrittenLimits {
  const { tags } = text.field;
  let next = token;
  const is64 = tags[next] === Word.i64;
  if (is64 || tags[next] === Word.i32) next++;
  const min = tags[next] === Token.natural ? environment.naturalWide(text, next++, 64) : 0n;
  const max = tags[next] === Token.natural ? environment.naturalWide(text, next++, 64) : undefined;
  const shared = tags[next] === Word.shared;
  if (shared) next++;
  let pageSizeLog2: number | undefined;
  if (tags[next] === Token.leftParen && tags[next + 1] === Word.pagesize) {
    const size = environment.natural(text, next + 2, 32);
    pageSizeLog2 = Math.log2(size);
    if (!Number.isInteger(pageSizeLog2)) environment.report(text, next + 2, next + 2, "a page size must be a power of two");
    next += 4;
  }
  return { min, max, is64, shared, pageSizeLog2, next };
}

/** Source: WebAssembly 3.0, 5.3.13 "Limits"; shared: threads proposal; page size: custom page sizes proposal. */
export function writeLimits(writer: ByteWriter, limits: WrittenLimits): void {
  const flags =
    (limits.max === undefined ? 0 : 1) | (limits.shared ? 2 : 0) | (limits.is64 ? 4 : 0) | (limits.pageSizeLog2 === undefined ? 0 : 8);
  writer.u8(flags);
  writer.uleb(limits.min);
  if (limits.max !== undefined) writer.uleb(limits.max);
  if (limits.pageSizeLog2 !== undefined) writer.uleb(limits.pageSizeLog2);
}

/** Limits, then the element type. Returns the token behind. */
export function writeTableType(environment: ModuleEnvironment, text: FieldText, token: number, writer: ByteWriter): number {
  const limits = readLimits(environment, text, token);
  const element = readValueType(environment, text, limits.next);
  writer.bytes(Uint8Array.from(element.bytes));
  writeLimits(writer, limits);
  return element.next;
}

/** The token behind name, inline exports and inline import of a field, where its type or contents start. */
export function contentsToken(text: FieldText, node: number): number {
  const { field } = text;
  let token = (field.nameToken(node) ?? field.wordToken(node)) + 1;
  const end = field.nodeEnd(node);
  for (let child = node + 1; child < end; child = field.nodeEnd(child)) {
    const kind = field.kindOf(child);
    if (kind !== Node.inlineExport && kind !== Node.inlineImport) break;
    token = field.endToken(child);
  }
  return token;
}
