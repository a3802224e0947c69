/** The type definitions of a module: read into a table, and checked. Source: WebAssembly 3.0, 3.2 "Types". */
import { TypeTable } from "#core/wasm/validate/type-table.ts";
import type { CompositeType, FieldType, SubType } from "#core/wasm/validate/type-table.ts";
import { isPacked } from "#core/wasm/validate/value-type.ts";
import type { ModuleNames } from "../bind.ts";
import { detached } from "../definitions.ts";
import { Space } from "../field.ts";
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import type { PlacedProblem, WatCode } from "../problem.ts";
import { ModuleTypes } from "./module-view.ts";
import { isReadable } from "./readable.ts";
import { definitionNodes, supertypeTokens, TypeReader } from "./type-reader.ts";

/** Reads the definitions of the `type` and `rec` fields, which are given in order. */
export function readTypes(fields: readonly FieldText[], names: ModuleNames): ModuleTypes {
  const groups = fields.map((source) => {
    const reader = new TypeReader(source, (_, token) => {
      const index = names.resolve(Space.type, source, token);
      return index === undefined || index >= names.countOf(Space.type) ? undefined : index;
    });
    const isRead = isReadable(source.field);
    return definitionNodes(source).map((node): SubType => (isRead ? reader.definition(node) : unreadable));
  });
  const typeNames = fields.flatMap((source) =>
    definitionNodes(source).map((node) => {
      const token = source.field.nameToken(node);
      return token === undefined ? undefined : detached(source.tokenText(token));
    }),
  );
  const fieldNames = typeNames.map((_, index) => names.typeAt(index)?.fields);
  return new ModuleTypes(new TypeTable(groups, typeNames), [groups, typeNames, fieldNames]);
}

const unreadable: SubType = { composite: { kind: "unknown" }, isFinal: false, supertypes: [] };

/** Reports at a token. `about`: index of another type that has to do with it. */
type ReportType = (code: WatCode, message: string, token: number, about?: number) => void;

/** Checks the definitions of one field; `first` is the index of its first type. */
export function checkTypeField(source: FieldText, { table }: ModuleTypes, names: ModuleNames, first: number): readonly PlacedProblem[] {
  const { field } = source;
  const problems: PlacedProblem[] = [];
  const report: ReportType = (code, message, token, about) => {
    const problem = { code, message, start: field.spans[2 * token]!, end: field.spans[2 * token + 1]! };
    problems.push(about === undefined ? problem : { ...problem, about: { space: Space.type, index: about } });
  };
  const nodes = definitionNodes(source);
  const end = first + nodes.length;
  for (let at = 0; at < field.references.length; at += 2) {
    if (field.references[at] !== Space.type) continue;
    const token = field.references[at + 1]!;
    const index = names.resolve(Space.type, source, token);
    if (index === undefined || index < end || index >= names.countOf(Space.type)) continue;
    report("unknown-type", `The type \`${source.tokenText(token)}\` is defined later. Types that refer to each other stand together in one \`(rec ...)\`.`, token, index); // prettier-ignore
  }
  if (problems.length > 0) return problems;
  nodes.forEach((node, at) => {
    const index = first + at;
    const definition = table.definition(index);
    if (definition === undefined) return;
    const sub = field.childOf(node, Node.subType);
    if (sub !== undefined) checkSupertypes(source, table, names, { sub, index, definition }, report);
    const { composite } = definition;
    if (composite.kind === "cont" && composite.type >= 0 && table.function(composite.type) === undefined) {
      const inner = field.children(sub ?? node)[0]!;
      report("wrong-type-kind", "A continuation is of a function type, and this is none.", field.wordToken(inner) + 1);
    }
  });
  return problems;
}

function checkSupertypes(
  source: FieldText,
  table: TypeTable,
  names: ModuleNames,
  { sub, index, definition }: { readonly sub: number; readonly index: number; readonly definition: SubType },
  report: ReportType,
): void {
  const [token, second] = supertypeTokens(source, sub);
  if (token === undefined) return;
  if (second !== undefined) return report("invalid-subtype", "A type extends at most one other.", second);
  const parentIndex = names.resolve(Space.type, source, token);
  if (parentIndex === undefined || parentIndex >= table.definedCount) return;
  const written = source.tokenText(token);
  if (parentIndex >= index) return report("unknown-type", `A type extends one before it, and \`${written}\` is not.`, token, parentIndex);
  const parent = table.definition(parentIndex);
  if (parent === undefined) return;
  if (parent.isFinal) {
    const message = `\`${written}\` is final: it cannot be extended. Write \`(sub ...)\` around its definition.`;
    return report("invalid-subtype", message, token, parentIndex);
  }
  const why = mismatch(table, definition.composite, parent.composite);
  if (why !== undefined) report("invalid-subtype", `This does not extend \`${written}\`: ${why}.`, token, parentIndex);
}

/** Why a type is not below another; `undefined` where it is. */
function mismatch(table: TypeTable, type: CompositeType, parent: CompositeType): string | undefined {
  if (type.kind === "unknown" || parent.kind === "unknown") return undefined;
  if (type.kind === "func" && parent.kind === "func") {
    if (!allMatch(table, parent.params, type.params)) return "its parameters must be those of the other type, or above them";
    return allMatch(table, type.results, parent.results) ? undefined : "its results must be those of the other type, or below them";
  }
  if (type.kind === "struct" && parent.kind === "struct") {
    if (type.fields.length < parent.fields.length) return "it has fewer fields";
    const at = parent.fields.findIndex((field, index) => !fieldMatches(table, type.fields[index]!, field));
    return at < 0 ? undefined : `field ${at} must keep its type and mutability, or narrow its type where it is immutable`;
  }
  if (type.kind === "array" && parent.kind === "array") {
    return fieldMatches(table, type.element, parent.element) ? undefined : "what it holds must keep its type and mutability, or narrow its type where it is immutable"; // prettier-ignore
  }
  if (type.kind === "cont" && parent.kind === "cont") {
    return table.isBelow(type.type, parent.type) ? undefined : "its function type does not extend that of the other";
  }
  return "they are of different kinds";
}

function allMatch(table: TypeTable, types: Int32Array, above: Int32Array): boolean {
  return types.length === above.length && types.every((type, at) => table.matches(type, above[at]!));
}

function fieldMatches(table: TypeTable, field: FieldType, parent: FieldType): boolean {
  if (field.mutable !== parent.mutable) return false;
  if (field.mutable || isPacked(field.type) || isPacked(parent.type)) return field.type === parent.type;
  return table.matches(field.type, parent.type);
}
