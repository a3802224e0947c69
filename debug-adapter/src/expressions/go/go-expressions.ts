/** Expressions of Go in one frame, with results as Delve shows them. */
import { GoLoader } from "../../values/go/load.ts";
import { readWord, UnreadableError } from "../../values/go/memory-words.ts";
import type { GoNode } from "../../values/go/node.ts";
import { GoPresenter } from "../../values/go/presenter.ts";
import { isScratch, ScratchMemory } from "../../values/go/scratch-memory.ts";
import type { GoShownValue } from "../../values/go/shown-value.ts";
import type { Completion, FrameExpressions } from "../../symbols/expression-source.ts";
import { ExpressionError } from "../expression-error.ts";
import { type Write, writesFor } from "./assign.ts";
import type { Allocate, GoCaller } from "./caller.ts";
import { complete } from "./complete.ts";
import { evaluateCall, evaluateGo } from "./evaluate.ts";
import type { GoOperand, GoValueOperand } from "./operand.ts";
import { parseGoExpression } from "./parse.ts";
import type { GoScope } from "./scope.ts";
import { constantOf, type Evaluation, toValue, typeNameOf } from "./values.ts";

/** The memory of the program, to be changed. */
export interface WritableMemory {
  write(writes: readonly Write[]): Promise<void>;
  readonly allocate: Allocate;
}

/** Bytes of a string that is evaluated for itself. */
const longString = 4096;

export class GoExpressions implements FrameExpressions {
  readonly #scope: GoScope;
  readonly #memory: WritableMemory;
  readonly #calls: GoCaller | undefined;

  constructor(scope: GoScope, memory: WritableMemory, calls: GoCaller | undefined) {
    this.#scope = scope;
    this.#memory = memory;
    this.#calls = calls;
  }

  async evaluate(
    text: string,
    how: { readonly whole?: boolean; readonly longStrings?: boolean; readonly quick?: boolean } = {},
  ): Promise<GoShownValue> {
    const evaluation = { ...newEvaluation(this.#scope), quick: how.quick ?? false };
    const operand = await evaluateGo(evaluation, parseGoExpression(text));
    return show(evaluation, operand, text, how);
  }

  async holds(text: string): Promise<boolean> {
    const evaluation = newEvaluation(this.#scope);
    const operand = await evaluateGo(evaluation, parseGoExpression(text));
    const constant = await constantOf(evaluation, operand);
    if (constant?.kind !== "bool") throw new ExpressionError("condition expression not boolean");
    return constant.value;
  }

  async assign(target: string, source: string): Promise<string> {
    const evaluation = newEvaluation(this.#scope);
    const [left, right] = [parseGoExpression(target), parseGoExpression(source)];
    const value = await evaluateGo(evaluation, right);
    const place = await evaluateGo(evaluation, left);
    try {
      const writes = await writesFor(evaluation, place, value, target, (bytes) => this.#memory.allocate(bytes));
      await this.#memory.write(writes);
    } catch (error) {
      if (error instanceof UnreadableError) throw new ExpressionError(error.message);
      throw error;
    }
    return typeNameOf(place);
  }

  async call(text: string): Promise<GoShownValue> {
    const evaluation = { ...newEvaluation(this.#scope), ...(this.#calls && { calls: this.#calls }) };
    const found = await evaluateCall(evaluation, parseGoExpression(text));
    const shown: GoShownValue[] = [];
    for (const value of found.kind === "results" ? found.values : [found]) {
      const name = value.kind === "value" ? value.name : "";
      shown.push({ ...(await show(evaluation, value, text, { longStrings: true })), name, evaluateName: undefined });
    }
    return allOf(shown);
  }

  complete(text: string): Promise<readonly Completion[]> {
    return complete(newEvaluation(this.#scope), text);
  }
}

function newEvaluation(scope: GoScope): Evaluation {
  const scratch = new ScratchMemory(scope.memory);
  return { scope, scratch, loader: new GoLoader(scope.program, scratch) };
}

async function show(
  evaluation: Evaluation,
  operand: GoOperand,
  text: string,
  { whole = false, longStrings = false }: { readonly whole?: boolean; readonly longStrings?: boolean },
): Promise<GoShownValue> {
  if (operand.kind === "nil") return nilValue;
  const { limits } = evaluation.scope;
  const value = toValue(evaluation, operand);
  const isString = value.type.kind === "string";
  const wanted = isString && (await isMade(evaluation, value)) ? Infinity : isString && longStrings ? longString : 0;
  const own = { ...limits, maxStringLen: Math.max(wanted, limits.maxStringLen) };
  const presenter = new GoPresenter(evaluation.loader, limits);
  const node = await evaluation.loader.load(value.name, value.type, value.address, own, value.skip);
  adorn(node, value);
  const shown = await presenter.show(node, value.name === "" ? text : value.name, `(${text})`, whole);
  return { ...shown, ...(value.cast ? { value: `(unsafe.Pointer)(0x${(node.children[0]?.address ?? 0).toString(16)})` } : {}) };
}

/** Whether a text is one that the evaluation has put together, which Delve does not cut. */
async function isMade({ scratch }: Evaluation, { address }: GoValueOperand): Promise<boolean> {
  if (!isScratch(address)) return false;
  return isScratch(await readWord(scratch, address));
}

/** The results of a call as one value, as Delve tells them. */
function allOf(results: readonly GoShownValue[]): GoShownValue {
  const value = results.map((result) => result.value).join(", ");
  const inside = { indexedCount: 0, namedCount: results.length, list: () => Promise.resolve(results) };
  const all = { name: "", value, type: "", evaluateName: undefined, memoryReference: undefined };
  return { ...all, inside: results.length > 0 ? inside : undefined };
}

/** What is known of the value beyond its bytes. */
function adorn(node: GoNode, value: GoValueOperand): void {
  if (value.targetName !== undefined && node.children[0]) node.children[0].name = value.targetName;
  // A constant is not called by its name again.
  if (value.named && node.number !== undefined) node.text = String(node.number);
  // An integer that no type of Go holds.
  if (value.exact !== undefined) node.text = String(value.exact);
}

const nilValue: GoShownValue = {
  name: "nil",
  value: "nil",
  type: "nil",
  evaluateName: "nil",
  memoryReference: undefined,
  inside: undefined,
};
