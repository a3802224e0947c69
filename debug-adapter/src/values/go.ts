/**
 * Values of Go programs made by the standard toolchain, in the words that users know from Delve. Places come from the core (`core/go/variables`),
 * types from the toolchain (`core/go/layouts`) and, for what is in interfaces, out of the program itself.
 */
import { opaqueType, type GoType, type GoTypeId } from "#core/go/layouts/go-type.ts";
import type { GoVisibleVariable } from "#core/go/variables/visible-variables.ts";
import { defaultLimits, type GoLoadLimits, type GoMemory, type GoNamedPlace, type GoProgramFacts } from "./go/go-program.ts";
import { GoLoader } from "./go/load.ts";
import { readWord, UnreadableError } from "./go/memory-words.ts";
import { GoPresenter } from "./go/presenter.ts";
import type { GoShownValue } from "./go/shown-value.ts";

/** A Go frame as far as its variables need it. */
export interface GoVariableFrame {
  /** Address of the return address: see `GoFrame.entry`. */
  readonly entry: number;
  readonly variables: readonly GoVisibleVariable[];
  /** Address of the variable that holds the dictionary of a generic function; see {@link dictionaryVariable}. */
  readonly dictionary?: number;
}

/** Name of the variable that holds the address of a generic function's dictionary. */
export const dictionaryVariable = ".dict";

/** Parameters stand behind the return address; offsets of variables count from there. */
const returnAddressSize = 8;

export const variableAddress = (entry: number, frameOffset: number): number => entry + returnAddressSize + frameOffset;

/** The values of one stop; what it has read stays as it was. */
export class GoValues {
  readonly #loader: GoLoader;
  readonly #presenter: GoPresenter;

  constructor(program: GoProgramFacts, memory: GoMemory, limits: GoLoadLimits = defaultLimits) {
    this.#loader = new GoLoader(program, memory);
    this.#presenter = new GoPresenter(this.#loader, limits);
  }

  /** Variables of a frame, in the order of {@link GoVariableFrame.variables}. Shadowed ones stand in parentheses. */
  async frame(frame: GoVariableFrame): Promise<readonly GoShownValue[]> {
    return Promise.all(frame.variables.map((visible) => this.#variable(frame, visible)));
  }

  /** A variable of a package, or any other value that has an address. `expression`: empty where none gives it again. `whole`: it is not cut. */
  async at(name: string, type: GoTypeId, address: number, expression: string, whole = false): Promise<GoShownValue> {
    const goType = await this.#loader.types.get(type);
    return this.#presenter.show(await this.#presenter.load(name, goType, () => Promise.resolve(address)), name, expression, whole);
  }

  /** Where a variable is. Rejects with {@link UnreadableError} where that is nowhere. */
  async place(frame: GoVariableFrame, visible: GoVisibleVariable): Promise<GoNamedPlace> {
    const { name } = visible.variable;
    return { name, type: await this.#typeOf(frame, visible), address: await this.#addressOf(frame, visible) };
  }

  async #addressOf({ entry }: GoVariableFrame, { variable }: GoVisibleVariable): Promise<number> {
    const address = variableAddress(entry, variable.frameOffset);
    if (!variable.byReference) return address;
    const elsewhere = await readWord(this.#loader.memory, address);
    if (elsewhere === 0) throw new UnreadableError("no address for escaped variable");
    return elsewhere;
  }

  async #variable(frame: GoVariableFrame, visible: GoVisibleVariable): Promise<GoShownValue> {
    const { variable, shadowed } = visible;
    const type = await this.#typeOf(frame, visible);
    const node = await this.#presenter.load(variable.name, type, () => this.#addressOf(frame, visible));
    const isOwn = variable.name.startsWith(".") || variable.name.startsWith("~");
    return this.#presenter.show(node, shadowed ? `(${variable.name})` : variable.name, isOwn ? "" : variable.name);
  }

  /** A type parameter is looked up in the function's dictionary; else all that is known is its shape. */
  async #typeOf({ dictionary }: GoVariableFrame, { variable, type }: GoVisibleVariable): Promise<GoType> {
    if (variable.dictionaryIndex !== undefined && dictionary !== undefined) {
      try {
        const entries = await readWord(this.#loader.memory, dictionary);
        return await this.#loader.types.at(await readWord(this.#loader.memory, entries + 8 * variable.dictionaryIndex));
      } catch (error) {
        if (!(error instanceof UnreadableError)) throw error;
      }
    }
    return type === undefined ? opaqueType("unknown", variable.typeName) : this.#loader.types.get(type);
  }
}
