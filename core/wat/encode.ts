/** WAT to the binary format, with a map from each instruction's offset to its text. Encodes; whether the types fit is checked elsewhere. */
import type { BoundModule } from "./bind.ts";
import type { WatDocument } from "./document.ts";
import { ModuleEncoder } from "./encode/module-encoder.ts";
import { nameOf } from "./encode/module-environment.ts";
import type { EncodeProblem } from "./encode/problem.ts";
import { RowBuilder, type EncodedFunction, type WatRows } from "./encode/rows.ts";

export type { EncodeProblem } from "./encode/problem.ts";
export type { EncodedFunction, WatRows } from "./encode/rows.ts";

export interface EncodedWat {
  /** `undefined` where there are problems. Always with a name section, where anything is named. */
  readonly bytes: Uint8Array<ArrayBuffer> | undefined;
  readonly rows: WatRows;
  /** Functions with a body, in the order of their offsets. */
  readonly functions: readonly EncodedFunction[];
  /** Syntax errors and unknown names of the text, then what cannot be encoded. */
  readonly problems: readonly EncodeProblem[];
}

/** Encodes a module of a document: the first one, unless another is given. The same text gives the same bytes. */
export function encodeWat(document: WatDocument, module: BoundModule | undefined = document.modules[0]): EncodedWat {
  const problems = document.syntaxProblems();
  return problems.length > 0 ? failed(problems) : encodeModule(document, module);
}

/** As {@link encodeWat}, of a module that is known to have no syntax errors, whatever else the document has. */
export function encodeModule(document: WatDocument, module: BoundModule | undefined): EncodedWat {
  const encoder = new ModuleEncoder();
  const fields = Array.from({ length: module ? module.end - module.first : 0 }, (_, at) => document.fieldText(module!.first + at));
  encoder.encodeFields(fields);
  if (module?.opening !== undefined && module.end < document.fields.length) encoder.customSections(document.fieldText(module.end));
  if (encoder.environment.problems.length > 0) return failed(encoder.environment.problems);
  const opening = module?.opening === undefined ? undefined : document.fieldText(module.opening);
  return { ...encoder.finish(opening && nameOf(opening, 0)), problems: [] };
}

function failed(problems: readonly EncodeProblem[]): EncodedWat {
  return { bytes: undefined, rows: new RowBuilder().finish(), functions: [], problems };
}
