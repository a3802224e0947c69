/** Fields, what pointers point to, and what interfaces hold; errors in Delve's words. */
import { commonOf, type GoField, type GoType } from "#core/go/layouts/go-type.ts";
import { channelStruct } from "../../values/go/channels.ts";
import { readWord } from "../../values/go/memory-words.ts";
import { isScratch, type ScratchMemory } from "../../values/go/scratch-memory.ts";
import { ExpressionError } from "../expression-error.ts";
import { quoted } from "./spell.ts";
import type { GoOperand, GoValueOperand } from "./operand.ts";
import type { GoScope } from "./scope.ts";
import { withPackageNames } from "./package-names.ts";
import { pointerToType } from "./types.ts";
import { constantText } from "./constants.ts";
import { type Evaluation, resultAt, typeNameOf, words } from "./values.ts";

/** Structs that are looked through for a field that is promoted. */
const mostEmbedded = 1000;

/** `x.name`, also of what a pointer points to or an interface holds, and through embedded fields. */
export async function selectField(evaluation: Evaluation, operand: GoOperand, name: string): Promise<GoOperand> {
  if (operand.kind !== "value") {
    const text = operand.kind === "nil" ? "nil" : constantText(operand.constant);
    throw new ExpressionError(`${text} (type ${typeNameOf(operand)}) is not a struct`);
  }
  const shownName = operand.name === "" ? operand.type.name : operand.name;
  if (operand.type.kind === "func") {
    const captured = await capturedVariable(evaluation, operand, name);
    if (captured) return captured;
    if (operand.name === evaluation.scope.packagePath || operand.name === "main")
      throw new ExpressionError(`package ${operand.name} has no function ${name}`);
    const isNil = (await readWord(evaluation.loader.memory, operand.address)) === 0;
    throw new ExpressionError(`${shownName}${isNil ? ` (type ${operand.type.name})` : ""} has no member ${name}`);
  }
  const queue = [await insideOf(evaluation, operand)];
  for (let at = 0; at < queue.length && at < mostEmbedded; at++) {
    const method = await methodOf(evaluation, queue[at]!, name);
    if (method)
      return operand.type.kind === "interface" ? { ...method, func: { ...method.func!, throughInterface: operand.type.name } } : method;
    const struct = await behindPointer(evaluation, queue[at]!);
    const { type } = struct;
    if (type.kind !== "struct") {
      // Of an interface that is nil nothing else is left.
      if (at === 0)
        throw new ExpressionError(`${shownName} (type ${type.kind === "interface" ? "void" : type.name}) has no member ${name}`);
      continue;
    }
    for (const field of type.fields) {
      if (field.name === name) return fieldOf(evaluation, struct, field);
      if (!field.embedded) continue;
      if (struct.address === 0) throw new ExpressionError(`${operand.name} is nil`);
      queue.push({ ...(await fieldOf(evaluation, struct, field)), name: struct.name });
    }
  }
  throw new ExpressionError(`${shownName} has no member ${name}`);
}

/** What has the fields of a value that is no struct itself. */
async function insideOf(evaluation: Evaluation, operand: GoValueOperand): Promise<GoValueOperand> {
  switch (operand.type.kind) {
    case "interface": {
      const data = await dynamicValue(evaluation, operand);
      return data ?? operand;
    }
    case "chan":
      return channelOf(evaluation, operand);
    default:
      return operand;
  }
}

/** A method of a defined type or of the pointer to it, as a function. */
async function methodOf(
  { scope, scratch, loader }: Evaluation,
  operand: GoValueOperand,
  name: string,
): Promise<GoValueOperand | undefined> {
  const { type } = operand;
  const receiver = type.kind === "pointer" ? await loader.types.get(type.elem) : type;
  const dot = receiver.name.lastIndexOf(".");
  if (!receiver.named || dot < 0) return undefined;
  const [path, own] = [receiver.name.slice(0, dot), receiver.name.slice(dot + 1)];
  const wanted = [`${path}.${own}.${name}`, `${path}.(*${own}).${name}`];
  const known = scope.functionsNamed(name);
  const full = wanted.find((candidate) => known.includes(candidate));
  return full === undefined ? undefined : functionValue(scope, scratch, full, operand);
}

/** A function that is not in a variable: one is made for it. */
export function functionValue(scope: GoScope, scratch: ScratchMemory, name: string, receiver?: GoValueOperand): GoValueOperand | undefined {
  const counter = scope.functionCounter(name);
  if (counter === undefined) return undefined;
  const common = commonOf("func()", 8, 8);
  const type: GoType = { ...common, kind: "func", params: [], results: [], variadic: false };
  const place = scratch.place(words(scratch.place(words(counter))));
  return { ...resultAt(place, type), name, func: { name, ...(receiver && { receiver }) } };
}

