/**
 * Flat instructions made folded. Which operands an instruction takes into its parentheses is a matter of looks: an instruction behind its
 * operands and one around them are the same bytes, so that what is not known stays outside.
 */
import type { BoundModule } from "../bind.ts";
import type { WatDocument } from "../document.ts";
import { operandsOf } from "../features/expectation.ts";
import { headEnd, immediateNodes, isInstruction } from "../features/place.ts";
import { typesIn } from "../features/inner-names.ts";
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import { instructionTag, Token, wordOf } from "../token.ts";
import { gapComments, type GapComments } from "./gap-comments.ts";
import { textOf } from "./unfold.ts";

const ifTag = instructionTag("if");
const tryTag = instructionTag("try");

/** Operands and results where the instruction table has none, since their types depend on something. */
export const arities: Readonly<Record<string, readonly [operands: number, results: number]>> = {
  "local.get": [0, 1],
  "local.set": [1, 0],
  "local.tee": [1, 1],
  "global.get": [0, 1],
  "global.set": [1, 0],
  drop: [1, 0],
  select: [3, 1],
  br_if: [1, 0],
  br_table: [1, -1],
};

/** An instruction that has been written; `results` is -1 where they are not known. */
interface Item {
  text: string;
  readonly results: number;
  /** Whether it has lines; to look for them in the text again and again would take the square of the depth. */
  hasLines: boolean;
  /** Whether what follows must stand in another line. */
  endsInComment?: boolean;
}

/** Instructions that are being read, and what becomes of them. */
interface Frame {
  readonly nodes: readonly number[];
  next: number;
  readonly items: Item[];
  readonly done: (items: readonly Item[]) => void;
  /** Token behind the instructions, whose comments belong to them. */
  readonly end: number;
}

/** The text of instructions in folded form, each that stands alone in a line. */
export function folded(document: WatDocument, module: BoundModule, source: FieldText, nodes: readonly number[], end: number): string {
  const reader = new Folder(document, module, source);
  return reader.run(nodes, end);
}

class Folder {
  readonly #document: WatDocument;
  readonly #module: BoundModule;
  readonly #source: FieldText;
  readonly #comments: ReadonlyMap<number, GapComments>;
  readonly #frames: Frame[] = [];

  constructor(document: WatDocument, module: BoundModule, source: FieldText) {
    this.#document = document;
    this.#module = module;
    this.#source = source;
    this.#comments = gapComments(source);
  }

