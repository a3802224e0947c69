/** Conditions in Go, with the results of `expressions/go/evaluate.ts`, as code for the engine. */
import { decodeUtf8 } from "#core/bytes/utf8.ts";
import { type GoType, isIntegerKind } from "#core/go/layouts/go-type.ts";
import { intConstant, literalConstant, unaryConstant } from "../go/constants.ts";
import { type CallPlan, type Plan, planOf } from "../go/plan.ts";
import type { GoExpression, GoNode } from "../go/syntax.ts";
import { findType, isPackage } from "../go/types.ts";
import { type AddressCode, type EngineCondition, limited, NotCompiled } from "./engine-code.ts";
import { converted, goBinary, goUnary } from "./go-operators.ts";
import type { GoCodeScope } from "./go-scope.ts";
import { byteType } from "../go/values.ts";
import { type GoCode, numberIn, truthIn, wordAt } from "./go-values.ts";
import { offsetBy } from "./typed-code.ts";

/** Structs that are looked through for a field that is promoted. */
const mostEmbedded = 100;

/** Throws {@link NotCompiled} where the adapter has to evaluate it, `ExpressionError` where it has no value. */
export function compileGo(expression: GoExpression, scope: GoCodeScope): EngineCondition {
  const text = truthIn(compileGoValue(expression, scope));
  if (text === undefined) throw new NotCompiled("no truth value");
  return { text };
}

/** Any value, with the same errors. */
export function compileGoValue({ nodes }: GoExpression, scope: GoCodeScope): GoCode {
  return new GoCompiler(nodes, scope).run();
}

type Place = Extract<GoCode, { kind: "place" }>;

class GoCompiler {
  readonly #nodes: readonly GoNode[];
  readonly #scope: GoCodeScope;
  readonly #plan: Plan;
  readonly #stack: GoCode[] = [];

  constructor(nodes: readonly GoNode[], scope: GoCodeScope) {
    this.#nodes = nodes;
    this.#scope = scope;
    this.#plan = planOf(scope.program.types, nodes);
  }

  run(): GoCode {
    for (let at = 0; at < this.#nodes.length; at++) {
      at = this.#plan.skips.get(at) ?? at;
      this.#stack.push(this.#value(at));
    }
    return this.#pop();
  }

