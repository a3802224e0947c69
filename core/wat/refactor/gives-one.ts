/** Which operands give just one value, so that it can be taken alone. */
import type { BoundModule } from "../bind.ts";
import type { WatDocument } from "../document.ts";
import { operandsOf } from "../features/expectation.ts";
import { typesIn } from "../features/inner-names.ts";
import { isInstruction } from "../features/place.ts";
import type { Field, FieldText } from "../field.ts";
import { Node } from "../node.ts";
import { instructionTag, wordOf } from "../token.ts";
import { arities } from "./fold.ts";

const ifTag = instructionTag("if");

/** Whether an instruction in parentheses takes nothing from the stack but its own operands, and gives just one value. */
export function givesOne(document: WatDocument, module: BoundModule, source: FieldText, operand: number): boolean {
  const { field } = source;
  const rest = [operand];
  for (let node = rest.pop(); node !== undefined; node = rest.pop()) {
    const children = field.children(node).filter((child) => isInstruction(field.kindOf(child)));
    if (field.kindOf(node) === Node.foldedBlock) {
      const isIf = field.wordTag(node) === ifTag;
      if (blockResults(field, node) !== 1 || (isIf && children.length !== 1)) return false;
      if (isIf) rest.push(children[0]!);
      continue;
    }
    const name = wordOf(field.wordTag(node)) ?? "";
    const known = Object.hasOwn(arities, name) ? arities[name] : undefined;
    const type = known === undefined ? operandsOf(document, module, source, node) : undefined;
    const [taken, given] = known ?? [type?.params.length ?? -1, type?.results.length ?? -1];
    if (field.kindOf(node) !== Node.folded || given !== 1 || taken !== children.length) return false;
    for (const child of children) rest.push(child);
  }
  return true;
}

/** Number of results of a block that is written with these; -1 where it takes parameters, or has a type with a name. */
function blockResults(field: Field, node: number): number {
  let count = 0;
  for (const child of field.children(node)) {
    const kind = field.kindOf(child);
    if (kind === Node.typeUse || kind === Node.param) return -1;
    if (kind === Node.result) count += typesIn(field, child).length;
  }
  return count;
}