async function behindPointer(evaluation: Evaluation, operand: GoValueOperand): Promise<GoValueOperand> {
  if (operand.type.kind !== "pointer") return operand;
  const { loader } = evaluation;
  const type = await loader.types.get(operand.type.elem);
  return { kind: "value", name: operand.name, type, address: await readWord(loader.memory, operand.address) };
}

async function fieldOf({ loader }: Evaluation, struct: GoValueOperand, field: GoField): Promise<GoValueOperand> {
  if (struct.address === 0) throw new ExpressionError(`${struct.name} is nil`);
  const name = struct.name === "" ? "" : `${struct.name}.${field.name}`;
  return { kind: "value", name, type: await loader.types.get(field.type), address: struct.address + field.offset };
}

/** The struct behind a channel. */
async function channelOf({ scope, loader }: Evaluation, operand: GoValueOperand): Promise<GoValueOperand> {
  if (operand.type.kind !== "chan") return operand;
  const address = await readWord(loader.memory, operand.address);
  await loader.types.get(operand.type.elem);
  const general = scope.program.types.runtimeStruct("runtime.hchan");
  const capacityAt = general?.fields.find((field) => field.name === "dataqsiz")?.offset ?? 0;
  const capacity = address === 0 ? 0 : Math.max(0, await readWord(loader.memory, address + capacityAt));
  const type = channelStruct(scope.program.types, operand.type, capacity);
  return type ? { ...operand, type, address } : operand;
}

/** A variable that a closure has captured. */
async function capturedVariable(
  { scope, loader, quick }: Evaluation,
  operand: GoValueOperand,
  name: string,
): Promise<GoOperand | undefined> {
  const closure = await readWord(loader.memory, operand.address);
  if (closure === 0) return undefined;
  const func = scope.program.functionName(await readWord(loader.memory, closure)) ?? "";
  if (!quick && scope.program.further?.isOpen(func)) await scope.program.further.describe(func);
  const found = scope.program.closureVariables(func).find((variable) => variable.name === name);
  if (!found) return undefined;
  const place = closure + found.offset;
  const address = found.byReference ? await readWord(loader.memory, place) : place;
  return { kind: "value", name: `${operand.name}.${name}`, type: await loader.types.get(found.type), address };
}

/** The value that an interface holds; `undefined`: it is nil. */
export async function dynamicValue({ loader }: Evaluation, operand: GoValueOperand): Promise<GoValueOperand | undefined> {
  const node = await loader.load("", operand.type, operand.address, { maxStringLen: 0, maxArrayValues: 0 });
  if (node.unreadable !== undefined) throw new ExpressionError(node.unreadable);
  const data = node.children[0];
  if (!data || data.type.kind === "void") return undefined;
  return { kind: "value", name: "data", type: data.type, address: data.address };
}

/** `x.(type)`; `wanted`: the type's name as it was written, and as the program has it; `undefined` for `(data)`. */
export async function assertType(
  evaluation: Evaluation,
  operand: GoOperand,
  text: string,
  wanted: { readonly spelled: string; readonly name: string | undefined } | undefined,
): Promise<GoOperand> {
  if (operand.kind !== "value" || operand.type.kind !== "interface")
    throw new ExpressionError(`expression ${quoted(text)} not an interface`);
  const data = await dynamicValue(evaluation, operand);
  if (!data) throw new ExpressionError(`interface conversion: ${operand.type.name} is nil, not ${wanted?.spelled ?? "data"}`);
  if (!wanted || data.type.name === wanted.name) return data;
  // A type that no variable has may be known by what is in interfaces only.
  if (wanted.name === undefined && withPackageNames(data.type.name) === wanted.spelled) return data;
  if (wanted.name === undefined) throw new ExpressionError(noType);
  throw new ExpressionError(`interface conversion: ${operand.type.name} is ${data.type.name}, not ${wanted.name}`);
}

/** As Delve says it. */
export const noType = "no type entry found, use 'types' for a list of valid types";

/** `*x` */
export async function dereference({ loader }: Evaluation, operand: GoOperand, text: string): Promise<GoOperand> {
  if (operand.kind === "nil") throw new ExpressionError("nil can not be dereferenced");
  if (operand.kind !== "value" || operand.type.kind !== "pointer")
    throw new ExpressionError(`expression ${quoted(text)} (${typeNameOf(operand)}) can not be dereferenced`);
  const address = await readWord(loader.memory, operand.address);
  if (address === 0) throw new ExpressionError("nil pointer dereference");
  return { kind: "value", name: operand.targetName ?? "", type: await loader.types.get(operand.type.elem), address };
}

/** `&x` */
export function addressOf({ scope, scratch }: Evaluation, operand: GoOperand, text: string): GoOperand {
  if (operand.kind !== "value" || isScratch(operand.address)) throw new ExpressionError(`can not take address of ${quoted(text)}`);
  const type = pointerToType(scope.program.types, operand.type);
  return { ...resultAt(scratch.place(words(operand.address)), type), targetName: operand.name };
}
