/** Prints a struct type as gofmt does (go/printer `fieldList`). */
import type { FieldNode, TypeNode } from "../source/syntax.ts";
import { alignColumns } from "./column-writer.ts";

type StructNode = TypeNode & { readonly kind: "struct" };

/** gofmt leaves a struct on one line only with a single short field (go/printer `isOneLineFieldList`). */
const maximalOneLineSize = 30;

/**
 * `indentation` is that of the line on which the struct starts. Lines end in `\n`. Undefined where a comment stands in a
 * place that is not understood, so that it does not get lost.
 */
export function layoutStruct(text: string, node: StructNode, indentation: string): string | undefined {
  const declarations = declarationsOf(node);
  const open = text.indexOf("{", node.span.start);
  const isOneLine = !text.slice(node.span.start, node.span.end).includes("\n");
  if (declarations.length === 0) return isOneLine ? "struct{}" : undefined;
  const inner = `${indentation}\t`;
  // Each nested struct is laid out once: they may nest deeply.
  const types = declarations.map(({ type }) => layoutType(text, type, inner));
  const [first] = declarations;
  if (
    isOneLine &&
    declarations.length === 1 &&
    text.slice(open + 1, node.span.end - 1).trim() === text.slice(first!.span.start, first!.span.end)
  ) {
    const line = oneLine(text, first!, types[0]);
    if (line !== undefined) return line;
  }
  const output: string[] = [];
  let block: string[][] = [];
  const flush = (): void => {
    for (const line of alignColumns(block)) output.push(line === "" ? "" : inner + line);
    block = [];
  };
  let at = open + 1;
  for (const [index, field] of declarations.entries()) {
    const gap = readGap(text.slice(at, field.span.start), index > 0);
    const type = types[index];
    if (gap === undefined || type === undefined) return undefined;
    if (gap.trailing !== undefined) addComment(block[block.length - 1]!, declarations[index - 1]!, gap.trailing);
    // A field of several lines ends the block of columns.
    if (types[index - 1]?.includes("\n") === true) flush();
    for (const line of index === 0 ? withoutLeadingBlank(gap.lines) : gap.lines) block.push([line]);
    const [line, ...more] = type.split("\n");
    const tag = more.length === 0 ? field.tag : undefined;
    block.push(cellsOf(text, field, line!, tag, declarations.length === 1));
    if (more.length > 0) {
      flush();
      const last = more.pop()!;
      output.push(...more);
      block.push(field.tag === undefined ? [last.slice(inner.length)] : [last.slice(inner.length), field.tag]);
    }
    at = field.span.end;
  }
  const rest = readGap(text.slice(at, node.span.end - 1), true);
  if (rest === undefined) return undefined;
  if (rest.trailing !== undefined) addComment(block[block.length - 1]!, declarations[declarations.length - 1]!, rest.trailing);
  const after = [...rest.lines];
  while (after[after.length - 1] === "") after.pop();
  for (const line of after) block.push([line]);
  flush();
  return `struct {\n${output.join("\n")}\n${indentation}}`;
}

/** Names of one declaration, `a, b int`, share its span. */
function declarationsOf({ fields }: StructNode): FieldNode[] {
  return fields.filter((field, index) => index === 0 || fields[index - 1]!.span.start !== field.span.start);
}

function oneLine(text: string, field: FieldNode, type: string | undefined): string | undefined {
  if (field.tag !== undefined || type === undefined || type.includes("\n")) return undefined;
  const size = type.length + (field.embedded ? 0 : 1);
  return size > maximalOneLineSize ? undefined : `struct{ ${field.embedded ? "" : `${namesOf(text, field)} `}${type} }`;
}

/** Names, type, (empty), tag, each behind the column of the one before, as go/printer separates them. */
function cellsOf(text: string, field: FieldNode, type: string, tag: string | undefined, only: boolean): string[] {
  const cells = field.embedded ? [type] : only ? [`${namesOf(text, field)} ${type}`] : [namesOf(text, field), type];
  if (tag !== undefined) {
    if (!field.embedded && !only) cells.push("");
    cells.push(tag);
  }
  return cells;
}

function addComment(cells: string[], field: FieldNode, comment: string): void {
  if (field.tag === undefined && field.embedded) cells.push("");
  cells.push(comment);
}

function namesOf(text: string, field: FieldNode): string {
  return text
    .slice(field.span.start, field.type.span.start)
    .split(",")
    .map((name) => name.trim())
    .join(", ");
}

/** Structs inside are laid out too; all other text stays. */
function layoutType(text: string, type: TypeNode, indentation: string): string | undefined {
  let inner = type;
  while (inner.kind === "pointer" || inner.kind === "slice" || inner.kind === "array" || inner.kind === "chan") inner = inner.element;
  const source = text.slice(type.span.start, type.span.end);
  if (inner.kind !== "struct") return source;
  const laid = layoutStruct(text, inner, indentation);
  return laid === undefined ? undefined : text.slice(type.span.start, inner.span.start) + laid + text.slice(inner.span.end, type.span.end);
}

interface Gap {
  /** A comment on the line of the field before. */
  readonly trailing: string | undefined;
  /** Comment lines, and at most one empty line between other lines. */
  readonly lines: string[];
}

/** What stands between two fields; undefined for more than line comments, white space and a semicolon. */
function readGap(gap: string, behindField: boolean): Gap | undefined {
  const [first, ...others] = gap.split("\n").map((line) => line.trim());
  const lines: string[] = [];
  const head = behindField ? first!.replace(/^;\s*/u, "") : first!;
  let trailing: string | undefined;
  if (head.startsWith("//") && behindField) trailing = head;
  else if (head !== "") return undefined;
  // The last piece is the indentation of the field itself.
  others.pop();
  for (const line of others) {
    if (line !== "" && !line.startsWith("//")) return undefined;
    if (line !== "" || lines[lines.length - 1] !== "") lines.push(line);
  }
  return { trailing, lines };
}

function withoutLeadingBlank(lines: readonly string[]): readonly string[] {
  return lines[0] === "" ? lines.slice(1) : lines;
}
