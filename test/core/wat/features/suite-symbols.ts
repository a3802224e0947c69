import type { WatDocument } from "#core/wat/document.ts";
import { definitionsOf } from "#core/wat/definitions.ts";
import { innerNames } from "#core/wat/features/inner-names.ts";
import { Node } from "#core/wat/node.ts";

/** Offsets at which something is defined: entries, locals, blocks, fields of structs. */
export function definedOffsets(document: WatDocument): number[] {
  const found = new Set<number>();
  for (let at = 0; at < document.fields.length; at++) {
    const source = document.fieldText(at);
    const { field } = source;
    for (const { token } of definitionsOf(source).entries) found.add(source.startOf(token));
    if (field.kind === Node.funcField) {
      const { locals, labels } = innerNames(source);
      for (const { name, type } of locals) found.add(source.startOf(name ?? type));
      for (const node of labels) found.add(source.startOf(field.nameToken(node) ?? field.wordToken(node)));
    }
    for (let node = 0; node < field.nodeCount; node++) {
      const name = field.kindOf(node) === Node.structField ? field.nameToken(node) : undefined;
      if (name !== undefined) found.add(source.startOf(name));
    }
  }
  return Array.from(found).sort((left, right) => left - right);
}
