/** Types that a module has because something is used with parameters and results but without `(type ...)`. Source: WebAssembly 3.0, 6.6.2 "Type Uses". */
import type { ModuleNames } from "./bind.ts";
import { signatureText } from "./definitions.ts";
import { FieldText, Space } from "./field.ts";
import type { Field } from "./field.ts";
import { Node } from "./node.ts";
import { instructionTag } from "./token.ts";

const indirectCalls: ReadonlySet<number> = new Set([instructionTag("call_indirect"), instructionTag("return_call_indirect")]);
const withSignature: ReadonlySet<number> = new Set([Node.funcField, Node.tagField, Node.externFunc, Node.externTag]);

/** Number of types of a module, written and implied. */
export function typeCountOf(fields: Iterable<FieldText>, names: ModuleNames): number {
  const signatures = new Set<string>();
  for (let index = 0; index < names.countOf(Space.type); index++) {
    const signature = names.typeAt(index)?.signature;
    if (signature !== undefined) signatures.add(signature);
  }
  const written = signatures.size;
  for (const source of fields) {
    const { field } = source;
    for (let node = 0; node < field.nodeCount; node++) {
      if (!impliesType(field, node)) continue;
      signatures.add(signatureText(source, field.children(node)));
    }
  }
  return names.countOf(Space.type) + signatures.size - written;
}

/** Whether a node uses parameters and results without naming a type. */
export function impliesType(field: Field, node: number): boolean {
  const kind = field.kindOf(node);
  const isCall = (kind === Node.plain || kind === Node.folded) && indirectCalls.has(field.wordTag(node));
  const isBlock = kind === Node.block || kind === Node.foldedBlock;
  if (!isCall && !isBlock && !withSignature.has(kind)) return false;
  if (field.childOf(node, Node.typeUse) !== undefined) return false;
  if (!isBlock) return true;
  // A block without parameters and with at most one result has a type of its own kind in the binary format.
  return field.childOf(node, Node.param) !== undefined || blockResultCount(field, node) > 1;
}

function blockResultCount(field: Field, node: number): number {
  let count = 0;
  for (const child of field.children(node)) {
    if (field.kindOf(child) !== Node.result) continue;
    count += field.ownTokens(child).length - 3 + field.children(child).length;
  }
  return count;
}