  run(nodes: readonly number[], end: number): string {
    let result = "";
    this.#push(nodes, end, (items) => (result = joined(items)));
    for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) {
      if (frame.next < frame.nodes.length) this.#node(frame, frame.nodes[frame.next++]!);
      else {
        const rest = this.#lead(frame.items, frame.end);
        if (rest !== "") frame.items.push({ text: rest.replace(/ $/, ""), results: -1, hasLines: true, endsInComment: true });
        this.#frames.pop();
        frame.done(frame.items);
      }
    }
    return result;
  }

  #push(nodes: readonly number[], end: number, done: Frame["done"]): void {
    this.#frames.push({ nodes, next: 0, items: [], done, end });
  }

  /** Gives comments before a token to the item before, and returns those that belong to what follows. */
  #lead(items: readonly Item[], token: number): string {
    const found = this.#comments.get(token);
    if (found === undefined) return "";
    const last = items.at(-1);
    if (last === undefined) return found.behind === "" ? found.before : `${found.behind.trim()}\n${found.before}`;
    last.text += found.behind;
    if (found.behind !== "") last.hasLines = last.endsInComment = true;
    return found.before;
  }

  #node({ items }: Frame, node: number): void {
    const { field } = this.#source;
    const first = field.firstToken(node);
    const kind = field.kindOf(node);
    const lead = this.#lead(items, first);
    const whole = (): string => textOf(this.#source, first, field.endToken(node));
    if (kind === Node.plain) {
      const [operands, results] = this.#arity(node);
      const own = taken(items, operands);
      const head = whole();
      items.push({ text: `${lead}(${head}${own.text})`, results, hasLines: own.hasLines || hasLine(lead + head) });
    } else if (kind === Node.folded) items.push({ text: lead + whole(), results: this.#arity(node)[1], hasLines: hasLine(lead + whole()) });
    else if (kind === Node.foldedBlock) items.push({ text: lead + whole(), results: this.#blockResults(node), hasLines: true });
    else if (field.wordTag(node) === tryTag) items.push({ text: lead + whole(), results: -1, hasLines: true });
    else this.#block(items, node, lead);
  }

  #block(items: Item[], node: number, lead: string): void {
    const { field } = this.#source;
    const head = textOf(this.#source, field.wordToken(node), headEnd(field, node));
    const results = this.#blockResults(node);
    const children = field.children(node).filter((child) => !immediateNodes.has(field.kindOf(child)));
    const nodes = children.filter((child) => isInstruction(field.kindOf(child)));
    const last = field.endToken(node) - 1;
    const end = field.tags[last] === Token.name || field.tags[last] === Token.quotedName ? last - 1 : last;
    if (field.wordTag(node) !== ifTag) {
      this.#push(nodes, end, (inside) => items.push({ text: `${lead}(${head}\n${joined(inside)})`, results, hasLines: true }));
      return;
    }
    const condition = taken(items, 1).text;
    const other = children.find((child) => field.kindOf(child) === Node.elseArm);
    const finish = (then: readonly Item[], otherwise: string): void =>
      void items.push({ text: `${lead}(${head}${condition}\n(then\n${joined(then)})${otherwise})`, results, hasLines: true });
    this.#push(nodes, other === undefined ? end : field.firstToken(other), (then) => {
      if (other === undefined) finish(then, "");
      else this.#push(field.children(other), end, (inside) => finish(then, `\n(else\n${joined(inside)})`));
    });
  }

  #arity(node: number): readonly [operands: number, results: number] {
    const { field } = this.#source;
    const name = wordOf(field.wordTag(node)) ?? "";
    if (name === "return") return [this.#resultCount(0), -1];
    const known = Object.hasOwn(arities, name) ? arities[name] : undefined;
    if (known !== undefined) return known;
    const type = operandsOf(this.#document, this.#module, this.#source, node);
    return type === undefined ? [0, -1] : [type.params.length, type.results.length];
  }

  #blockResults(node: number): number {
    const { field } = this.#source;
    return field.childOf(node, Node.typeUse) === undefined ? this.#resultCount(node) : -1;
  }

  /** Results that are written at a block or function. */
  #resultCount(node: number): number {
    const { field } = this.#source;
    let count = 0;
    const end = field.nodeEnd(node);
    for (let child = node + 1; child < end && field.kindOf(child) < Node.tableUse; child = field.nodeEnd(child))
      if (field.kindOf(child) === Node.result) count += typesIn(field, child).length;
    return count;
  }
}

/** The last items as operands, as far as each gives just one value. */
function taken(items: Item[], count: number): { readonly text: string; readonly hasLines: boolean } {
  const operands: Item[] = [];
  while (operands.length < count && items.at(-1)?.results === 1) operands.unshift(items.pop()!);
  if (operands.length === 0) return { text: "", hasLines: false };
  const texts = operands.map(({ text }) => text);
  const hasLines = operands.some((item) => item.hasLines);
  return { text: hasLines ? `\n${texts.join("\n")}\n` : ` ${texts.join(" ")}`, hasLines };
}

const hasLine = (text: string): boolean => /[\r\n]|;;/.test(text);

/** Items in lines; what ends in a comment gets a line break behind it. */
function joined(items: readonly Item[]): string {
  const text = items.map((item) => item.text).join("\n");
  return items.at(-1)?.endsInComment === true ? `${text}\n` : text;
}
