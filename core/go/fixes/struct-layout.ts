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
  if (isOneLine && declarations.length === 1) {
    const line = oneLine(text, declarations[0]!, indentation);
    if (line !== undefined && text.slice(open + 1, node.span.end - 1).trim() === text.slice(...bounds(declarations[0]!)).trim())
      return line;
  }
  const inner = `${indentation}\t`;
  const blocks: { lines: string[][]; raw: string[] }[] = [{ lines: [], raw: [] }];
  let at = open + 1;
  const output: string[] = [];
  const flush = (): void => {
    for (const line of alignColumns(blocks.pop()!.lines)) output.push(line === "" ? "" : inner + line);
    blocks.push({ lines: [], raw: [] });
  };
  for (const [index, field] of declarations.entries()) {
    const gap = readGap(text.slice(at, field.span.start), index > 0);
    if (gap === undefined) return undefined;
    if (gap.trailing !== undefined) {
      const lines = blocks[blocks.length - 1]!.lines;
      const last = lines[lines.length - 1];
      if (last === undefined) return undefined;
      addComment(last, declarations[index - 1]!, gap.trailing);
    }
    const type = layoutType(text, field.type, inner);
    if (type === undefined) return undefined;
    // A field of several lines ends the block of columns.
    if (index > 0 && isLong(text, declarations[index - 1]!, inner)) flush();
    for (const line of index === 0 ? withoutLeadingBlank(gap.lines) : gap.lines) {
      blocks[blocks.length - 1]!.lines.push([line]);
    }
    blocks[blocks.length - 1]!.lines.push(cellsOf(text, field, type, declarations.length === 1));
    at = field.span.end;
  }
  const rest = readGap(text.slice(at, node.span.end - 1), true);
  if (rest === undefined) return undefined;
  const lines = blocks[0]!.lines;
  if (rest.trailing !== undefined) addComment(lines[lines.length - 1]!, declarations[declarations.length - 1]!, rest.trailing);
  while (rest.lines[rest.lines.length - 1] === "") rest.lines.pop();
  for (const line of rest.lines) lines.push([line]);
  flush();
  return `struct {\n${output.join("\n")}\n${indentation}}`;
}

/** Names of one declaration, `a, b int`, share its span. */
function declarationsOf({ fields }: StructNode): FieldNode[] {
  return fields.filter((field, index) => index === 0 || fields[index - 1]!.span.start !== field.span.start);
}

function bounds({ span }: FieldNode): [number, number] {
  return [span.start, span.end];
}

function oneLine(text: string, field: FieldNode, indentation: string): string | undefined {
  if (field.tag !== undefined) return undefined;
  const type = layoutType(text, field.type, indentation);
  if (type === undefined || type.includes("\n")) return undefined;
  const size = type.length + (field.embedded ? 0 : 1);
  return size > maximalOneLineSize ? undefined : `struct{ ${field.embedded ? "" : `${namesOf(text, field)} `}${type} }`;
}

function isLong(text: string, field: FieldNode, indentation: string): boolean {
  return layoutType(text, field.type, indentation)?.includes("\n") ?? false;
}

/** Names, type, (empty), tag, each behind the column of the one before, as go/printer separates them. */
function cellsOf(text: string, field: FieldNode, type: string, only: boolean): string[] {
  const cells = field.embedded ? [type] : only ? [`${namesOf(text, field)} ${type}`] : [namesOf(text, field), type];
  if (field.tag !== undefined) {
    if (!field.embedded && !only) cells.push("");
    cells.push(field.tag);
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
