/** The operand stack at a place of a function, as validation sees it. */
import type { TypeTable } from "#core/wasm/validate/type-table.ts";
import type { ValueType } from "#core/wasm/validate/value-type.ts";
import type { BoundModule } from "../bind.ts";
import { BodyContext, releaseStack } from "../check/body-context.ts";
import { beginFunction } from "../check/function.ts";
import type { ModuleView } from "../check/module-view.ts";
import { isReadableUpTo } from "../check/readable.ts";
import type { WatDocument } from "../document.ts";
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";

/** Values are those of the innermost block. */
export interface StackState {
  readonly types: TypeTable;
  /** The topmost last; of very many only the topmost. */
  readonly operands: Int32Array;
  /** Whether control never comes here, so that any further operands are there. */
  readonly isUnreachable: boolean;
}

/** Nobody reads more of them. */
const operandLimit = 64;

/** Hears of each instruction, before its operands are taken. */
class ObservedContext extends BodyContext {
  readonly #visit: (place: number, context: BodyContext) => void;

  constructor(source: FieldText, view: ModuleView, visit: (place: number, context: BodyContext) => void) {
    super(source, view);
    this.#visit = visit;
  }

  override start(name: string, place: number): void {
    this.#visit(place, this);
    super.start(name, place);
  }
}

/**
 * Goes through the function in a field up to node `end`, and calls `visit` with the place of each instruction before it takes its operands;
 * setting `isLost` ends it. Returns what is known behind the last instruction; `undefined` where nothing can be said.
 */
export function walkStack(
  document: WatDocument,
  module: BoundModule,
  source: FieldText,
  end: number,
  visit: (place: number, context: BodyContext) => void,
): BodyContext | undefined {
  const { field } = source;
  if (field.kind !== Node.funcField) return undefined;
  const limit = end < field.nodeCount ? field.spans[2 * field.firstToken(end)]! : field.length;
  if (!isReadableUpTo(field, limit)) return undefined;
  const view = document.viewOf(module);
  const context = new ObservedContext(source, view, visit);
  const walk = beginFunction(context, view, end);
  if (walk === undefined) return undefined;
  walk.run(Number.POSITIVE_INFINITY);
  return context;
}

function stateOf({ stack, environment }: BodyContext): StackState {
  return { types: environment.types, operands: stack.operands(operandLimit), isUnreachable: stack.isUnreachable };
}

/** The stack before an instruction takes its operands, and behind it; of blocks only before. */
export function stackAround(
  document: WatDocument,
  module: BoundModule,
  source: FieldText,
  node: number,
): { readonly before: StackState; readonly after: StackState | undefined } | undefined {
  const { field } = source;
  const target = BodyContext.startOf(node);
  let before: StackState | undefined;
  let after: StackState | undefined;
  const last = walkStack(document, module, source, field.nodeCount, (place, context) => {
    if (before !== undefined) {
      after ??= stateOf(context);
      context.isLost = true;
    } else if (place === target) before = stateOf(context);
  });
  const end = last === undefined ? undefined : stateOf(last);
  releaseStack();
  if (before === undefined || end === undefined) return undefined;
  const isBlock = field.kindOf(node) === Node.block || field.kindOf(node) === Node.foldedBlock;
  return { before, after: isBlock ? undefined : (after ?? end) };
}

/** The stack before the first instruction behind `end`: what stands before that node has been executed, as far as it is complete. */
export function stackBefore(document: WatDocument, module: BoundModule, source: FieldText, end: number): StackState | undefined {
  const context = walkStack(document, module, source, end, nothing);
  const state = context === undefined || context.isLost ? undefined : stateOf(context);
  releaseStack();
  return state;
}

function nothing(): void {
  // Only the end is of interest.
}

/** `[i32 i64]`; of what is never reached with `…` in front. */
export function stackText({ types, operands, isUnreachable }: StackState, limit = 8): string {
  const shown = Array.from(operands.slice(-limit), (type: ValueType) => types.text(type));
  if (isUnreachable || operands.length > limit) shown.unshift("…");
  return `[${shown.join(" ")}]`;
}
