/** What the handlers of instructions work with: the stacks, the module, and the immediates of the current instruction. */
import type { Environment } from "#core/wasm/validate/environment.ts";
import type { FunctionType } from "#core/wasm/validate/type-table.ts";
import { OperandStack } from "#core/wasm/validate/operand-stack.ts";
import type { ValueType } from "#core/wasm/validate/value-type.ts";
import type { Field, FieldText, Space } from "../field.ts";
import { LabelStack } from "../label-stack.ts";
import { Node } from "../node.ts";
import type { PlacedProblem, WatCode } from "../problem.ts";
import { Token } from "../token.ts";
import { TypeReader } from "./type-reader.ts";

/** The module as a body sees it. */
export interface ModuleView {
  readonly environment: Environment;
  /** Index that a name or index token means; -1 where there is nothing of that kind. */
  resolve(space: Space, source: FieldText, token: number): number;
  /** Identity of the type with an index, also of one that is only used; -1 where there is none. */
  typeIdentity(index: number): number;
  /** Index of a field of a struct type; -1 where there is none. */
  structField(typeToken: number, source: FieldText, token: number): number;
  /** Whether a function is referred to outside of bodies. */
  isDeclared(functionIndex: number): boolean;
}

/** Checks that the operands of one instruction are there, and puts its results on the stack. */
export type Handler = (context: BodyContext) => void;

/** More problems in one field help nobody. */
const problemLimit = 1000;

/** A problem's place is a node, or its last token. */
const endFlag = 1;

/** Bodies are checked one after another, and the stacks keep the room that they have needed. */
const sharedStack = new OperandStack();

/** Lets go of the text that was checked last. */
export function releaseStack(): void {
  sharedStack.release();
}

export class BodyContext {
  readonly stack = sharedStack;
  readonly types: TypeReader;
  readonly source: FieldText;
  readonly field: Field;
  readonly module: ModuleView;
  readonly problems: PlacedProblem[] = [];
  #localNames: Map<string, number> | undefined;
  /** Number of parameters and locals, those of the function's type included. */
  localCount = 0;
  /** Whether the parameters are only in the type that the function names. */
  hasHiddenParameters = false;
  /** Node of the current instruction. */
  node = 0;
  /** The next immediate that is a token. */
  token = 0;
  /** Set by an instruction whose meaning depends on the declared functions. */
  usesDeclared = false;
  /** Set where a type is not known, so that nothing sure can be said of what follows. */
  isLost = false;
  /** The entry of the module that the current instruction uses; its index is -1 where there is none. */
  #aboutSpace: Space = typeSpace;
  #aboutIndex = -1;
  readonly #labels = new LabelStack();

  constructor(source: FieldText, module: ModuleView) {
    this.source = source;
    this.field = source.field;
    this.module = module;
    this.types = new TypeReader(source, (_, token) => {
      const identity = this.typeAt(token);
      return identity < 0 ? undefined : identity;
    });
  }

  get environment(): Environment {
    return this.module.environment;
  }

  // Immediates

  get tag(): number {
    return this.field.tags[this.token]!;
  }

  get atIndex(): boolean {
    return isIndex(this.field.tags[this.token]!);
  }

  /** Index that the next token means; -1 where it means nothing, which has had its message. */
  index(space: Space): number {
    const index = this.module.resolve(space, this.source, this.token++);
    this.concern(space, index);
    return index;
  }

  /** Notes which entry of the module what is reported next is about. */
  concern(space: Space, index: number): void {
    this.#aboutSpace = space;
    this.#aboutIndex = index;
  }

  /** Starts an instruction. */
  start(name: string, place: number): void {
    this.stack.start(name, place);
    this.#aboutIndex = -1;
  }

  /** Identity of the type that a token means; -1 where there is none. */
  typeAt(token: number): number {
    const index = this.module.resolve(typeSpace, this.source, token);
    this.concern(typeSpace, index);
    return this.module.typeIdentity(index);
  }

  typeIdentity(): number {
    return this.typeAt(this.token++);
  }

  /** A table or memory that may be left out. `segmentFollows`: a lone index is the segment's. */
  optionalIndex(space: Space, segmentFollows = false): number {
    const { tags } = this.field;
    const isGiven = isIndex(tags[this.token]!) && (!segmentFollows || isIndex(tags[this.token + 1]!));
    if (isGiven) return this.index(space);
    this.concern(space, 0);
    return 0;
  }

  natural(): number {
    const { source } = this;
    const token = this.token++;
    return source.naturalOf(token);
  }

  valueType(): ValueType {
    this.types.at = this.token;
    const type = this.types.valueType();
    this.token = this.types.at;
    return type;
  }

  // Names of the function

  /** Gives a local or parameter a name; of several with one name the first has it. */
  nameLocal(name: string, index: number): void {
    this.#localNames ??= new Map<string, number>();
    if (!this.#localNames.has(name)) this.#localNames.set(name, index);
  }

  /** Index of the local with a name; -1 where there is none. */
  localNamed(name: string): number {
    return this.#localNames?.get(name) ?? -1;
  }

  pushLabel(nameToken: number | undefined): void {
    this.#labels.push(nameToken === undefined ? undefined : this.source.nameOf(nameToken));
  }

  popLabel(): void {
    this.#labels.pop();
  }

  /** Types that a branch to the label at the next token takes; `undefined` where there is no such label. */
  label(): Int32Array | undefined {
    if (this.tag === Token.natural) return this.stack.labelTypes(this.natural());
    if (!this.atIndex) return undefined;
    const distance = this.#labels.distanceTo(this.source.nameOf(this.token++));
    return distance === undefined ? undefined : this.stack.labelTypes(distance);
  }

  // Problems

  /** Place of a node's last token, for the stack. */
  static endOf(node: number): number {
    return (node << 1) | endFlag;
  }

  static startOf(node: number): number {
    return node << 1;
  }

  /** For the stack: places are nodes. */
  report(code: WatCode, message: string, place: number, related?: { readonly message: string; readonly place: number }): void {
    const own = this.#spanOf(place);
    if (related === undefined) this.#add({ code, message, ...own });
    else this.#add({ code, message, ...own, related: { message: related.message, ...this.#spanOf(related.place) } });
  }

  /** Reports at a token. */
  reportAt(code: WatCode, message: string, token: number, related?: { readonly message: string; readonly token: number }): void {
    this.stack.doubt();
    const own = this.#tokenSpan(token);
    if (related === undefined) this.#add({ code, message, ...own });
    else this.#add({ code, message, ...own, related: { message: related.message, ...this.#tokenSpan(related.token) } });
  }

  #tokenSpan(token: number): { readonly start: number; readonly end: number } {
    return { start: this.field.spans[2 * token]!, end: this.field.spans[2 * token + 1]! };
  }