  #pop(): GoCode {
    const value = this.#stack.pop();
    if (!value) throw new NotCompiled("an operand is missing");
    return value;
  }

  #value(index: number): GoCode {
    const node = this.#nodes[index]!;
    switch (node.kind) {
      case "name":
        return this.#lookUp(node.name);
      case "literal":
        return { kind: "constant", constant: literalConstant(node.literal) };
      case "paren":
        return this.#pop();
      case "select":
        return this.#select(index, node.name);
      case "index": {
        if (node.count > 1) throw new NotCompiled("an instance");
        const at = this.#pop();
        return this.#element(this.#pop(), at);
      }
      case "call":
        return this.#call(node.count, this.#plan.calls.get(index));
      case "unary": {
        const operand = this.#pop();
        if (node.operator === "*") return this.#behind(operand);
        if (operand.kind === "constant") return { kind: "constant", constant: unaryConstant(node.operator, operand.constant) };
        return goUnary(node.operator, operand);
      }
      case "binary": {
        const right = this.#pop();
        return goBinary(node.operator, this.#pop(), right);
      }
      default:
        throw new NotCompiled("not for the engine");
    }
  }

  #type(id: Extract<GoType, { kind: "pointer" }>["elem"]): GoType {
    const type = this.#scope.program.types.get(id);
    if (!type) throw new NotCompiled("a type that is not known");
    return type;
  }

  #lookUp(name: string): GoCode {
    const found = this.#find(name);
    if (!found) throw new NotCompiled("no such name");
    return found;
  }

  #find(name: string): GoCode | undefined {
    const local = this.#scope.local(name);
    if (local) {
      if (!local.type) throw new NotCompiled("a type that is only known at a stop");
      const own: AddressCode = { text: `((globals[0].value>>>0)+${local.stackOffset})` };
      return { kind: "place", type: local.type, address: local.byReference ? { text: `points.present(${wordAt(own)})` } : own };
    }
    const global = this.#global(this.#scope.packagePath, name);
    if (global) return global;
    if (name === "true" || name === "false") return { kind: "constant", constant: { kind: "bool", value: name === "true" } };
    return name === "nil" ? { kind: "nil" } : undefined;
  }

  /** A variable, function or constant of a package, in this order. */
  #global(packageName: string, name: string): GoCode | undefined {
    const isMeant = (full: string): boolean => full.endsWith(`.${name}`) && isPackage(full.slice(0, -name.length - 1), packageName);
    const variable = this.#scope.globalNames().find(isMeant);
    const place = variable === undefined ? undefined : this.#scope.global(variable);
    if (place) return { kind: "place", type: place.type, address: { text: `${place.address}` } };
    if (this.#scope.functionsNamed(name).some(isMeant)) throw new NotCompiled("a function");
    for (const [typeName, constants] of this.#scope.program.types.constants()) {
      const found = constants.find((constant) => isMeant(constant.name));
      const id = found && findType(this.#scope.program.types, typeName);
      const type = id === undefined ? undefined : this.#scope.program.types.get(id);
      const code = found && numberIn({ kind: "constant", constant: intConstant(found.value) })?.code;
      if (type && code) return { kind: "number", type, code };
    }
    return undefined;
  }

  #select(index: number, name: string): GoCode {
    const of = this.#nodes[index - 1]!;
    const isText = of.kind === "literal" && of.literal.kind === "string";
    if (of.kind !== "name" && !isText) return this.#field(this.#pop(), name);
    const operand = of.kind === "name" ? this.#find(of.name) : undefined;
    if (operand) return this.#field(operand, name);
    const packageName = of.kind === "name" ? of.name : isText ? decodeUtf8(of.literal.value as Uint8Array) : "";
    const found = this.#global(packageName, name);
    if (!found) throw new NotCompiled("no such name");
    return found;
  }

  /** Also through pointers and embedded fields; a field of an embedded pointer may not be there, which only the adapter can tell. */
  #field(operand: GoCode, name: string): GoCode {
    if (operand.kind !== "place") throw new NotCompiled("no struct");
    const queue: Place[] = [operand];
    for (let at = 0; at < queue.length && at < mostEmbedded; at++) {
      const struct = queue[at]!.type.kind === "pointer" ? this.#behind(queue[at]!) : queue[at]!;
      if (struct.type.kind !== "struct") continue;
      for (const field of struct.type.fields) {
        const place: Place = { kind: "place", type: this.#type(field.type), address: offsetBy(struct.address, field.offset) };
        if (field.name === name) return place;
        if (field.embedded) queue.push(place);
      }
    }
    throw new NotCompiled("no such field");
  }

  #behind(operand: GoCode): Place {
    if (operand.kind !== "place" || operand.type.kind !== "pointer") throw new NotCompiled("no pointer");
    return { kind: "place", type: this.#type(operand.type.elem), address: limited({ text: `points.present(${wordAt(operand.address)})` }) };
  }

  #element(of: GoCode, index: GoCode): GoCode {
    const operand = of.kind === "place" && of.type.kind === "pointer" ? this.#behind(of) : of;
    const number = numberIn(index);
    if (operand.kind !== "place" || !number || number.code.form === "float") throw new NotCompiled("no index");
    const at = `Number(${number.code.text})`;
    const { type, address } = operand;
    switch (type.kind) {
      case "array": {
        const elem = this.#type(type.elem);
        return elementPlace(elem, `(${address.text}+points.below(${at},${type.length})*${elem.size})`);
      }
      case "slice": {
        const elem = this.#type(type.elem);
        return elementPlace(elem, `points.element(memory,${address.text},${at},${elem.size})`);
      }
      case "string":
        return elementPlace(byteType, `points.element(memory,${address.text},${at},1)`);
      default:
        throw new NotCompiled("no list");
    }
  }

  #call(count: number, plan: CallPlan | undefined): GoCode {
    if (count !== 1 || !plan) throw new NotCompiled("a call");
    const argument = this.#pop();
    if (plan.kind === "builtin" && (plan.name === "len" || plan.name === "cap")) return this.#length(argument, plan.name);
    if (plan.kind !== "conversion" || !isIntegerKind(plan.type.kind)) throw new NotCompiled("a call");
    const number = numberIn(argument);
    if (!number || number.code.form === "float") throw new NotCompiled("a conversion");
    return { kind: "number", type: plan.type, code: limited(converted(number.code, plan.type)) };
  }

  #length(argument: GoCode, which: "len" | "cap"): GoCode {
    if (argument.kind !== "place") throw new NotCompiled("no list");
    const { kind } = argument.type;
    if (kind === "slice") return counted(wordAt(argument.address, which === "len" ? 8 : 16));
    if (kind === "string" && which === "len") return counted(wordAt(argument.address, 8));
    if (kind !== "chan") throw new NotCompiled("a length");
    const name = which === "len" ? "qcount" : "dataqsiz";
    const field = this.#scope.program.types.runtimeStruct("runtime.hchan")?.fields.find((candidate) => candidate.name === name);
    if (!field) throw new NotCompiled("a channel");
    return counted(`points.inside(memory,${argument.address.text},${field.offset})`);
  }
}

const counted = (text: string): GoCode => ({ kind: "number", type: undefined, code: limited({ form: "int", text }) });

const elementPlace = (type: GoType, text: string): GoCode => ({ kind: "place", type, address: limited({ text }) });
