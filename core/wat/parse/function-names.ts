/** Locals and labels: names that a function resolves by itself. */
import { LabelStack } from "../label-stack.ts";
import { LintHint } from "../lint-hint.ts";
import { instructionTag, Token } from "../token.ts";
import type { Cursor } from "./cursor.ts";
import { checkRange, isIndex, isName, reportSecond } from "./types.ts";

const getTag = instructionTag("local.get");

/** How a local is used. */
const Use = { none: 0, set: 1, read: 2 } as const;

/** How each local of the function being parsed is used. One buffer serves all: functions are parsed one after another. */
let localUses = new Uint8Array(256);

interface NamedLocal {
  readonly index: number;
  readonly token: number;
}

export class FunctionNames {
  #namedLocals: Map<string, NamedLocal> | undefined;
  #localCount = 0;
  #parameterCount = 0;
  /** Parameters come from a type that only the module knows. */
  #parametersUnknown = false;
  /** Declarations were out of place or cut off, so that a missing one proves nothing. */
  #isDoubtful = false;
  readonly #labels = new LabelStack();
  /** By label, the outermost first: whether something branches to it. */
  readonly #targets: boolean[] = [];
  #hidesLabel = false;

  declareLocals(cursor: Cursor, nameToken: number | undefined, count: number): void {
    const first = this.#localCount;
    this.#localCount += count;
    if (this.#localCount > localUses.length) growUses(this.#localCount);
    localUses.fill(Use.none, first, this.#localCount);
    if (nameToken === undefined) return;
    const name = cursor.nameOf(nameToken);
    const named = (this.#namedLocals ??= new Map<string, NamedLocal>());
    const before = named.get(name);
    if (before === undefined) named.set(name, { index: first, token: nameToken });
    else reportSecond(cursor, before.token, "local or parameter");
  }

  /** What is declared from here on are locals. */
  endParameters(): void {
    this.#parameterCount = this.#localCount;
  }

  doubtLocals(): void {
    this.#isDoubtful = true;
  }

  takeParametersFromType(): void {
    this.#parametersUnknown = true;
  }

  pushLabel(name: string | undefined): void {
    if (name !== undefined) this.#hidesLabel ||= this.#labels.distanceTo(name) !== undefined;
    this.#labels.push(name);
    this.#targets.push(false);
  }

  /** Returns whether something branches to the label. */
  popLabel(): boolean {
    this.#labels.pop();
    return this.#targets.pop()!;
  }

  /** A use of a local by the instruction with `tag`. */
  useLocal(cursor: Cursor, tag: number): void {
    const token = cursor.at;
    if (!isIndex(cursor.tag)) return cursor.expected("the name or index of a local");
    const use = tag === getTag ? Use.read : Use.set;
    if (isName(cursor.tag)) {
      const local = this.#namedLocals?.get(cursor.nameOf(token));
      if (local !== undefined) localUses[local.index]! |= use;
      else if (!this.#isDoubtful)
        cursor.report("unknown-local", `There is no local or parameter \`${cursor.shortText(token)}\` in this function.`, token);
    } else {
      const index = cursor.naturalOf(token);
      if (index < this.#localCount) localUses[index]! |= use;
      else if (!this.#isDoubtful && !this.#parametersUnknown) {
        const have = this.#localCount === 0 ? "no locals and parameters" : `locals and parameters 0 to ${this.#localCount - 1}`;
        cursor.report("unknown-local", `There is no local ${cursor.shortText(token)}: this function has ${have}.`, token);
      }
    }
    cursor.at++;
  }

  /** A use of a label; it does not mean the `skipped` innermost ones. */
  useLabel(cursor: Cursor, skipped = 0): void {
    const token = cursor.at;
    if (!isIndex(cursor.tag)) return cursor.expected("the name of a block, or how many blocks to leave");
    if (cursor.tag === Token.natural) {
      checkRange(cursor, 32);
      const distance = cursor.naturalOf(token);
      const depth = this.#labels.depth - skipped;
      if (distance < depth) this.#branchTo(distance + skipped);
      // The function's body is a block too, the outermost.
      else if (distance > depth) {
        const have = `${depth + 1} blocks are around this, with the function's body`;
        cursor.report("unknown-label", `There is no label ${cursor.shortText(token)}: ${have}.`, token);
      }
    } else {
      const distance = this.#labels.distanceTo(cursor.nameOf(token), skipped);
      if (distance !== undefined) this.#branchTo(distance);
      else cursor.report("unknown-label", `No block around this is named \`${cursor.shortText(token)}\`.`, token);
    }
    cursor.at++;
  }

  #branchTo(distance: number): void {
    this.#targets[this.#targets.length - 1 - distance] = true;
  }

  /** What lints may have to say of locals, parameters and labels that hide others, at the end of the function. */
  hints(): number {
    let hints = this.#hidesLabel ? LintHint.labels : 0;
    // Where only a type has the parameters, indices mean something else; but then no lint says anything of locals that indices use.
    for (let index = 0; index < this.#localCount; index++) {
      if (index < this.#parameterCount) {
        if (localUses[index] === Use.none) hints |= LintHint.parameters;
      } else if ((localUses[index]! & Use.read) === 0) hints |= LintHint.locals;
    }
    return hints;
  }
}

function growUses(count: number): void {
  const grown = new Uint8Array(2 * count);
  grown.set(localUses);
  localUses = grown;
}
