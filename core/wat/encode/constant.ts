import type { ByteWriter } from "#core/bytes/writer.ts";
import type { FieldText } from "../field.ts";
import { endOpcode, writeExpression } from "./expression.ts";
import { IndexSpace } from "./index-space.ts";
import { LabelStack } from "./labels.ts";
import type { ModuleEnvironment } from "./module-environment.ts";
import type { RowBuilder } from "./rows.ts";

/** Writes the instructions among the nodes from `first` up to `end`, and an `end` that has no text of its own. */
export function writeConstant(
  environment: ModuleEnvironment,
  text: FieldText,
  rows: RowBuilder,
  writer: ByteWriter,
  first: number,
  end: number,
): void {
  writeExpression({ environment, text, locals: new IndexSpace("local"), labels: new LabelStack() }, writer, rows, first, end);
  writer.u8(endOpcode);
}
