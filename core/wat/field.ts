/** One top-level piece of a WAT text with its tokens, tree and findings, independent of where in the text it stands. */
import type { Span } from "#core/text/positions.ts";
import type { Definitions } from "./definition.ts";
import type { FieldNotes } from "./field-notes.ts";
import { nameText, stringBytes, stringText } from "./literal-string.ts";
import { naturalValue } from "./literal-number.ts";
import { Node, nodeStride } from "./node.ts";
import type { NodeKind } from "./node.ts";
import type { PlacedProblem } from "./problem.ts";
import { Token } from "./token.ts";

export { Space } from "./space.ts";

/** Where the splitter stands between two pieces. */
export const Scope = {
  /** Outside of any module. */
  top: 0,
  /** Inside `(module`. */
  module: 1,
  /** Inside `(assert_...`, before or behind its module. */
  assertion: 2,
  /** Inside the module of an assertion. */
  assertedModule: 3,
  /** Inside a module which an assertion says is invalid or malformed. */
  rejected: 4,
  rejectedModule: 5,
} as const;
export type Scope = (typeof Scope)[keyof typeof Scope];

/** Added to a space in {@link Field.references} where the text leaves out the index and so means 0; the token is the word that needs it. */
export const defaultIndex = 0x100;

/** What the pieces of a text have: the arrays that the splitter cut out, before the parser. */
export interface Tokens {
  /** One tag per token (`Token`, `Word` or an instruction), then `Token.end`. */
  readonly tags: Uint16Array;
  /** Start and end of each token, counted from the start of the piece, white space before the first token included. */
  readonly spans: Uint32Array;
}

/** What holds the text that fields are part of. */
export interface TextHolder {
  /** All of it. After an edit it is put together at the first look, which takes its time: what one field needs is in {@link Field.text}. */
  readonly text: string;
}

/**
 * A piece: a field of a module, the head or end of a module, a command of a script, or what belongs nowhere. The pieces of a text follow
 * each other without a gap, each with the white space and comments before it, so joined they are the text. Immutable, and shared by all
 * versions of a document in which it did not change.
 *
 * The tree is stored in order of first tokens. Nodes are numbers: 0 is the root, the nodes inside node `n` are `n + 1` up to `nodeEnd(n)`.
 */
export class Field implements Tokens {
  readonly tags: Uint16Array;
  readonly spans: Uint32Array;
  /** The piece, with the white space before its first token. */
  readonly text: string;
  /** Kind (`Trivia`), start and end of each comment and annotation. */
  readonly trivia: readonly number[];
  /** {@link nodeStride} numbers per node. */
  readonly nodes: Uint32Array;
  /** Kind of the root, which says what the piece is. */
  readonly kind: NodeKind;
  /** UTF-16 length with the white space before the first token. */
  readonly length: number;
  /** Length of what decided where this piece ends; beyond `length` where tokens behind it were looked at. */
  readonly reach: number;
  readonly scope: Scope;
  /** Whether some of the problems are about single tokens or comments. */
  readonly hasLexicalProblems: boolean;
  /** Whether there were more problems, which were likely consequences of those that are told. */
  readonly hidesProblems: boolean;
  /** Lexical and syntactic problems and those of labels and locals; offsets count from the start of the piece. */
  readonly problems: readonly PlacedProblem[];
  /** Bits of `LintHint`: where lints may have something to say. */
  readonly hints: number;
  /**
   * Space and token of each name or index that the module must resolve; for `Space.structField` the token before it names the type. The
   * first use of a memory or table that the text leaves out is there too, with {@link defaultIndex}.
   */
  readonly references: Uint32Array;
  /** Nodes of kind `typeUse` that are followed by parameters or results, which must be those of the type. */
  readonly checkedTypeUses: readonly number[];
  /** What the field adds to its module, once `definitions.ts` has worked it out. */
  definitions: Definitions | undefined;
  #notes: FieldNotes | undefined;

  constructor(
    parts: Pick<
      Field,
      | "tags"
      | "spans"
      | "text"
      | "trivia"
      | "nodes"
      | "length"
      | "reach"
      | "scope"
      | "hasLexicalProblems"
      | "hidesProblems"
      | "problems"
      | "hints"
      | "references"
      | "checkedTypeUses"
    >,
  ) {
    this.tags = parts.tags;
    this.spans = parts.spans;
    this.text = parts.text;
    this.trivia = parts.trivia;
    this.nodes = parts.nodes;
    this.kind = this.kindOf(0);
    this.length = parts.length;
    this.reach = parts.reach;
    this.scope = parts.scope;
    this.hasLexicalProblems = parts.hasLexicalProblems;
    this.hidesProblems = parts.hidesProblems;
    this.problems = parts.problems;
    this.hints = parts.hints;
    this.references = parts.references;
    this.checkedTypeUses = parts.checkedTypeUses;
  }

  /** What has been worked out about the field on demand. */
  get notes(): FieldNotes {
    this.#notes ??= {};
    return this.#notes;
  }

