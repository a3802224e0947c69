/** Panics that nothing recovers, and fatal errors of the runtime, where and as Delve shows them. */
import { wordAt } from "#core/go/runtime/memory-task.ts";
import type { ModuleOffset } from "#core/wasm/offsets.ts";
import type { Stop } from "../../engine/engine.ts";
import type { ExceptionFilter } from "../../program/exception-filters.ts";
import type { StopException } from "../../program/stop-exception.ts";
import { GoValues, variableAddress } from "../../values/go.ts";
import { goQuoted } from "../../values/go/quoted.ts";
import { StopMemory } from "../../values/memory.ts";
import type { ExceptionSource } from "../exception-source.ts";
import { functionEntry } from "./function-entry.ts";
import type { GoProgram } from "./go-program.ts";
import type { GoStops } from "./go-stop.ts";
import { programFacts } from "./program-facts.ts";

type Kind = "panic" | "fatal error";

interface Place {
  readonly kind: Kind;
  readonly filter: ExceptionFilter;
  readonly offset: ModuleOffset;
}

/** `fatalpanic` runs when the deferred functions have, and has the text of an error in the panic's value; the others take their text. */
const functions: readonly (readonly [name: string, kind: Kind, filter: ExceptionFilter])[] = [
  ["runtime.fatalpanic", "panic", "unrecovered-panic"],
  ["runtime.throw", "fatal error", "runtime-fatal-throw"],
  ["runtime.fatal", "fatal error", "runtime-fatal-throw"],
];

/** Delve cuts constants as Go's compiler does in its messages (go/constant `stringVal.String`). */
const longestText = 72;

export class Panics implements ExceptionSource {
  readonly places: readonly Place[];
  readonly #program: GoProgram;
  readonly #stops: GoStops;

  constructor(program: GoProgram, stops: GoStops) {
    this.#program = program;
    this.#stops = stops;
    this.places = functions.flatMap(([name, kind, filter]) =>
      this.#program.table.find(name).flatMap((index) => {
        const offset = functionEntry(program, index);
        return offset === undefined ? [] : [{ kind, filter, offset }];
      }),
    );
  }

  async describe(stop: Stop, offset: ModuleOffset): Promise<StopException> {
    const kind = this.places.find((place) => place.offset === offset)?.kind ?? "fatal error";
    const text = await this.#text(stop, kind).catch(() => "its text cannot be read");
    return { id: kind, headline: kind, text, typeName: kind, message: text };
  }

  async #text(stop: Stop, kind: Kind): Promise<string> {
    const engine = stop.frames.find((frame) => frame.kind === "wasm");
    const running = await this.#stops.of(stop).running();
    const frame = running?.frames[0];
    if (!engine || !frame) return "";
    const memory = new StopMemory(stop, engine.module);
    const words = await memory.read(0, variableAddress(frame.entry, 0), 16);
    const [first, second] = [wordAt(words, 0) ?? 0, wordAt(words, 8) ?? 0];
    if (kind === "panic") return this.#panicText(memory, first);
    return shortened(goQuoted(await memory.read(0, first, Math.min(second, 4096))));
  }

  /** `panic`: address of a `runtime._panic`. */
  async #panicText(memory: StopMemory, panic: number): Promise<string> {
    const { layouts } = this.#program;
    const field = layouts?.types.runtimeStruct("runtime._panic")?.fields.find(({ name }) => name === "arg");
    if (!layouts || !field) return "";
    const facts = programFacts(this.#program, layouts, () => undefined);
    const values = new GoValues(facts, { read: (address, length) => memory.read(0, address, length) });
    const shown = await values.at("arg", field.type, panic + field.offset, "");
    const [data] = (await shown.inside?.list()) ?? [];
    return shortened(data ? constantText(data.value, data.type) : shown.value);
  }
}

/** A value as Go writes a constant (go/constant), which is how Delve tells it here; a value that is none as everywhere. */
export function constantText(value: string, typeName: string): string {
  if (/^\d+ = 0x[0-9a-f]+$/.test(value)) return value.slice(0, value.indexOf(" "));
  if (/^-?\d+\.\d+$/.test(value) || /^float(?:32|64)$/.test(typeName)) return shortFloat(value);
  return typeName.startsWith("func(") && value !== "nil" ? `"${value}"` : value;
}

/** As `%.6g` writes it. */
function shortFloat(value: string): string {
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  const [, digits = "", sign = "+", exponent = ""] = /^(.*)e([+-])(\d+)$/.exec(number.toExponential(5)) ?? [];
  const power = Number(`${sign}${exponent}`);
  if (power >= -4 && power < 6) return String(Number(number.toPrecision(6)));
  return `${String(Number(digits))}e${sign}${exponent.padStart(2, "0")}`;
}

function shortened(quoted: string): string {
  const runes = Array.from(quoted);
  return runes.length > longestText ? `${runes.slice(0, longestText - 3).join("")}...` : quoted;
}
