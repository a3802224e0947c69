/** Locals and labels: names that a function resolves by itself. */
import { LabelStack } from "../label-stack.ts";
import { Token } from "../token.ts";
import type { Cursor } from "./cursor.ts";
import { checkRange, declareOnce, isIndex, isName } from "./types.ts";

export class FunctionNames {
  #localNames: Map<string, number> | undefined;
  #localCount = 0;
  /** Parameters come from a type that only the module knows. */
  #parametersUnknown = false;
  /** Declarations were out of place or cut off, so that a missing one proves nothing. */
  #isDoubtful = false;
  readonly #labels = new LabelStack();

  declareLocals(cursor: Cursor, nameToken: number | undefined, count: number): void {
    this.#localCount += count;
    if (nameToken !== undefined) declareOnce(cursor, (this.#localNames ??= new Map<string, number>()), "local or parameter");
  }

  doubtLocals(): void {
    this.#isDoubtful = true;
  }

  takeParametersFromType(): void {
    this.#parametersUnknown = true;
  }

  pushLabel(name: string | undefined): void {
    this.#labels.push(name);
  }

  popLabel(): void {
    this.#labels.pop();
  }

  useLocal(cursor: Cursor): void {
    const token = cursor.at;
    if (!isIndex(cursor.tag)) return cursor.expected("the name or index of a local");
    if (isName(cursor.tag)) {
      if (!this.#isDoubtful && this.#localNames?.has(cursor.nameOf(token)) !== true) {
        cursor.report("unknown-local", `There is no local or parameter \`${cursor.shortText(token)}\` in this function.`, token);
      }
    } else if (!this.#isDoubtful && !this.#parametersUnknown && cursor.naturalOf(token) >= this.#localCount) {
      const have = this.#localCount === 0 ? "no locals and parameters" : `locals and parameters 0 to ${this.#localCount - 1}`;
      cursor.report("unknown-local", `There is no local ${cursor.shortText(token)}: this function has ${have}.`, token);
    }
    cursor.at++;
  }

  useLabel(cursor: Cursor): void {
    const token = cursor.at;
    if (!isIndex(cursor.tag)) return cursor.expected("the name of a block, or how many blocks to leave");
    if (cursor.tag === Token.natural) {
      checkRange(cursor, 32);
      // The function's body is a block too, the outermost.
      if (cursor.naturalOf(token) > this.#labels.depth) {
        cursor.report(
          "unknown-label",
          `There is no label ${cursor.shortText(token)}: ${this.#labels.depth + 1} blocks are around this, with the function's body.`,
          token,
        );
      }
    } else if (this.#labels.distanceTo(cursor.nameOf(token)) === undefined) {
      cursor.report("unknown-label", `No block around this is named \`${cursor.shortText(token)}\`.`, token);
    }
    cursor.at++;
  }
}