  /** Number of tokens; `Token.end` is not counted. */
  get tokenCount(): number {
    return this.tags.length - 1;
  }

  get nodeCount(): number {
    return this.nodes.length / nodeStride;
  }

  kindOf(node: number): NodeKind {
    return this.nodes[node * nodeStride]! as NodeKind;
  }

  /** First token of a node: `(`, or the name of a flat instruction. */
  firstToken(node: number): number {
    return this.nodes[node * nodeStride + 1]!;
  }

  /** Token behind the last one of a node. */
  endToken(node: number): number {
    return this.nodes[node * nodeStride + 2]!;
  }

  /** Node behind the last one inside `node`: its next sibling, if it has one. */
  nodeEnd(node: number): number {
    return this.nodes[node * nodeStride + 3]!;
  }

  /** The node around `node`; of the root, the root. */
  parentOf(node: number): number {
    return this.nodes[node * nodeStride + 4]!;
  }

  /** Token that names the node: the word behind `(`, or the name of a flat instruction. */
  wordToken(node: number): number {
    const first = this.firstToken(node);
    return this.tags[first] === Token.leftParen ? first + 1 : first;
  }

  /** Tag of {@link wordToken}. */
  wordTag(node: number): number {
    return this.tags[this.wordToken(node)] ?? Token.end;
  }

  /** Direct children in the order of the text. */
  children(node: number): number[] {
    const found: number[] = [];
    const end = this.nodeEnd(node);
    for (let child = node + 1; child < end; child = this.nodeEnd(child)) found.push(child);
    return found;
  }

  /** The first direct child of a kind. */
  childOf(node: number, kind: NodeKind): number | undefined {
    const end = this.nodeEnd(node);
    // What describes a definition or block stands before its instructions, of which there may be millions.
    const isHeader = kind < Node.tableUse;
    for (let child = node + 1; child < end; child = this.nodeEnd(child)) {
      const found = this.kindOf(child);
      if (found === kind) return child;
      if (isHeader && found >= Node.plain) return undefined;
    }
    return undefined;
  }

  /** Tokens of `node` that are in none of its children, in the order of the text. */
  ownTokens(node: number): number[] {
    const found: number[] = [];
    let child = node + 1;
    const end = this.endToken(node);
    for (let token = this.firstToken(node); token < end;) {
      if (child < this.nodeEnd(node) && this.firstToken(child) === token) {
        token = this.endToken(child);
        child = this.nodeEnd(child);
      } else found.push(token++);
    }
    return found;
  }

  /** The token that names what a field, an import's description, a parameter and so on defines: `$x` right behind the word. */
  nameToken(node: number): number | undefined {
    const token = this.wordToken(node) + 1;
    const tag = this.tags[token];
    return tag === Token.name || tag === Token.quotedName ? token : undefined;
  }
}

/** Reads the text of a field's tokens. `base` is the offset in `text` at which the field starts. */
export class FieldText {
  readonly field: Field;
  readonly base: number;
  readonly #holder: TextHolder;

  constructor(field: Field, holder: TextHolder, base: number) {
    this.field = field;
    this.#holder = holder;
    this.base = base;
  }

  /** All of the text; see {@link TextHolder}. */
  get text(): string {
    return this.#holder.text;
  }

  /** Offset in the text at which a token starts. */
  startOf(token: number): number {
    return this.base + this.field.spans[2 * token]!;
  }

  endOf(token: number): number {
    return this.base + this.field.spans[2 * token + 1]!;
  }

  tokenSpan(token: number): Span {
    return { start: this.startOf(token), end: this.endOf(token) };
  }

  /** Span of a node without the white space around it. */
  nodeSpan(node: number): Span {
    const first = this.field.firstToken(node);
    const end = this.field.endToken(node);
    return { start: this.startOf(first), end: this.endOf(Math.max(first, end - 1)) };
  }

  /** A token as it is written. */
  tokenText(token: number): string {
    const { text, spans } = this.field;
    return text.slice(spans[2 * token], spans[2 * token + 1]);
  }

  /** The name that a `name` or `quotedName` token means, without `$`; equal for both spellings. */
  nameOf(token: number): string {
    const { text, spans } = this.field;
    return nameText(text, spans[2 * token]!, spans[2 * token + 1]!);
  }

  /** Value of a `natural` token; see {@link naturalValue}. */
  naturalOf(token: number): number {
    const { text, spans } = this.field;
    return naturalValue(text, spans[2 * token]!, spans[2 * token + 1]!);
  }

  /** The bytes of a `string` token. */
  bytesOf(token: number): Uint8Array<ArrayBuffer> {
    const { text, spans } = this.field;
    return stringBytes(text, spans[2 * token]!, spans[2 * token + 1]!);
  }

  /** The text of a `string` token; `undefined` where its bytes are not UTF-8. */
  stringOf(token: number): string | undefined {
    const { text, spans } = this.field;
    return stringText(text, spans[2 * token]!, spans[2 * token + 1]!);
  }
}
