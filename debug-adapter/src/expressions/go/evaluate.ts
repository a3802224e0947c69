/** Evaluates expressions: goes through the list of nodes once, with the operands on a stack. What is possible, and the words of errors, are Delve's. */
import { UnreadableError } from "../../values/go/memory-words.ts";
import { ExpressionError } from "../expression-error.ts";
import { callBuiltin } from "./builtins.ts";
import { type Argument, callFunction, type GoResults, singleResult } from "./call.ts";
import { compare } from "./compare.ts";
import { composite, fieldName } from "./composite.ts";
import { binaryConstant, boolConstant, isComparison, literalConstant, unaryConstant } from "./constants.ts";
import { convert } from "./convert.ts";
import { elementAt, slice } from "./index.ts";
import { lookUp, lookUpQualified, lookUpSelected } from "./names.ts";
import { negotiateType } from "./negotiate.ts";
import type { GoOperand } from "./operand.ts";
import { type CallPlan, type Plan, planOf } from "./plan.ts";
import { addressOf, assertType, dereference, noType, selectField } from "./select.ts";
import { quoted, spell } from "./spell.ts";
import { type GoBinaryOperator, type GoExpression, type GoNode, operandsOf } from "./syntax.ts";
import { findType } from "./types.ts";
import { constantOf, type Evaluation, kindName, typedValue } from "./values.ts";

/** Rejects with {@link ExpressionError} where the expression has no value. */
export async function evaluateGo(evaluation: Evaluation, expression: GoExpression): Promise<GoOperand> {
  const found = await evaluateCall(evaluation, expression);
  return found.kind === "results" ? singleResult(found) : found;
}

/** All values, where the whole expression is a call of a function. */
export async function evaluateCall(evaluation: Evaluation, expression: GoExpression): Promise<GoOperand | GoResults> {
  try {
    const run = new Run(evaluation, expression.nodes);
    const value = await run.run();
    return run.results ?? value;
  } catch (error) {
    if (error instanceof UnreadableError) throw new ExpressionError(error.message);
    throw error;
  }
}

class Run {
  readonly #evaluation: Evaluation;
  readonly #nodes: readonly GoNode[];
  readonly #plan: Plan;
  readonly #stack: GoOperand[] = [];
  /** What the outermost call has given. */
  results: GoResults | undefined;

  constructor(evaluation: Evaluation, nodes: readonly GoNode[]) {
    this.#evaluation = evaluation;
    this.#nodes = nodes;
    this.#plan = planOf(evaluation.scope.program.types, nodes);
  }

  async run(): Promise<GoOperand> {
    for (let at = 0; at < this.#nodes.length; at++) {
      // What is skipped is looked at by a node behind it.
      while (this.#plan.skips.has(at)) at = this.#plan.skips.get(at)!;
      this.#stack.push(await this.#value(at));
      at = await this.#shortcut(at);
    }
    return this.#stack.pop()!;
  }

  /** Where the left operand decides, the right one is not evaluated. */
  async #shortcut(index: number): Promise<number> {
    let at = index;
    for (;;) {
      const end = this.#plan.shortcuts.get(at);
      if (end === undefined) return at;
      const { operator } = this.#nodes[end] as { operator: GoBinaryOperator };
      const left = await constantOf(this.#evaluation, this.#stack.at(-1)!);
      if (left?.kind !== "bool")
        throw new ExpressionError(`expression ${quoted(this.#text(at))} should be boolean not ${kindName(this.#stack.at(-1)!)}`);
      if (left.value !== (operator === "||")) return at;
      this.#stack[this.#stack.length - 1] = { kind: "constant", constant: left };
      at = end;
    }
  }

  async #value(index: number): Promise<GoOperand> {
    const node = this.#nodes[index]!;
    const evaluation = this.#evaluation;
    switch (node.kind) {
      case "name":
        return lookUp(evaluation, node.name);
      case "literal":
        return { kind: "constant", constant: literalConstant(node.literal) };
      case "type":
        throw new ExpressionError(`the type ${node.type} is no value`);
      case "paren":
        return this.#pop();
      case "select":
        return this.#select(index, node.name);
      case "assert": {
        const wanted = node.type === undefined ? undefined : { spelled: node.type, name: this.#typeName(node.type) };
        return assertType(evaluation, this.#pop(), this.#text(index - 1), wanted);
      }
      case "index": {
        if (node.count > 1) throw new ExpressionError("expression *ast.IndexListExpr not implemented");
        const at = this.#pop();
        return elementAt(evaluation, this.#pop(), at, this.#operandText(index));
      }
      case "slice": {
        if (node.max) throw new ExpressionError("3-index slice expressions not supported");
        const high = node.high ? this.#pop() : undefined;
        const low = node.low ? this.#pop() : undefined;
        return slice(evaluation, this.#pop(), { low, high }, this.#operandText(index));
      }
      case "call":
        return this.#call(index, this.#plan.calls.get(index)!);
      case "unary":
        return this.#unary(index, node);
      case "binary":
        return this.#binary(index, node.operator);
      case "composite": {
        const type = this.#plan.types.get(index);
        if (type?.kind !== "struct") throw new ExpressionError("expression *ast.CompositeLit not implemented");
        const values = this.#popAll(node.keys.length);
        return composite(
          evaluation,
          type,
          values.map((operand, at) => ({ name: fieldName(type, node.keys[at], at), operand })),
        );
      }
    }
  }

  #pop(): GoOperand {
    return this.#stack.pop()!;
  }

  #popAll(count: number): GoOperand[] {
    return count === 0 ? [] : this.#stack.splice(-count);
  }

  #text(index: number): string {
    return spell(this.#nodes, index);
  }

  /** Text of the first operand. */
  #operandText(index: number): string {
    return this.#text(operandsOf(this.#nodes, index)[0]!);
  }

  #typeName(name: string): string | undefined {
    const { types } = this.#evaluation.scope.program;
    const id = findType(types, name);
    return id === undefined ? undefined : types.get(id)?.name;
  }

