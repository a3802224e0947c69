/** The frames around the body of a loop over a function: of the bodies that it is in, and of the function with the loop. */
import type { GoFrame } from "#core/go/runtime/frame.ts";
import type { GoFrameVariable, GoFunctionVariables } from "#core/go/variables/function-variables.ts";
import { loopFunction } from "#core/go/variables/loop-body.ts";
import { variableAddress } from "../../values/go.ts";
import type { GoMemory } from "../../values/go/go-program.ts";
import { readWord, UnreadableError } from "../../values/go/memory-words.ts";

/** A frame as far as its callers are searched. */
export interface SearchedFrame {
  readonly frame: GoFrame;
  /** In the function table. */
  readonly name: string;
  readonly variables: () => GoFunctionVariables | undefined;
  /** Address of its closure, where that is not in its variable yet. */
  readonly closure?: number | undefined;
}

/** Where a body keeps the closure that it was called by. */
const closureVariable = ".closureptr";
/** Variables of a function that hold the bodies of its loops. */
const bodyVariable = /^#yield/;

/**
 * Innermost first, the function last. `undefined` where they are not all there, as when the body runs on another goroutine than the loop. Of
 * several frames of one function, as in a recursion, the right one has made the body's closure: it lies in the frame, or a variable of the
 * frame points to it. `callers`: innermost first.
 */
export async function enclosingFrames(
  memory: GoMemory,
  body: SearchedFrame,
  callers: readonly SearchedFrame[],
): Promise<readonly SearchedFrame[] | undefined> {
  const functionName = loopFunction(body.name);
  const found: SearchedFrame[] = [];
  let closure = await closureOf(memory, body);
  for (const caller of callers) {
    const isFunction = caller.name === functionName;
    if (!isFunction && loopFunction(caller.name) !== functionName) continue;
    if (!(await holds(memory, caller, closure))) continue;
    found.push(caller);
    if (isFunction) return found;
    closure = await closureOf(memory, caller);
  }
  return undefined;
}

/** Address of a body's closure; 0: it cannot be read; `undefined`: the compiler has optimised the variable away. */
async function closureOf(memory: GoMemory, { frame, variables, closure }: SearchedFrame): Promise<number | undefined> {
  if (closure !== undefined) return closure;
  const variable = variables()?.variables.find(({ name }) => name === closureVariable);
  return variable && wordOf(memory, frame, variable);
}

/** Where the closure is not known, the next frame is taken, as Delve does with optimised code (pkg/proc/stack.go `rangeFuncStackTrace`). */
async function holds(memory: GoMemory, { frame, variables }: SearchedFrame, closure: number | undefined): Promise<boolean> {
  if (closure === undefined) return true;
  if (closure === 0) return false;
  if (closure >= frame.stackPointer && closure < frame.entry) return true;
  for (const variable of variables()?.variables ?? []) {
    if (bodyVariable.test(variable.name) && (await wordOf(memory, frame, variable)) === closure) return true;
  }
  return false;
}

/** 0 where it cannot be read. */
async function wordOf(memory: GoMemory, { entry }: GoFrame, { frameOffset, byReference }: GoFrameVariable): Promise<number> {
  try {
    const word = await readWord(memory, variableAddress(entry, frameOffset));
    return byReference && word !== 0 ? await readWord(memory, word) : word;
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return 0;
  }
}
