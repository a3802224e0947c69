import type { ByteWriter } from "#core/bytes/writer.ts";
import { lookupInstruction } from "#core/wasm/instructions.ts";
import { Node } from "../node.ts";
import { instructionOf, Token, wordOf } from "../token.ts";
import { nameOf } from "./module-environment.ts";
import { writeBlockType, writeCatches, writeInstruction, type ExpressionContext } from "./immediates.ts";
import type { RowBuilder } from "./rows.ts";

/** Nodes inside an instruction that are part of its immediates. */
const immediateKinds: ReadonlySet<number> = new Set([Node.typeUse, Node.param, Node.result, Node.refType, Node.catchClause, Node.handler]);

const blockNames: ReadonlySet<string> = new Set(["block", "loop", "if", "try_table"]);
const elseOpcode = lookupInstruction("else")!.opcode[0];
export const endOpcode = lookupInstruction("end")!.opcode[0];

/**
 * Writes the instructions among the nodes from `first` up to `end`, flat and folded, without the `end` of the whole.
 * Iterative: a stack holds the nodes that still have something to write when their last child is done.
 */
export function writeExpression(context: ExpressionContext, writer: ByteWriter, rows: RowBuilder, first: number, end: number): void {
  const { environment, text, labels } = context;
  const { field } = text;
  const open: number[] = [];

  const addRow = (firstToken: number, endToken: number): void => {
    rows.add(writer.length, text.startOf(firstToken), text.endOf(Math.max(firstToken, endToken - 1)));
  };

  const plain = (node: number): void => {
    const word = field.wordToken(node);
    const instruction = instructionOf(field.tags[word]!);
    if (!instruction) return environment.report(text, word, word, `there is no instruction ${text.tokenText(word)}`);
    if (instruction.feature === "legacy-exceptions") return unsupported(node);
    const row = rows.count;
    addRow(word, word + 1);
    const tokens = writeInstruction(context, writer, instruction, node, word + 1);
    rows.end(row, text.endOf(Math.max(tokens, immediatesEnd(node)) - 1));
  };

  /** Token behind the immediates in parentheses of a node. */
  const immediatesEnd = (node: number): number => {
    let behind = field.wordToken(node) + 1;
    const last = field.nodeEnd(node);
    for (let child = node + 1; child < last && immediateKinds.has(field.kindOf(child)); child = field.nodeEnd(child))
      behind = field.endToken(child);
    return behind;
  };

  const unsupported = (node: number): void => {
    const word = field.wordToken(node);
    environment.report(
      text,
      word,
      word,
      `\`${text.tokenText(word)}\` belongs to the first design of exceptions, which is not encoded; use \`try_table\``,
    );
  };

  const openBlock = (node: number): void => {
    const word = field.wordToken(node);
    const instruction = instructionOf(field.tags[word]!);
    if (!instruction || !blockNames.has(instruction.name)) return unsupported(node);
    addRow(word, Math.max(immediatesEnd(node), word + (field.nameToken(node) === undefined ? 1 : 2)));
    writer.u8(instruction.opcode[0]);
    writeBlockType(context, writer, node);
    if (instruction.name === "try_table") writeCatches(context, writer, node);
    labels.push(nameOf(text, node));
  };

  const closeNode = (node: number): void => {
    const kind = field.kindOf(node);
    if (kind === Node.folded) return plain(node);
    // The last token is `)`, or `end` with the label that may be repeated behind it.
    let last = field.endToken(node) - 1;
    if (kind === Node.block && (field.tags[last] === Token.name || field.tags[last] === Token.quotedName)) last--;
    addRow(last, last + 1);
    writer.u8(endOpcode);
    labels.pop();
  };

  for (let node = first; ;) {
    while (open.length > 0 && field.nodeEnd(open[open.length - 1]!) <= node) closeNode(open.pop()!);
    if (node >= end) return;
    const kind = field.kindOf(node);
    if (kind === Node.plain) {
      plain(node);
      node = field.nodeEnd(node);
    } else if (immediateKinds.has(kind)) {
      node = field.nodeEnd(node);
    } else {
      if (kind === Node.folded) open.push(node);
      else if (kind === Node.block || kind === Node.foldedBlock) {
        // A folded `if` writes its opcode behind its condition.
        if (kind === Node.block || wordOf(field.wordTag(node)) !== "if") openBlock(node);
        open.push(node);
      } else if (kind === Node.thenArm) openBlock(field.parentOf(node));
      else if (kind === Node.elseArm) {
        const word = field.wordToken(node);
        addRow(word, word + 1);
        writer.u8(elseOpcode);
      } else unsupported(node);
      node++;
    }
  }
}
