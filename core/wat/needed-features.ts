/** Which features of WebAssembly a text uses, and where first. */
import type { Feature } from "#core/wasm/features.ts";
import { contentsToken } from "./encode/external-types.ts";
import { Space } from "./field.ts";
import type { NeededFeature } from "./field-notes.ts";
import type { Field, FieldText } from "./field.ts";
import type { BoundModule } from "./bind.ts";
import { Node } from "./node.ts";
import { instructionOf, Word } from "./token.ts";

/** Features behind WebAssembly 1.0 that a field uses by itself, each once. */
export function neededFeatures(source: FieldText): readonly NeededFeature[] {
  const { notes } = source.field;
  notes.neededFeatures ??= find(source);
  return notes.neededFeatures;
}

interface PlacedFeature extends NeededFeature {
  /** Counted from the module's first. */
  readonly field: number;
}

/**
 * What only the fields of a module together use: several memories, several tables, and constants that read globals of the module itself.
 * `fieldText` gives the fields by their place in the document.
 */
export function featuresOfModule({ names, first, end }: BoundModule, fieldText: (at: number) => FieldText): readonly PlacedFeature[] {
  const found: PlacedFeature[] = [];
  for (const [space, feature] of [
    [Space.memory, "multi-memory"],
    [Space.table, "reference-types"],
  ] as const) {
    const second = names.placeOf(space, 1);
    if (second !== undefined) found.push({ feature, ...second });
  }
  for (let at = first; at < end; at++) {
    const source = fieldText(at);
    const { kind, references } = source.field;
    if (kind === Node.funcField || kind === Node.exportField) continue;
    for (let reference = 0; reference < references.length; reference += 2) {
      if (references[reference] !== Space.global) continue;
      const token = references[reference + 1]!;
      const place = names.placeOf(Space.global, names.resolve(Space.global, source, token) ?? -1);
      if (place !== undefined && !isImport(fieldText(first + place.field).field)) found.push({ feature: "gc", field: at - first, token });
    }
  }
  return found;
}

function isImport(field: Field): boolean {
  return field.kind === Node.importField || field.childOf(0, Node.inlineImport) !== undefined;
}

/** Types that say by their word alone what they came with. */
const featureOfWord: ReadonlyMap<number, Feature> = new Map<number, Feature>([
  [Word.v128, "simd"],
  [Word.externref, "reference-types"],
  [Word.shared, "threads"],
  [Word.exnref, "exceptions"],
  [Word.nullexnref, "exceptions"],
  [Word.contref, "stack-switching"],
  [Word.nullcontref, "stack-switching"],
  ...[Word.anyref, Word.eqref, Word.i31ref, Word.structref, Word.arrayref, Word.nullref, Word.nullfuncref, Word.nullexternref].map(
    (word): [number, Feature] => [word, "gc"],
  ),
]);

/** Heap types behind `(ref` that came with garbage collection; all others came with typed references. */
const gcHeaps: ReadonlySet<number> = new Set([
  Word.any, Word.eq, Word.i31, Word.struct, Word.array, Word.none, Word.nofunc, Word.noextern,
]); // prettier-ignore

const featureOfNode: ReadonlyMap<number, Feature> = new Map<number, Feature>([
  [Node.recField, "gc"],
  [Node.subType, "gc"],
  [Node.structType, "gc"],
  [Node.arrayType, "gc"],
  [Node.contType, "stack-switching"],
  [Node.tagField, "exceptions"],
  [Node.externTag, "exceptions"],
  [Node.importItem, "compact-imports"],
  [Node.pageSize, "custom-page-sizes"],
]);
const valueNodes: ReadonlySet<number> = new Set([Node.param, Node.result, Node.local, Node.globalField, Node.externGlobal]);
const instructionNodes: ReadonlySet<number> = new Set([Node.plain, Node.folded, Node.block, Node.foldedBlock]);
/** Nodes that have parameters and results. */
const typedNodes: ReadonlySet<number> = new Set([Node.funcField, Node.externFunc, Node.funcType, Node.block, Node.foldedBlock]);

