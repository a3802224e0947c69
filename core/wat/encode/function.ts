import { ByteWriter } from "#core/bytes/writer.ts";
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import { endOpcode, writeExpression } from "./expression.ts";
import { IndexSpace } from "./index-space.ts";
import { LabelStack } from "./labels.ts";
import type { ModuleEnvironment } from "./module-environment.ts";
import type { RowBuilder } from "./rows.ts";
import { readTypeList, readTypeUse, typeIndexOf, type TypeUse } from "./types.ts";

/** A function's code and what the name section tells of it. */
export interface EncodedBody {
  /** Local declarations and code, with the last `end`. */
  readonly bytes: Uint8Array;
  /** Length of the local declarations. */
  readonly declarations: number;
  readonly localNames: ReadonlyMap<number, string>;
  readonly labelNames: ReadonlyMap<number, string>;
}

/** Encodes the body of a `func` field. Its rows count from the start of the body. */
export function encodeBody(environment: ModuleEnvironment, text: FieldText, rows: RowBuilder): EncodedBody {
  const { field } = text;
  const use = readTypeUse(environment, text, 0);
  const locals = parameterSpace(environment, text, use);
  const writer = new ByteWriter(64);
  const firstInstruction = writeLocals(environment, text, locals, writer);
  const declarations = writer.length;
  const labels = new LabelStack();
  writeExpression({ environment, text, locals, labels }, writer, rows, firstInstruction, field.nodeEnd(0));
  const close = field.endToken(0) - 1;
  rows.add(writer.length, text.startOf(close), text.endOf(close));
  writer.u8(endOpcode);
  return { bytes: writer.finish(), declarations, localNames: locals.namesByIndex(), labelNames: labels.all };
}

/** Type index of a `func` field or import. */
export function functionTypeIndex(environment: ModuleEnvironment, text: FieldText, node: number): number {
  return typeIndexOf(environment, readTypeUse(environment, text, node));
}

/** Parameters, from the type where the field does not spell them out. */
export function parameterSpace(environment: ModuleEnvironment, text: FieldText, use: TypeUse): IndexSpace {
  const locals = new IndexSpace("local");
  for (const token of use.paramNames) locals.add(token === undefined ? undefined : text.nameOf(token));
  const declared = use.index === undefined ? undefined : environment.functionTypes.at(use.index);
  if (use.paramNames.length === 0) declared?.params.forEach(() => locals.add(undefined));
  return locals;
}

/** Writes the local declarations, neighbours of one type together. Returns the first node behind them. */
function writeLocals(environment: ModuleEnvironment, text: FieldText, locals: IndexSpace, writer: ByteWriter): number {
  const { field } = text;
  const runs: { readonly type: readonly number[]; count: number }[] = [];
  let node = 1;
  for (const end = field.nodeEnd(0); node < end; node = field.nodeEnd(node)) {
    const kind = field.kindOf(node);
    if (kind === Node.local) {
      const { name, types } = readTypeList(environment, text, node);
      for (const type of types) {
        locals.add(name === undefined ? undefined : text.nameOf(name));
        const last = runs.at(-1);
        if (last && last.type.join() === type.join()) last.count++;
        else runs.push({ type, count: 1 });
      }
    } else if (!headKinds.has(kind)) break;
  }
  writer.uleb(runs.length);
  for (const run of runs) {
    writer.uleb(run.count);
    writer.bytes(Uint8Array.from(run.type));
  }
  return node;
}

const headKinds: ReadonlySet<number> = new Set([Node.inlineExport, Node.inlineImport, Node.typeUse, Node.param, Node.result]);
