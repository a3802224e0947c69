/** Blocks, branches, calls, exceptions, stack switching; locals, globals, `drop` and `select`. */
import { execution } from "./doc.ts";
import type { InstructionDoc } from "./doc.ts";

type Row = Omit<InstructionDoc, "link">;

const callee = "(type $t (func (param i32) (result i32))) (func $twice (type $t) (i32.mul (local.get 0) (i32.const 2)))";
const table = `${callee} (table 1 funcref) (elem (i32.const 0) $twice)`;

// prettier-ignore
const standard: Readonly<Record<string, Row>> = {
  unreachable: { summary: "Traps. It marks code that control must not come to; what follows may have any type.", traps: "Always traps." },
  nop: { summary: "Does nothing.", example: { code: "(nop) (i32.const 1)", type: "i32", result: "1" } },
  block: { summary: "Runs instructions. A branch to its label goes behind its end, with its results.", example: { code: "(block $out (result i32) (br $out (i32.const 1)))", type: "i32", result: "1" } },
  loop: { summary: "Runs instructions. A branch to its label goes back to its start, with its parameters; without one it runs once.", example: { code: "(local $i i32) (loop $again (local.set $i (i32.add (local.get $i) (i32.const 1))) (br_if $again (i32.lt_s (local.get $i) (i32.const 5)))) (local.get $i)", type: "i32", result: "5" } },
  if: { summary: "Takes an i32 and runs its first arm if that is not 0, else its `else`. A branch to its label goes behind its end.", example: { code: "(if (result i32) (i32.const 1) (then (i32.const 2)) (else (i32.const 3)))", type: "i32", result: "2" } },
  else: { summary: "Begins the arm of an `if` that runs where its condition is 0." },
  end: { summary: "Ends a block, whose results are then on the stack." },
  br: { summary: "Branches to a label: behind the end of a block or `if`, to the start of a `loop`. It takes the values that the label asks for.", example: { code: "(block $out (result i32) (br $out (i32.const 1)))", type: "i32", result: "1" } },
  br_if: { summary: "Takes an i32 and branches to a label if it is not 0. The values for the label stay on the stack otherwise.", example: { code: "(block $out (result i32) (drop (br_if $out (i32.const 1) (i32.const 1))) (i32.const 2))", type: "i32", result: "1" } },
  br_table: { summary: "Takes an i32 and branches to the label at that place of the list; the last label is for all numbers beyond.", example: { code: "(block $b (block $a (br_table $a $b (i32.const 0))) (return (i32.const 10))) (i32.const 20)", type: "i32", result: "10" } },
  return: { summary: "Ends the function with its results.", example: { code: "(return (i32.const 1))", type: "i32", result: "1" } },
  call: { summary: "Calls a function with values for its parameters, and gives its results.", traps: "Traps where calls nest too deeply.", example: { code: "(call $twice (i32.const 21))", type: "i32", result: "42", fields: callee } },
  call_indirect: { summary: "Calls the function in a table at the index that is on top of the stack, behind the arguments. Its type must be the one given.", traps: "Traps if the table has no such element, if that is null, or if its function has another type.", example: { code: "(call_indirect (type $t) (i32.const 21) (i32.const 0))", type: "i32", result: "42", fields: table } },
  return_call: { summary: "Calls a function in place of the present one: its results are the results of this function.", example: { code: "(return_call $twice (i32.const 21))", type: "i32", result: "42", fields: callee } },
  return_call_indirect: { summary: "Calls the function in a table in place of the present one; see `call_indirect`.", traps: "Traps if the table has no such element, if that is null, or if its function has another type.", example: { code: "(return_call_indirect (type $t) (i32.const 21) (i32.const 0))", type: "i32", result: "42", fields: table } },
  call_ref: { summary: "Calls the function that the reference on top of the stack refers to, behind the arguments.", traps: "Traps if the reference is null." },
  return_call_ref: { summary: "Calls the function that the reference on top of the stack refers to, in place of the present one.", traps: "Traps if the reference is null." },
  br_on_null: { summary: "Branches to a label if the reference on top of the stack is null, and takes it away; else it stays, and counts as not null." },
  br_on_non_null: { summary: "Branches to a label with the reference on top of the stack if that is not null; else takes it away." },
  throw: { summary: "Throws an exception with a tag and the values that the tag asks for." },
  throw_ref: { summary: "Throws again the exception that a reference holds.", traps: "Traps if the reference is null." },
  try_table: { summary: "Runs instructions. An exception thrown by them goes to the first clause that names its tag, or to one for all, and from there to the clause's label." },
  drop: { summary: "Takes a value and forgets it.", example: { code: "(i32.const 1) (drop (i32.const 2))", type: "i32", result: "1" } },
  select: { summary: "Gives the first of two values if the i32 on top of the stack is not 0, else the second. Both are worked out. References need a `(result …)`.", example: { code: "(select (i32.const 10) (i32.const 20) (i32.const 1))", type: "i32", result: "10" } },
  "local.get": { summary: "Gives the value of a local or parameter.", example: { code: "(local $x i32) (local.get $x)", type: "i32", result: "0" } },
  "local.set": { summary: "Takes a value and puts it into a local or parameter.", example: { code: "(local $x i32) (local.set $x (i32.const 5)) (local.get $x)", type: "i32", result: "5" } },
  "local.tee": { summary: "Puts the value on top of the stack into a local or parameter, and leaves it there.", example: { code: "(local $x i32) (i32.add (local.tee $x (i32.const 5)) (local.get $x))", type: "i32", result: "10" } },
  "global.get": { summary: "Gives the value of a global.", example: { code: "(global.get $g)", type: "i32", result: "5", fields: "(global $g i32 (i32.const 5))" } },
  "global.set": { summary: "Takes a value and puts it into a global, which must be `mut`.", example: { code: "(global.set $g (i32.const 6)) (global.get $g)", type: "i32", result: "6", fields: "(global $g (mut i32) (i32.const 5))" } },
};

