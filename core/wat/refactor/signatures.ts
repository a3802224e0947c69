/** Function types of what is written in a function: its own, those of blocks and of what is called. */
import type { FunctionType, TypeTable } from "#core/wasm/validate/type-table.ts";
import type { ValueType } from "#core/wasm/validate/value-type.ts";
import type { BoundModule } from "../bind.ts";
import type { WatDocument } from "../document.ts";
import { Space } from "../field.ts";
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import { instructionTag, wordOf } from "../token.ts";

const loopTag = instructionTag("loop");

/** The type that a function, block or indirect call has by its type use; `undefined` where that is not known. */
export function typeUseOf(document: WatDocument, module: BoundModule, source: FieldText, node: number): FunctionType | undefined {
  const { field } = source;
  const use = field.childOf(node, Node.typeUse);
  const { scope } = document.viewOf(module);
  return use === undefined ? scope.reader(source).signature(node) : typeAt(document, module, source, field.firstToken(use) + 2);
}

/** The function type that a token names. */
function typeAt(document: WatDocument, module: BoundModule, source: FieldText, token: number): FunctionType | undefined {
  const { scope } = document.viewOf(module);
  return scope.types.table.function(scope.typeIdentity(scope.resolve(Space.type, source, token)));
}

/** The values that a branch to a block takes; node 0 is the function. */
export function branchTypes(document: WatDocument, module: BoundModule, source: FieldText, node: number): Int32Array | undefined {
  const type = typeUseOf(document, module, source, node);
  return node > 0 && source.field.wordTag(node) === loopTag ? type?.params : type?.results;
}

/** Types as they are written; `undefined` where one of them cannot be written. */
export function writtenTypes(types: TypeTable, list: ArrayLike<ValueType>): string | undefined {
  const texts = Array.from(list, (type) => types.text(type));
  return texts.every((text) => /^(?:[a-z][a-z0-9]*|\(ref (?:null )?[^\s()";]+\))$/.test(text)) ? texts.join(" ") : undefined;
}

/** The type of what a `call`, `call_indirect` or `call_ref` calls; `undefined` of other instructions. */
export function calledType(document: WatDocument, module: BoundModule, source: FieldText, node: number): FunctionType | undefined {
  const token = source.field.wordToken(node) + 1;
  switch (wordOf(source.field.wordTag(node))) {
    case "call": {
      const { environment } = document.viewOf(module);
      const index = module.names.resolve(Space.func, source, token);
      const identity = index === undefined ? undefined : environment.functions[index];
      return identity === undefined || identity < 0 ? undefined : environment.types.function(identity);
    }
    case "call_indirect":
      return typeUseOf(document, module, source, node);
    case "call_ref":
      return typeAt(document, module, source, token);
    default:
      return undefined;
  }
}
