/** Calls of the program's functions, as Delve's command `call` makes them; errors in its words. */
import type { GoType, GoTypeId } from "#core/go/layouts/go-type.ts";
import type { GoTypeTable } from "#core/go/layouts/go-type-table.ts";
import { readBytes, readWord, wordAt } from "../../values/go/memory-words.ts";
import { isScratch } from "../../values/go/scratch-memory.ts";
import { ExpressionError } from "../expression-error.ts";
import { bytesToAssign } from "./assign.ts";
import type { GoCaller, GoParameter, GoSignature } from "./caller.ts";
import type { GoOperand, GoValueOperand } from "./operand.ts";
import { addressOf, dereference } from "./select.ts";
import { quoted } from "./spell.ts";
import { findType } from "./types.ts";
import { basicType, type Evaluation, resultAt, words } from "./values.ts";

/** What is behind a call's parentheses; `text`: as the user wrote it. */
export interface Argument {
  readonly operand: GoOperand;
  readonly text: string;
}

/** Values that a call has given; a panic is one, too, named `~panic`. */
export interface GoResults {
  readonly kind: "results";
  readonly values: readonly GoValueOperand[];
}

const notAllowed = "function calls not allowed without using 'call'";
/** Structs in structs, and arrays of arrays, that are looked through for pointers. */
const mostParts = 10_000;

/** `text`: of what is called. Rejects with {@link ExpressionError}. */
export async function callFunction(evaluation: Evaluation, callee: GoOperand, text: string, args: readonly Argument[]): Promise<GoResults> {
  const { calls } = evaluation;
  if (!calls) throw new ExpressionError(notAllowed);
  if (callee.kind !== "value" || callee.type.kind !== "func") throw new ExpressionError(`expression ${quoted(text)} is not a function`);
  const { counter, closure } = await entryOf(evaluation, callee);
  const signature = await signatureOf(evaluation, calls, callee, text);
  const receiver = callee.func?.receiver && (await receiverOf(evaluation, callee.func.receiver, signature.parameters[0]));
  const given = receiver ? [{ operand: receiver, text: callee.func!.receiver!.name }, ...args] : args;
  if (given.length < signature.parameters.length) throw new ExpressionError("not enough arguments");
  if (given.length > signature.parameters.length) throw new ExpressionError("too many arguments");
  const places = layOut(signature);
  if (signature.size !== undefined && places.size !== signature.size)
    throw new ExpressionError(`${text} cannot be called: not all of its parameters are in the debug information`);
  const frame = new Uint8Array(places.size);
  const stack = await calls.stack();
  // The last one first: of several that cannot be passed it is the one that is told.
  for (let at = given.length - 1; at >= 0; at--) {
    const { operand, text: argumentText } = given[at]!;
    const parameter = signature.parameters[at]!;
    const bytes = await argumentBytes(evaluation, calls, operand, parameter.type);
    const escaping = await onStack(evaluation, bytes, parameter, stack);
    if (escaping !== undefined) {
      const isReceiver = receiver !== undefined && at === 0;
      const used = isReceiver ? `could not set call receiver: cannot use ${text}` : `cannot use ${argumentText}`;
      throw new ExpressionError(
        `${used} as argument ${parameter.name} in function ${functionName(callee, text)}: stack object passed to escaping pointer: ${escaping}`,
      );
    }
    frame.set(bytes, places.parameters[at]!);
  }
  const end = await calls.call(counter, closure, frame);
  if (end.kind === "exited")
    throw new ExpressionError("the function has ended its goroutine by runtime.Goexit; the goroutine goes on where it was");
  if (end.kind === "panicked") return { kind: "results", values: [panicValue(evaluation, end.panic)] };
  const values = signature.results.map(({ name, type }, at): GoValueOperand => {
    const start = places.results[at]!;
    return { ...resultAt(evaluation.scratch.place(end.frame.slice(start, start + type.size)), type), name };
  });
  return { kind: "results", values };
}

/** The one value that a call gives inside of an expression. */
export function singleResult({ values }: GoResults): GoValueOperand {
  if (values.length === 0) throw new ExpressionError("no return values");
  if (values[0]!.name === panicName)
    throw new ExpressionError("a function that is called in the expression has panicked; call it alone to see the panic");
  if (values.length > 1) throw new ExpressionError("too many return values for an operand");
  return values[0]!;
}

/** As Delve names what a function has panicked with. */
const panicName = "~panic";

function panicValue(evaluation: Evaluation, words: Uint8Array): GoValueOperand {
  return { ...resultAt(evaluation.scratch.place(words), basicType(evaluation, "interface {}")), name: panicName };
}

async function entryOf({ loader }: Evaluation, callee: GoValueOperand): Promise<{ counter: number; closure: number }> {
  const closure = await readWord(loader.memory, callee.address);
  if (closure === 0) throw new ExpressionError("nil pointer dereference");
  return { counter: await readWord(loader.memory, closure), closure: isScratch(closure) ? 0 : closure };
}

async function signatureOf({ scope, loader }: Evaluation, calls: GoCaller, callee: GoValueOperand, text: string): Promise<GoSignature> {
  if (callee.func) {
    const { name } = callee.func;
    const found = calls.signature(name) ?? errorSignature(scope.program.types, callee) ?? (await calls.askedSignature(name));
    if (!found) throw new ExpressionError(`${text} cannot be called: there is no debug information on its parameters`);
    return found;
  }
  if (callee.type.kind !== "func") throw new ExpressionError(`expression ${quoted(text)} is not a function`);
  const named = (prefix: string, ids: readonly GoTypeId[]): Promise<GoParameter[]> =>
    Promise.all(
      ids.map(async (id, at) => {
        const type = await loader.types.get(id);
        if (type.kind === "unknown") throw new ExpressionError(`${text} cannot be called: a type of its parameters is not known`);
        return { name: `${prefix}${at}`, type };
      }),
    );
  const { params, results } = callee.type;
  return { parameters: await named("~p", params), results: await named("~r", results), size: undefined };
}

