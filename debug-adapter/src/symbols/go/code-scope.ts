/** What names mean at a place of the code, whatever the frame: for conditions that the engine checks by itself. */
import { rowAt, unknownDelta } from "#core/go/binary/code-rows.ts";
import { prologueEnd } from "#core/go/listing/function-start.ts";
import { logicalFrames } from "#core/go/runtime/logical-frames.ts";
import type { ModuleOffset } from "#core/wasm/offsets.ts";
import type { GoCodeScope, GoLocalPlace } from "../../expressions/compile/go-scope.ts";
import { variableAddress } from "../../values/go.ts";
import type { FrameVariables } from "./frame-variables.ts";
import type { GoProgram } from "./go-program.ts";

/** In another frame than that of the code. */
const unknownPlace: GoLocalPlace = { type: undefined, stackOffset: 0, byReference: false };

/** `undefined` where the frame is not the function's own, or is not made yet: an inlined one, a closure that copies what it has captured. */
export function codeScope(program: GoProgram, variables: FrameVariables, offset: ModuleOffset): GoCodeScope | undefined {
  const { code, memory, functionData } = program;
  const index = code.functionAt(offset);
  const aligned = index === undefined ? undefined : code.lines.aligned(index);
  const row = aligned?.goFrame ? rowAt(aligned, offset) : -1;
  if (index === undefined || !aligned || row < 0) return undefined;
  const [delta, block] = [aligned.stackDeltas[row]!, aligned.blocks[row]!];
  const isDispatch = aligned.dispatch !== undefined && offset <= aligned.dispatch;
  const isEntering = aligned.closure && offset < aligned.offsets[prologueEnd(aligned)]!;
  if (delta === unknownDelta || isDispatch || isEntering) return undefined;
  const [frame] = logicalFrames(code, memory, functionData, { index, block, offset, stackPointer: 0, entry: delta });
  if (!frame || frame.inlined) return undefined;
  const names = variables.namesAt(index, frame.file ?? "", frame.line ?? 0);
  if (!names) return undefined;
  const { visible, around, scope } = names;
  const locals = new Map<string, GoLocalPlace>();
  for (const name of around) locals.set(name, unknownPlace);
  for (const { variable, type, shadowed } of visible) {
    if (shadowed) continue;
    const known = variable.dictionaryIndex === undefined && type !== undefined ? scope.program.types.get(type) : undefined;
    locals.set(variable.name, {
      type: known,
      stackOffset: variableAddress(delta, variable.frameOffset),
      byReference: variable.byReference,
    });
  }
  return {
    program: scope.program,
    limits: scope.limits,
    goroutineIdAt: program.layout?.g.id,
    packagePath: scope.packagePath,
    local: (name) => locals.get(name),
    globalNames: () => scope.globalNames(),
    global: (name) => variables.global(name, scope.packagePath),
    functionsNamed: (name) => scope.functionsNamed(name),
  };
}
