import { ByteWriter } from "#core/bytes/writer.ts";
import { branchHintsIn } from "../annotations.ts";
import type { FieldText } from "../field.ts";
import type { RowBuilder } from "./rows.ts";

/** The contents of the custom section that says which branches are likely. Source: WebAssembly 3.0, appendix, "Branch Hint Section". */
export class BranchHints {
  readonly #functions = new ByteWriter();
  #count = 0;

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** Adds the hints of a function. Its rows from `firstRow` on count from the start of its body, local declarations included. */
  add(functionIndex: number, text: FieldText, rows: RowBuilder, firstRow: number): void {
    if (text.field.trivia.length === 0) return;
    const written = branchHintsIn(text);
    if (written.length === 0) return;
    const offsets = rows.offsetsByStart(firstRow);
    const hints = written
      .flatMap(({ target, hint }) => {
        const offset = offsets.get(target);
        return offset === undefined ? [] : { offset, hint };
      })
      .toSorted((left, right) => left.offset - right.offset);
    if (hints.length === 0) return;
    this.#count++;
    const writer = this.#functions;
    writer.uleb(functionIndex);
    writer.uleb(hints.length);
    for (const { offset, hint } of hints) {
      writer.uleb(offset);
      writer.uleb(1);
      writer.u8(hint);
    }
  }

  finish(): Uint8Array {
    const writer = new ByteWriter();
    writer.uleb(this.#count);
    writer.bytes(this.#functions.finish());
    return writer.finish();
  }
}
