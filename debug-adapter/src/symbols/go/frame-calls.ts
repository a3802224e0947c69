/** Calls of functions for expressions in one frame. */
import { packageOf } from "#core/go/package-of.ts";
import type { GoCaller } from "../../expressions/go/caller.ts";
import { ExpressionError } from "../../expressions/expression-error.ts";
import type { LogicalFrame } from "../module-symbols.ts";
import type { AddedMemory } from "./added-memory.ts";
import type { FrameVariables } from "./frame-variables.ts";
import type { GoroutineCalls } from "./goroutine-call.ts";
import type { GoProgram } from "./go-program.ts";
import type { GoStops } from "./go-stop.ts";

interface Parts {
  readonly program: GoProgram;
  readonly stops: GoStops;
  readonly calls: GoroutineCalls;
  readonly added: AddedMemory;
  readonly variables: FrameVariables | undefined;
  /** The call has changed the program: what was read before does not hold any more. */
  readonly changed: () => void;
}

/** `undefined` in a frame that belongs to no goroutine. */
export function frameCalls(
  { program, stops, calls, added, variables, changed }: Parts,
  { stop, module, unwound }: LogicalFrame,
): GoCaller | undefined {
  if (!unwound) return undefined;
  const { goroutine, frame } = unwound.go;
  const checkTop = async (): Promise<void> => {
    const running = await stops.of(stop).running();
    if (running?.goroutine !== goroutine) throw new ExpressionError("selected goroutine not running");
    if (running.frames[0]?.entry !== frame.entry) throw new ExpressionError("call is only supported with topmost stack frame");
  };
  return {
    stack: async () => {
      await checkTop();
      return calls.check(stop, module, goroutine);
    },
    signature: (name) => variables?.signature(name),
    askedSignature: async (name) => variables?.askedSignature(name),
    typeDescriptor: (name) => variables?.typeDescriptor(name, packageOf(program.table.name(frame.index))),
    call: async (counter, closure, bytes) => {
      await checkTop();
      try {
        return await calls.call(stop, module, goroutine, { counter, closure, frame: bytes });
      } finally {
        changed();
      }
    },
    allocate: (bytes) => added.allocate(stop, module, bytes),
  };
}
