/** Locals and labels of a function: what its names and numbers mean. */
import { instructions } from "#core/wasm/instructions.ts";
import type { BoundModule } from "../bind.ts";
import type { WatDocument } from "../document.ts";
import { innerUseStride, InnerUse } from "../field-notes.ts";
import type { InnerLocal, InnerNames } from "../field-notes.ts";
import { Space } from "../field.ts";
import type { Field, FieldText } from "../field.ts";
import { LabelStack } from "../label-stack.ts";
import { Node } from "../node.ts";
import { firstInstruction, instructionTag, Token, Word } from "../token.ts";
import { isIndex, isName } from "./place.ts";

/** What an instruction's first immediates are, as far as they are locals or labels. */
const Form = { other: 0, local: 1, label: 2, labels: 3 } as const;
const forms = Uint8Array.from(instructions, ({ immediates: [first] }) => {
  if (first === "local") return Form.local;
  if (first === "label") return Form.label;
  return first === "labels" ? Form.labels : Form.other;
});
const ifTag = instructionTag("if");
const catchAll = instructionTag("catch_all");
const switchTag = instructionTag("switch");
const delegateTag = instructionTag("delegate");
const noNodes: ReadonlySet<number> = new Set();

/** Worked out once for a field. */
export function innerNames(source: FieldText): InnerNames {
  const { notes } = source.field;
  notes.innerNames ??= new InnerNameReader(source).read();
  return notes.innerNames;
}

/** A use of a label, in both of its spellings. */
export interface LabelUse {
  readonly token: number;
  /** Node of the block, 0 of the function; -1 where there is none. */
  readonly node: number;
  /** How many blocks to leave; without meaning where `node` is -1. */
  readonly depth: number;
  /** Whether a block in between has the name of the block that is meant, so that only a number reaches it. */
  readonly isHidden: boolean;
}

/** All uses of labels by instructions and clauses, in the order of the text; not those repeated behind `end`. */
export function labelUses(source: FieldText): readonly LabelUse[] {
  const uses: LabelUse[] = [];
  new InnerNameReader(source, (use) => uses.push(use)).read();
  return uses;
}

/** Uses of the field being read. One buffer serves all: fields are read one after another, and each takes a copy at its end. */
let room = new Int32Array(1024 * innerUseStride);

class InnerNameReader {
  readonly #source: FieldText;
  readonly #field: Field;
  readonly #hear: ((use: LabelUse) => void) | undefined;
  #useCount = 0;
  readonly #labels: number[] = [];
  #hiding: Set<number> | undefined;
  readonly #localsByName = new Map<string, number>();
  /** Node that ends the reach of each label that is open, and the node that has it. */
  readonly #ends: number[] = [];
  readonly #open: number[] = [];
  readonly #stack = new LabelStack();

  constructor(source: FieldText, hear?: (use: LabelUse) => void) {
    this.#source = source;
    this.#field = source.field;
    this.#hear = hear;
  }

