import { printableText } from "#core/text/printable.ts";
import type { EngineOutput, LoggedRecords, SharedValue } from "../engine/engine.ts";
import type { EngineMessage } from "../expressions/compile/log-values.ts";

/** Writes out what log points have collected in the engine, in order, and the program's own output between it. */
export class LogSink {
  readonly #emit: (output: EngineOutput) => void;
  readonly #onUse: () => void;
  readonly #formats: EngineMessage[] = [];
  /** Batches that have overtaken others, by the number of their first record. */
  readonly #early = new Map<number, LoggedRecords>();
  #next = 0;
  #waiting = 0;
  #last: Promise<void> = Promise.resolve();

  /** `onUse`: called once, when there is a log point that the engine collects for. */
  constructor(emit: (output: EngineOutput) => void, onUse: () => void) {
    this.#emit = emit;
    this.#onUse = onUse;
  }

  /** Whether there is a log point that the engine collects for. */
  get isUsed(): boolean {
    return this.#formats.length > 0;
  }

  /** Answers the number by which records tell their format. */
  format(message: EngineMessage): number {
    if (!this.isUsed) this.#onUse();
    return this.#formats.push(message) - 1;
  }

  /** Output that comes behind all that is known to have been logged before it. */
  output(output: EngineOutput): void {
    if (this.#waiting === 0) this.#emit(output);
    else this.#behind(() => Promise.resolve(this.#emit(output)));
  }

  logged(batch: LoggedRecords): void {
    this.#early.set(batch.first, batch);
    for (let next = this.#early.get(this.#next); next; next = this.#early.get(this.#next)) {
      this.#early.delete(this.#next);
      this.#next += next.records.length;
      if (next.records.length === 0) break;
      this.#write(next.records);
    }
  }

  /** Settles when all is written. */
  async settled(): Promise<void> {
    await this.#last;
  }

  /** The program has ended: what has come is all. */
  async end(): Promise<void> {
    const late = [...this.#early.values()].sort((a, b) => a.first - b.first);
    this.#early.clear();
    for (const { records } of late) this.#write(records);
    await this.#last;
  }

  #write(records: readonly SharedValue[]): void {
    this.#behind(async () => {
      for (const record of records) this.#emit(await this.#text(record as readonly SharedValue[]));
    });
  }

  async #text([format, goroutine, ...values]: readonly SharedValue[]): Promise<EngineOutput> {
    const message = this.#formats[format as number]!;
    const parts: string[] = [message.texts[0] ?? ""];
    for (const [at, value] of message.values.entries()) parts.push(await value.text(values[at] ?? null), message.texts[at + 1] ?? "");
    return logLine(parts.join(""), message.goroutine === undefined ? undefined : Number(goroutine));
  }

  #behind(write: () => Promise<void>): void {
    this.#waiting++;
    const failed = (): void => this.#emit({ category: "important", text: "what a log point has collected cannot be read\n" });
    this.#last = this.#last
      .then(write)
      .catch(failed)
      .finally(() => this.#waiting--);
  }
}

/** What a log point says; that of a goroutine as Delve writes it. */
export function logLine(text: string, goroutine: number | undefined): EngineOutput {
  if (goroutine === undefined) return { category: "console", text: `${text}\n` };
  return { category: "stdout", text: `> [Go ${goroutine}]: ${printableText(text)}\n` };
}