/** Of the one method whose parameters are known of every type that has it, as it is in the interface `error`. */
function errorSignature(types: GoTypeTable, { func }: GoValueOperand): GoSignature | undefined {
  const { name = "", receiver, throughInterface } = func ?? {};
  const text = findType(types, "string");
  const result = text === undefined ? undefined : types.get(text);
  if (throughInterface !== "error" || !name.endsWith(".Error") || !receiver || !result) return undefined;
  const takesPointer = name.endsWith(").Error");
  if (takesPointer !== (receiver.type.kind === "pointer")) return undefined;
  return { parameters: [{ name: "e", type: receiver.type }], results: [{ name: "~r0", type: result }], size: undefined };
}

/** The receiver as the method takes it: as a pointer, or the value behind one. */
async function receiverOf(evaluation: Evaluation, operand: GoValueOperand, parameter: GoParameter | undefined): Promise<GoOperand> {
  if (!parameter) throw new ExpressionError("the method has no receiver in the debug information");
  const wantsPointer = parameter.type.kind === "pointer";
  if (wantsPointer && operand.type.kind !== "pointer") return addressOf(evaluation, operand, operand.name);
  if (!wantsPointer && operand.type.kind === "pointer") return dereference(evaluation, operand, operand.name);
  return operand;
}

interface Places {
  readonly parameters: readonly number[];
  readonly results: readonly number[];
  readonly size: number;
}

/** All arguments and results lie on the stack (cmd/compile/internal/abi, ABI0): each aligned to its type, and the results to words. */
function layOut({ parameters, results }: GoSignature): Places {
  let size = 0;
  const next = ({ type }: GoParameter): number => {
    const start = aligned(size, type.align);
    size = start + type.size;
    return start;
  };
  const inFrame = parameters.map(next);
  size = aligned(size, 8);
  const after = results.map(next);
  return { parameters: inFrame, results: after, size: aligned(size, 8) };
}

const aligned = (offset: number, alignment: number): number => Math.ceil(offset / Math.max(alignment, 1)) * Math.max(alignment, 1);

/** As it is to lie on the stack; what the evaluation has made for it is brought into the program's memory. */
async function argumentBytes(evaluation: Evaluation, calls: GoCaller, operand: GoOperand, type: GoType): Promise<Uint8Array> {
  const bytes = (await inInterface(evaluation, calls, operand, type)) ?? (await bytesToAssign(evaluation, operand, type));
  const base = type.kind === "string" || type.kind === "slice" ? wordAt(bytes, 0) : 0;
  if (!isScratch(base)) {
    if (operand.kind === "value" && isScratch(operand.address) && pointsToScratch(bytes))
      throw new ExpressionError(`the value has parts that are not in the program's memory: put them into variables, and call with these`);
    return bytes;
  }
  const { loader } = evaluation;
  const length = wordAt(bytes, 8);
  const size = type.kind === "slice" ? (await loader.types.get(type.elem)).size : 1;
  const room = length === 0 ? 0 : await calls.allocate(await readBytes(loader.memory, base, length * size));
  if (room === undefined) throw new ExpressionError("there is no room in the program's memory for the arguments");
  return type.kind === "slice" ? words(room, length, length) : words(room, length);
}

/** A pointer as an empty interface holds it; other values would need memory of their own, which Delve does not give them either. */
async function inInterface({ loader }: Evaluation, calls: GoCaller, operand: GoOperand, type: GoType): Promise<Uint8Array | undefined> {
  if (type.kind !== "interface" || type.methods.length > 0 || operand.kind !== "value" || operand.type.kind !== "pointer") return undefined;
  const descriptor = calls.typeDescriptor(operand.type.name);
  return descriptor === undefined ? undefined : words(descriptor, await readWord(loader.memory, operand.address));
}

function pointsToScratch(bytes: Uint8Array): boolean {
  for (let at = 0; at + 8 <= bytes.length; at += 8) if (isScratch(wordAt(bytes, at)) && wordAt(bytes, at) < 2 ** 41) return true;
  return false;
}

/** Name of the first part of an argument that points into the goroutine's stack, as Delve's `escapeCheck` finds it. */
async function onStack(
  { loader }: Evaluation,
  bytes: Uint8Array,
  { name, type }: GoParameter,
  { low, high }: { readonly low: number; readonly high: number },
): Promise<string | undefined> {
  const parts = [{ name, type, offset: 0 }];
  for (let at = 0; at < parts.length && at < mostParts; at++) {
    const part = parts[at]!;
    switch (part.type.kind) {
      case "struct":
        for (const field of part.type.fields)
          parts.push({ name: `${part.name}.${field.name}`, type: await loader.types.get(field.type), offset: part.offset + field.offset });
        break;
      case "array": {
        const elem = await loader.types.get(part.type.elem);
        for (let index = 0; index < part.type.length && parts.length < mostParts; index++)
          parts.push({ name: `${part.name}[${index}]`, type: elem, offset: part.offset + index * elem.size });
        break;
      }
      case "pointer":
      case "chan":
      case "string":
      case "slice":
      case "map":
      case "func": {
        const address = wordAt(bytes, part.offset);
        if (address >= low && address < high) return part.name;
        break;
      }
      default:
    }
  }
  return undefined;
}

const functionName = ({ func }: GoValueOperand, text: string): string => func?.name ?? text;
