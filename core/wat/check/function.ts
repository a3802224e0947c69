/** Checks a function that the module defines. */
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import type { PlacedProblem } from "../problem.ts";
import { checkInstructions, firstInstructionOf } from "./body.ts";
import { BodyContext, typeUse } from "./body-context.ts";
import type { ModuleView } from "./module-view.ts";

interface CheckedBody {
  readonly problems: readonly PlacedProblem[];
  /** Whether the outcome hangs on which functions are referred to outside of bodies. */
  readonly usesDeclared: boolean;
}

const nothing: CheckedBody = { problems: [], usesDeclared: false };

export function checkFunction(source: FieldText, view: ModuleView): CheckedBody {
  const { field } = source;
  if (field.childOf(0, Node.inlineImport) !== undefined) {
    const context = new BodyContext(source, view);
    typeUse(context, 0);
    return context.problems.length === 0 ? nothing : { problems: context.problems, usesDeclared: false };
  }
  const context = new BodyContext(source, view);
  const { type } = typeUse(context, 0);
  if (context.isLost) return { problems: context.problems, usesDeclared: false };
  const locals = Array.from(type.params);
  nameLocals(context, locals);
  context.hasHiddenParameters = field.childOf(0, Node.param) === undefined && type.params.length > 0;
  context.localCount = locals.length;
  const { stack } = context;
  stack.begin(view.environment.types, context, {
    locals: Int32Array.from(locals),
    paramCount: type.params.length,
    results: type.results,
    place: BodyContext.startOf(0),
    word: "function",
  });
  context.pushLabel(undefined);
  checkInstructions(context, firstInstructionOf(field), field.nodeEnd(0));
  if (!context.isLost) {
    context.start("end", BodyContext.endOf(0));
    stack.endBody();
  }
  if (context.problems.length === 0 && !context.usesDeclared) return nothing;
  return { problems: context.problems, usesDeclared: context.usesDeclared };
}

/** Adds the types of the declared locals, and the names of parameters and locals. */
function nameLocals(context: BodyContext, locals: number[]): void {
  const { field, types } = context;
  let parameter = 0;
  const end = field.nodeEnd(0);
  for (let node = 1; node < end && field.kindOf(node) < Node.tableUse; node = field.nodeEnd(node)) {
    const kind = field.kindOf(node);
    if (kind === Node.param) {
      name(context, node, parameter);
      const own: number[] = [];
      types.list(node, own);
      parameter += own.length;
    } else if (kind === Node.local) {
      name(context, node, locals.length);
      types.list(node, locals);
    }
  }
}

function name(context: BodyContext, node: number, index: number): void {
  const token = context.field.nameToken(node);
  if (token === undefined) return;
  const written = context.source.nameOf(token);
  if (!context.localNames.has(written)) context.localNames.set(written, index);
}