const switching = "https://github.com/WebAssembly/stack-switching/blob/main/proposals/stack-switching/Explainer.md";

// prettier-ignore
const continuations: Readonly<Record<string, Row>> = {
  "cont.new": { summary: "Makes a continuation of a reference to a function: a computation that can be resumed, and has not begun.", traps: "Traps if the reference is null." },
  "cont.bind": { summary: "Gives a continuation its first arguments, which makes one that needs fewer.", traps: "Traps if the continuation is null, or has been used." },
  suspend: { summary: "Suspends the present computation: control goes to the handler for the tag that is nearest, with the values that the tag asks for. Gives what it is resumed with." },
  resume: { summary: "Runs a continuation with arguments, and gives its results. Where it suspends with a tag, control goes to the label of the `(on tag label)` for it.", traps: "Traps if the continuation is null, or has been used." },
  resume_throw: { summary: "Runs a continuation by throwing an exception where it waits.", traps: "Traps if the continuation is null, or has been used." },
  resume_throw_ref: { summary: "Runs a continuation by throwing the exception of a reference where it waits.", traps: "Traps if the continuation or the reference is null, or if the continuation has been used." },
  switch: { summary: "Suspends the present computation and runs another one, which gets the first as a continuation.", traps: "Traps if the continuation is null, or has been used." },
};

const oldExceptions = "https://github.com/WebAssembly/exception-handling/blob/main/proposals/exception-handling/legacy/Exceptions.md";

// prettier-ignore
const legacy: Readonly<Record<string, Row>> = {
  try: { summary: "Runs instructions; exceptions go to its `catch` arms. Belongs to the first design of exceptions: use `try_table`." },
  catch: { summary: "Begins the arm of a `try` for exceptions with a tag, whose values are then on the stack." },
  catch_all: { summary: "Begins the arm of a `try` for all exceptions." },
  rethrow: { summary: "Throws again the exception that an arm around it has caught. Belongs to the first design of exceptions: use `throw_ref`." },
  delegate: { summary: "Ends a `try`, and lets a `try` further out handle its exceptions. Belongs to the first design of exceptions." },
};

const withoutSection: ReadonlySet<string> = new Set(["else", "end"]);

/** `undefined` where the name is none of these. */
export function controlDoc(name: string): InstructionDoc | undefined {
  const row = standard[name];
  if (row !== undefined) return { ...row, link: execution + (withoutSection.has(name) ? "block" : name.replaceAll(/[._]/g, "-")) };
  if (continuations[name] !== undefined) return { ...continuations[name], link: switching };
  return legacy[name] === undefined ? undefined : { ...legacy[name], link: oldExceptions };
}
