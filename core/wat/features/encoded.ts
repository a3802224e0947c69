/** Which bytes an instruction of the text becomes. */
import type { BoundModule } from "../bind.ts";
import type { WatDocument } from "../document.ts";
import { encodeModule } from "../encode.ts";
import type { EncodedWat } from "../encode.ts";

/** Longer texts take longer to encode than anybody wants to wait for an answer. */
const longest = 500_000;

/** Of the text that was asked about last; empty where it has errors. */
let last: { readonly document: WatDocument; readonly isRight: boolean; readonly modules: Map<BoundModule, EncodedWat> } | undefined;

export interface EncodedInstruction {
  /** Offset in the binary module. */
  readonly offset: number;
  /** Its bytes; of many the first. */
  readonly bytes: readonly number[];
}

const byteLimit = 24;

/** The bytes of the instruction whose text starts at a UTF-16 offset; `undefined` where the module is long, or cannot be encoded. */
export function encodedAt(document: WatDocument, module: BoundModule, start: number): EncodedInstruction | undefined {
  if (document.text.length > longest) return undefined;
  const { bytes, rows } = encodedModule(document, module) ?? {};
  if (bytes === undefined || rows === undefined) return undefined;
  // Rows are in the order of offsets; texts of one section go up with them, but sections have an order of their own.
  const row = rows.starts.indexOf(start);
  if (row < 0) return undefined;
  const offset = rows.offsets[row]!;
  const behind = rows.offsets[row + 1] ?? offset + 1;
  // The next row may belong to another function.
  const isNear = behind > offset && behind - offset <= byteLimit;
  return { offset, bytes: Array.from(bytes.subarray(offset, isNear ? behind : offset + 1)) };
}

function encodedModule(document: WatDocument, module: BoundModule): EncodedWat | undefined {
  if (last?.document !== document) last = { document, isRight: document.syntaxProblems().length === 0, modules: new Map() };
  if (!last.isRight || !module.isWhole || module.isRejected) return undefined;
  const known = last.modules.get(module) ?? encodeModule(document, module);
  last.modules.set(module, known);
  return known;
}