  #select(index: number, name: string): Promise<GoOperand> {
    const of = this.#nodes[index - 1]!;
    if (of.kind === "name") return lookUpSelected(this.#evaluation, of.name, name);
    if (of.kind === "literal" && of.literal.kind === "string")
      return lookUpQualified(this.#evaluation, new TextDecoder().decode(of.literal.value), name);
    return selectField(this.#evaluation, this.#pop(), name);
  }

  async #call(index: number, plan: CallPlan): Promise<GoOperand> {
    const texts = operandsOf(this.#nodes, index).slice(1);
    const args = this.#popAll(texts.length);
    switch (plan.kind) {
      case "builtin":
        return callBuiltin(
          this.#evaluation,
          plan.name,
          args.map((operand, at) => ({ operand, text: this.#text(texts[at]!) })),
        );
      case "conversion":
        return convert(this.#evaluation, args[0]!, plan.type, this.#text(texts[0]!));
      case "function":
        return this.#callFunction(
          index,
          args.map((operand, at) => ({ operand, text: this.#text(texts[at]!) })),
        );
      case "unknown":
        throw new ExpressionError(noType);
    }
  }

  async #callFunction(index: number, args: readonly Argument[]): Promise<GoOperand> {
    const results = await callFunction(this.#evaluation, this.#pop(), this.#operandText(index), args);
    if (index < this.#nodes.length - 1) return singleResult(results);
    this.results = results;
    return { kind: "nil" };
  }

  async #unary(index: number, { operator }: GoNode & { kind: "unary" }): Promise<GoOperand> {
    const operand = this.#pop();
    const evaluation = this.#evaluation;
    if (operator === "*") return dereference(evaluation, operand, this.#text(index - 1));
    if (operator === "&") return addressOf(evaluation, operand, this.#text(index - 1));
    const constant = await constantOf(evaluation, operand);
    if (!constant) throw new ExpressionError(`operator ${operator} can not be applied to ${quoted(this.#text(index - 1))}`);
    const result = unaryConstant(operator, constant);
    return operand.kind === "value" ? typedValue(evaluation, result, operand.type) : { kind: "constant", constant: result };
  }

  async #binary(index: number, operator: GoBinaryOperator): Promise<GoOperand> {
    const evaluation = this.#evaluation;
    const right = this.#pop();
    const left = this.#pop();
    const [leftIndex, rightIndex] = operandsOf(this.#nodes, index) as [number, number];
    const constants = { left: await constantOf(evaluation, left), right: await constantOf(evaluation, right) };
    const type = negotiateType(operator, left, right, constants);
    if (isComparison(operator)) return { kind: "constant", constant: boolConstant(await compare(evaluation, operator, left, right)) };
    if (!constants.left) throw new ExpressionError(`operator ${operator} can not be applied to ${quoted(this.#text(leftIndex))}`);
    if (!constants.right) throw new ExpressionError(`operator ${operator} can not be applied to ${quoted(this.#text(rightIndex))}`);
    const result = binaryConstant(operator, constants.left, constants.right);
    const isTruth = operator === "&&" || operator === "||";
    return type && !isTruth ? typedValue(evaluation, result, type) : { kind: "constant", constant: result };
  }
}