  read(): InnerNames {
    const locals = this.#locals();
    const field = this.#field;
    const isFunction = field.kind === Node.funcField;
    if (isFunction) this.#push(0, field.nodeEnd(0), undefined);
    for (let node = 1; node < field.nodeCount; node++) {
      this.#popUpTo(node);
      this.#node(node);
    }
    this.#popUpTo(field.nodeCount);
    const uses = room.slice(0, this.#useCount * innerUseStride);
    return { locals, uses, labels: this.#labels, hiding: this.#hiding ?? noNodes };
  }

  #locals(): InnerLocal[] {
    const field = this.#field;
    const locals: InnerLocal[] = [];
    if (field.kind !== Node.funcField) return locals;
    const end = field.nodeEnd(0);
    for (let node = 1; node < end && field.kindOf(node) < Node.tableUse; node = field.nodeEnd(node)) {
      const kind = field.kindOf(node);
      if (kind !== Node.param && kind !== Node.local) continue;
      const name = field.nameToken(node);
      const first = locals.length;
      const isParameter = kind === Node.param;
      for (const [type, typeEnd] of typesIn(field, node)) locals.push({ isParameter, node, name, type, typeEnd });
      if (name === undefined) continue;
      // A name whose type is missing is a name all the same.
      const behind = name + 1;
      if (locals.length === first) locals.push({ isParameter, node, name, type: behind, typeEnd: behind });
      const written = this.#source.nameOf(name);
      if (!this.#localsByName.has(written)) this.#localsByName.set(written, first);
    }
    return locals;
  }

  #use(token: number, kind: number, meant: number): void {
    const place = this.#useCount++ * innerUseStride;
    if (place === room.length) {
      const small = room;
      room = new Int32Array(2 * place);
      room.set(small);
    }
    room[place] = token;
    room[place + 1] = kind;
    room[place + 2] = meant;
  }

  #push(node: number, end: number, name: string | undefined): void {
    if (name !== undefined && this.#stack.distanceTo(name) !== undefined) (this.#hiding ??= new Set<number>()).add(node);
    this.#open.push(node);
    this.#ends.push(end);
    this.#stack.push(name);
  }

  /** Ends the labels that do not reach a node. */
  #popUpTo(node: number): void {
    while (this.#ends.length > 0 && this.#ends[this.#ends.length - 1]! <= node) {
      this.#ends.pop();
      this.#stack.pop();
      this.#delegate(this.#open.pop()!);
    }
  }

  /** The label of the `delegate` that ends a flat `try`: it is none of the tokens of a node inside, and the label of the `try` does not reach it. */
  #delegate(node: number): void {
    const field = this.#field;
    const last = field.endToken(node) - 1;
    if (field.kindOf(node) === Node.block && field.tags[last - 1] === delegateTag) this.#label(last, 0);
  }

  #node(node: number): void {
    const field = this.#field;
    switch (field.kindOf(node)) {
      case Node.plain:
      case Node.folded:
        return this.#instruction(node);
      case Node.block:
      case Node.foldedBlock:
        return this.#block(node);
      case Node.thenArm:
        return this.#arm(node);
      case Node.elseArm: {
        const repeated = field.wordToken(node) + 1;
        if (field.tags[field.firstToken(node)] === Token.leftParen) this.#arm(node);
        else if (isName(field.tags[repeated])) this.#use(repeated, InnerUse.labelRepeated, this.#open[this.#open.length - 1] ?? -1);
        return;
      }
      case Node.catchClause:
        return this.#catchClause(node);
      case Node.handler: {
        const label = field.wordToken(node) + 2;
        if (field.tags[label] !== switchTag) this.#label(label, 0);
        return;
      }
      default:
    }
  }

  /** An arm of a folded `if`, whose label does not reach its condition. */
  #arm(node: number): void {
    const parent = this.#field.parentOf(node);
    const name = this.#field.nameToken(parent);
    this.#push(parent, this.#field.nodeEnd(node), name === undefined ? undefined : this.#source.nameOf(name));
  }

  #block(node: number): void {
    const field = this.#field;
    this.#labels.push(node);
    const name = field.nameToken(node);
    const isFlat = field.kindOf(node) === Node.block;
    if (isFlat || field.wordTag(node) !== ifTag)
      this.#push(node, field.nodeEnd(node), name === undefined ? undefined : this.#source.nameOf(name));
    const last = field.endToken(node) - 1;
    // Behind `end`; a block without one may end with any token.
    const isRepeated = isFlat && last > (name ?? 0) && isName(field.tags[last]) && field.tags[last - 1] === endTag;
    if (isRepeated) this.#use(last, InnerUse.labelRepeated, node);
  }

  #instruction(node: number): void {
    const field = this.#field;
    const word = field.wordToken(node);
    const form = forms[field.tags[word]! - firstInstruction];
    if (form === Form.local) this.#local(word + 1);
    // In parentheses `delegate` stands inside of its `try`, whose label does not reach it.
    else if (form === Form.label) this.#label(word + 1, field.tags[word] === delegateTag ? 1 : 0);
    else if (form === Form.labels) for (let token = word + 1; isIndex(field.tags[token]); token++) this.#label(token, 0);
  }

  #local(token: number): void {
    const tag = this.#field.tags[token];
    if (tag === Token.natural) this.#use(token, InnerUse.localByIndex, this.#natural(token));
    else if (isName(tag)) this.#use(token, InnerUse.localByName, this.#localsByName.get(this.#source.nameOf(token)) ?? -1);
  }

  #catchClause(node: number): void {
    const field = this.#field;
    const word = field.wordTag(node);
    const label = field.wordToken(node) + (word === catchAll || word === Word.catch_all_ref ? 1 : 2);
    // The label of the block itself does not reach its clauses.
    this.#label(label, this.#open[this.#open.length - 1] === field.parentOf(node) ? 1 : 0);
  }

  /** A use of a label, `skipped` blocks further out. */
  #label(token: number, skipped: number): void {
    const tag = this.#field.tags[token];
    const around = this.#open.length - 1 - skipped;
    if (tag === Token.natural) {
      const depth = this.#natural(token);
      const node = this.#open[around - depth] ?? -1;
      this.#use(token, InnerUse.labelByIndex, node);
      if (this.#hear === undefined) return;
      const name = this.#stack.nameAt(skipped + depth);
      this.#hear({ token, node, depth, isHidden: name !== undefined && this.#stack.distanceTo(name, skipped) !== skipped + depth });
    } else if (isName(tag)) {
      const distance = this.#stack.distanceTo(this.#source.nameOf(token), skipped);
      const node = distance === undefined ? -1 : this.#open[this.#open.length - 1 - distance]!;
      this.#use(token, InnerUse.labelByName, node);
      this.#hear?.({ token, node, depth: (distance ?? 0) - skipped, isHidden: false });
    }
  }

  #natural(token: number): number {
    const value = this.#source.naturalOf(token);
    return value < 2 ** 31 ? value : -1;
  }
}

