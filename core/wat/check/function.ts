/** Checks a function that the module defines. */
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import type { PlacedProblem } from "../problem.ts";
import { BodyWalk, firstInstructionOf } from "./body.ts";
import { BodyContext, typeUse } from "./body-context.ts";
import type { ModuleView } from "./module-view.ts";
import { numberList } from "./type-reader.ts";

export interface CheckedBody {
  readonly problems: readonly PlacedProblem[];
  /** Whether the outcome hangs on which functions are referred to outside of bodies. */
  readonly usesDeclared: boolean;
}

const nothing: CheckedBody = { problems: [], usesDeclared: false };

/** The check of one function. It can rest, and starts anew where another body was checked meanwhile. */
export class FunctionCheck {
  readonly #source: FieldText;
  readonly #view: ModuleView;
  #context: BodyContext | undefined;
  #walk: BodyWalk | undefined;
  /** Instructions of the last run's limit that were not needed. */
  rest = 0;

  constructor(source: FieldText, view: ModuleView) {
    this.#source = source;
    this.#view = view;
  }

  /** Checks about `limit` instructions more. Returns the outcome once it is known. */
  run(limit: number): CheckedBody | undefined {
    this.rest = limit;
    let context = this.#context;
    if (context === undefined || this.#walk === undefined || !context.stack.isHeldBy(context)) {
      context = new BodyContext(this.#source, this.#view);
      this.#context = context;
      this.#walk = beginFunction(context, this.#view);
      if (this.#walk === undefined) return outcome(context);
    }
    this.rest = this.#walk.run(limit);
    if (this.rest === 0) return undefined;
    if (!context.isLost) {
      context.start("end", BodyContext.endOf(0));
      context.stack.endBody();
    }
    return outcome(context);
  }
}

function outcome({ problems, usesDeclared }: BodyContext): CheckedBody {
  return problems.length === 0 && !usesDeclared ? nothing : { problems, usesDeclared };
}

/** Begins the body of a function, up to a node; `undefined` where there is none, or nothing is known of its type. */
export function beginFunction(context: BodyContext, view: ModuleView, end = context.field.nodeEnd(0)): BodyWalk | undefined {
  const { field, stack } = context;
  const { type } = typeUse(context, 0);
  if (field.childOf(0, Node.inlineImport) !== undefined || context.isLost) return undefined;
  const locals = Array.from(type.params);
  nameLocals(context, locals);
  const isWritten = field.childOf(0, Node.param) !== undefined || field.childOf(0, Node.result) !== undefined;
  context.hasHiddenParameters = !isWritten && field.childOf(0, Node.typeUse) !== undefined;
  context.localCount = locals.length;
  stack.begin(view.environment.types, context, {
    locals: numberList(locals),
    paramCount: type.params.length,
    results: type.results,
    place: BodyContext.startOf(0),
    word: "function",
  });
  context.pushLabel(undefined);
  return new BodyWalk(context, firstInstructionOf(field), end);
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
  if (token !== undefined) context.nameLocal(context.source.nameOf(token), index);
}