  #add(problem: PlacedProblem): void {
    const about = { space: this.#aboutSpace, index: this.#aboutIndex };
    this.problems.push(about.index < 0 ? problem : { ...problem, about });
    this.isLost ||= this.problems.length >= problemLimit;
  }

  /** Reports a type that is not of the kind that is needed. */
  wrongKind(token: number, identity: number, needed: string): void {
    const { kind } = this.environment.types.composite(identity);
    if (kind === "unknown") return;
    const written = this.source.tokenText(token);
    this.reportAt("wrong-type-kind", `\`${written}\` is a ${kindWords[kind]} type, but a ${kindWords[needed]} type is needed here.`, token);
  }

  /** After an immediate that is not known: any operands may have been taken, and any results given. */
  loseOperands(): void {
    this.stack.setUnreachable();
  }

  /** Name and immediates of an instruction, without its operands. */
  #spanOf(place: number): { readonly start: number; readonly end: number } {
    const { field } = this;
    const node = place >> 1;
    let first = field.wordToken(node);
    let last = first;
    if ((place & endFlag) !== 0) {
      last = field.endToken(node) - 1;
      if (field.kindOf(node) === Node.block && isName(field.tags[last]!)) last--;
      first = last;
    } else if (field.kindOf(node) === Node.plain || field.kindOf(node) === Node.folded) {
      const operands = operandsOf(field, node);
      last = (operands < field.nodeEnd(node) ? field.firstToken(operands) : field.endToken(node) - (field.kindOf(node) === Node.folded ? 1 : 0)) - 1; // prettier-ignore
    }
    return { start: field.spans[2 * first]!, end: field.spans[2 * Math.max(first, last) + 1]! };
  }
}

const typeSpace: Space = 0;

const kindWords: Readonly<Record<string, string>> = { func: "function", struct: "struct", array: "array", cont: "continuation" };

/** The first node inside an instruction that is not part of its immediates. */
function operandsOf(field: Field, node: number): number {
  let child = node + 1;
  const end = field.nodeEnd(node);
  while (child < end && immediateKinds.has(field.kindOf(child))) child = field.nodeEnd(child);
  return child;
}

export const immediateKinds: ReadonlySet<number> = new Set([
  Node.typeUse,
  Node.param,
  Node.result,
  Node.refType,
  Node.catchClause,
  Node.handler,
]);

export function isName(tag: number): boolean {
  return tag === Token.name || tag === Token.quotedName;
}

export function isIndex(tag: number): boolean {
  return tag === Token.natural || isName(tag);
}

/** A type use: the identity where it names a type, and the function type itself. */
export interface TypeUse {
  readonly identity: number | undefined;
  readonly type: FunctionType;
}

const noTypes = new Int32Array(0);
const nothing: TypeUse = { identity: undefined, type: { params: noTypes, results: noTypes } };
const unknownType: FunctionType = nothing.type;
const singleResults = new Map<ValueType, TypeUse>();

/** Reads the type use of a node. A named type that is no function type is reported. */
export function typeUse(context: BodyContext, node: number): TypeUse {
  const { field, types } = context;
  const first = node + 1;
  const end = field.nodeEnd(node);
  let child = first;
  while (child < end && (field.kindOf(child) === Node.inlineExport || field.kindOf(child) === Node.inlineImport))
    child = field.nodeEnd(child);
  if (child >= end) return nothing;
  const kind = field.kindOf(child);
  if (kind === Node.typeUse) return namedType(context, field.firstToken(child) + 2);
  if (kind !== Node.param && kind !== Node.result) return nothing;
  if (kind === Node.result && !followedBySignature(field, child, end)) {
    types.at = field.firstToken(child) + 2;
    if (types.at + 1 === field.endToken(child) - 1) {
      const type = types.valueType();
      let known = singleResults.get(type);
      if (known === undefined) {
        known = { identity: undefined, type: { params: noTypes, results: Int32Array.of(type) } };
        // Only the few types without a module's names are worth keeping.
        if (type < 128) singleResults.set(type, known);
      }
      return known;
    }
  }
  return { identity: undefined, type: types.signature(node) };
}

function followedBySignature(field: Field, child: number, end: number): boolean {
  const next = field.nodeEnd(child);
  return next < end && field.kindOf(next) === Node.result;
}

function namedType(context: BodyContext, token: number): TypeUse {
  const identity = context.typeAt(token);
  const { types } = context.environment;
  const type = identity < 0 ? undefined : types.function(identity);
  if (type !== undefined) return { identity, type };
  if (identity >= 0 && types.composite(identity).kind !== "unknown") {
    context.wrongKind(token, identity, "func");
  }
  context.isLost = true;
  return { identity: undefined, type: unknownType };
}
