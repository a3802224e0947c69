/** What instructions do, in words: for hovers, completions and pages. */
import { controlDoc } from "./instruction-docs/control.ts";
import type { InstructionDoc } from "./instruction-docs/doc.ts";
import { memoryDoc } from "./instruction-docs/memory.ts";
import { referenceDoc } from "./instruction-docs/reference.ts";
import { scalarDoc } from "./instruction-docs/scalar.ts";
import { vectorDoc } from "./instruction-docs/vector.ts";

export type { InstructionDoc, InstructionExample } from "./instruction-docs/doc.ts";

const specification = "https://webassembly.github.io/spec/core/";

/** What the instruction with a name of the text format does; every instruction of the table has this. Its link is a whole address. */
export function instructionDoc(name: string): InstructionDoc | undefined {
  const doc = controlDoc(name) ?? memoryDoc(name) ?? referenceDoc(name) ?? scalarDoc(name) ?? vectorDoc(name);
  if (doc === undefined) return undefined;
  return doc.link.startsWith("https:") ? doc : { ...doc, link: specification + doc.link };
}