function find(source: FieldText): readonly NeededFeature[] {
  const { field } = source;
  const found = new Map<Feature, number>();
  const need = (feature: Feature | undefined, token: number): void => {
    if (feature === undefined || feature === "1.0") return;
    const before = found.get(feature);
    if (before === undefined || token < before) found.set(feature, token);
  };
  if (field.kind === Node.command || field.kind === Node.stray) return [];
  for (let token = 0; token < field.tokenCount; token++) need(featureOfWord.get(field.tags[token]!), token);
  for (let node = 0; node < field.nodeCount; node++) {
    const kind = field.kindOf(node);
    const word = field.wordToken(node);
    need(featureOfNode.get(kind), word);
    if (instructionNodes.has(kind)) need(featureOfInstruction(field, node, field.kind !== Node.funcField), word);
    if (kind === Node.refType) need(refFeature(field, node), word);
    if (valueNodes.has(kind)) need(funcrefOf(field, node), word);
    if (typedNodes.has(kind)) need(multiValue(field, node, kind), word);
  }
  fieldFeatures(source, need);
  return Array.from(found, ([feature, token]) => ({ feature, token }));
}

const arithmetic = /^i(?:32|64)\.(?:add|sub|mul)$/;

function featureOfInstruction(field: Field, node: number, inConstant: boolean): Feature | undefined {
  const instruction = instructionOf(field.wordTag(node));
  if (instruction === undefined) return undefined;
  // The second row of `select`, with types, has the name of the first.
  if (instruction.name === "select" && field.childOf(node, Node.result) !== undefined) return "reference-types";
  return inConstant && arithmetic.test(instruction.name) ? "extended-constants" : instruction.feature;
}

function refFeature(field: Field, node: number): Feature {
  for (let token = field.firstToken(node); token < field.endToken(node); token++) if (gcHeaps.has(field.tags[token]!)) return "gc";
  return "function-references";
}

/** `funcref` is as old as tables, but values of that type are not. */
function funcrefOf(field: Field, node: number): Feature | undefined {
  for (let token = field.firstToken(node); token < field.endToken(node); token++) {
    if (field.tags[token] === Word.funcref) return "reference-types";
  }
  return undefined;
}

function multiValue(field: Field, node: number, kind: number): Feature | undefined {
  let results = 0;
  const end = field.nodeEnd(node);
  for (let child = node + 1; child < end; child = field.nodeEnd(child)) {
    const childKind = field.kindOf(child);
    if (childKind >= Node.plain) break;
    if (childKind === Node.param && (kind === Node.block || kind === Node.foldedBlock)) return "multi-value";
    if (childKind === Node.result) results += field.ownTokens(child).length - 3 + field.children(child).length;
  }
  return results > 1 ? "multi-value" : undefined;
}

/** What shows in the form of a field. */
function fieldFeatures(source: FieldText, need: (feature: Feature, token: number) => void): void {
  const { field } = source;
  const word = field.wordToken(0);
  switch (field.kind) {
    case Node.dataField:
      if (field.childOf(0, Node.offset) === undefined) need("bulk-memory", word);
      return;
    case Node.elemField:
      if (field.childOf(0, Node.offset) === undefined) need("bulk-memory", word);
      else if (field.childOf(0, Node.elemItem) !== undefined) need("reference-types", word);
      return;
    case Node.memoryField:
    case Node.tableField:
      need64(source, 0, need);
      if (field.kind === Node.tableField && field.children(0).some((child) => field.kindOf(child) >= Node.plain))
        need("function-references", word);
      return;
    case Node.importField:
      for (const child of field.children(0)) {
        const kind = field.kindOf(child);
        if (kind === Node.externMemory || kind === Node.externTable) need64(source, child, need);
      }
      return;
    default:
  }
}

function need64(source: FieldText, node: number, need: (feature: Feature, token: number) => void): void {
  const token = contentsToken(source, node);
  if (source.field.tags[token] === Word.i64) need("memory64", token);
}