const endTag = instructionTag("end");

/** First token of each type in `(param ...)`, `(local ...)`, `(field ...)`, and the token behind it. */
export function typesIn(field: Field, node: number): [first: number, end: number][] {
  const found: [number, number][] = [];
  let child = node + 1;
  const end = field.endToken(node) - (field.tags[field.endToken(node) - 1] === Token.rightParen ? 1 : 0);
  for (let token = (field.nameToken(node) ?? field.wordToken(node)) + 1; token < end;) {
    const isForm = child < field.nodeEnd(node) && field.firstToken(child) === token;
    const behind = isForm ? field.endToken(child) : token + 1;
    if (isForm) child = field.nodeEnd(child);
    found.push([token, behind]);
    token = behind;
  }
  return found;
}

/** How many parameters a function has that are only in the type that it names. */
export function hiddenParameters(document: WatDocument, module: BoundModule, source: FieldText): number {
  const { field } = source;
  const use = field.kind === Node.funcField ? field.childOf(0, Node.typeUse) : undefined;
  if (use === undefined || field.childOf(0, Node.param) !== undefined) return 0;
  const { scope } = document.viewOf(module);
  const identity = scope.typeIdentity(scope.resolve(Space.type, source, field.firstToken(use) + 2));
  return scope.types.table.function(identity)?.params.length ?? 0;
}

/** Calls `found` for each use of a local or label. */
export function forEachInnerUse(names: InnerNames, found: (token: number, kind: number, meant: number) => void): void {
  const { uses } = names;
  for (let at = 0; at < uses.length; at += innerUseStride) found(uses[at]!, uses[at + 1]!, uses[at + 2]!);
}
