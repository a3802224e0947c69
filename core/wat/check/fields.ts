/** Checks fields that are neither functions nor types. Source: WebAssembly 3.0, 3.5 "Modules". */
import { entryFlag, entryType } from "#core/wasm/validate/environment.ts";
import { bottom, firstDefinedHeap, Heap, i32, i64, refType } from "#core/wasm/validate/value-type.ts";
import type { ValueType } from "#core/wasm/validate/value-type.ts";
import { contentsToken } from "../encode/external-types.ts";
import { Space } from "../field.ts";
import type { FieldText } from "../field.ts";
import { integerValue } from "../literal-number.ts";
import { Node } from "../node.ts";
import type { PlacedProblem } from "../problem.ts";
import { Token, Word } from "../token.ts";
import { checkInstructions } from "./body.ts";
import { BodyContext, isIndex, typeUse } from "./body-context.ts";
import { elementsToken } from "./contributions.ts";
import type { ModuleView } from "./module-view.ts";

/** Where a field stands among the entries of its module. */
interface FieldPlace {
  /** Globals before the field. */
  readonly globals: number;
  readonly importedGlobals: number;
  readonly tables: number;
}

export function checkField(source: FieldText, view: ModuleView, place: FieldPlace): readonly PlacedProblem[] {
  const { field } = source;
  const context = new BodyContext(source, view);
  switch (field.kind) {
    case Node.importField:
      for (const child of field.children(0)) {
        const inner = field.kindOf(child) === Node.importItem ? field.children(child) : [child];
        for (const node of inner) checkExtern(context, node);
      }
      break;
    case Node.tableField:
      checkTable(context, place);
      break;
    case Node.memoryField:
      if (field.childOf(0, Node.inlineData) === undefined) checkMemoryType(context, contentsToken(source, 0));
      break;
    case Node.globalField:
      checkGlobal(context, place);
      break;
    case Node.tagField:
      checkTag(context, 0);
      break;
    case Node.startField:
      checkStart(context);
      break;
    case Node.elemField:
      checkElements(context);
      break;
    case Node.dataField:
      checkData(context);
      break;
    default:
  }
  return context.problems;
}

function checkExtern(context: BodyContext, node: number): void {
  const token = contentsToken(context.source, node);
  switch (context.field.kindOf(node)) {
    case Node.externFunc:
      typeUse(context, node);
      return;
    case Node.externTag:
      return checkTag(context, node);
    case Node.externMemory:
      return checkMemoryType(context, token);
    case Node.externTable:
      return void checkTableLimits(context, token);
    default:
  }
}

interface Limits {
  readonly is64: boolean;
  readonly isShared: boolean;
  readonly hasMaximum: boolean;
  /** Token behind. */
  readonly next: number;
}

/**
 * Checks `i64? min max? shared?`. `most`: the largest size for an address type. `unit`: of what, for messages.
 */
function checkLimits(context: BodyContext, first: number, unit: string, most: (is64: boolean) => bigint): Limits {
  const { field, source } = context;
  const { tags } = field;
  let token = first;
  const is64 = tags[token] === Word.i64;
  if (is64 || tags[token] === Word.i32) token++;
  const sizes: bigint[] = [];
  const from = token;
  for (; tags[token] === Token.natural && sizes.length < 2; token++) sizes.push(integerValue(source.tokenText(token)));
  const limit = most(is64);
  const tooLarge = sizes.findIndex((size) => size > limit);
  const [minimum, maximum] = sizes;
  if (tooLarge >= 0) {
    context.reportAt("size-too-large", `With ${is64 ? 64 : 32}-bit addresses there can be at most ${limit} ${unit}.`, from + tooLarge);
  } else if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
    context.reportAt("minimum-over-maximum", `The size starts at ${minimum}, which is more than its maximum ${maximum}.`, from);
  }
  const isShared = tags[token] === Word.shared;
  if (isShared) token++;
  return { is64, isShared, hasMaximum: maximum !== undefined, next: token };
}

function checkMemoryType(context: BodyContext, token: number): void {
  const { field } = context;
  const size = Array.from({ length: field.nodeCount }, (_, node) => node).find(
    (node) => field.kindOf(node) === Node.pageSize && field.firstToken(node) >= token,
  );
  const pageBits = size !== undefined && /^0*1$/.test(context.source.tokenText(field.wordToken(size) + 1)) ? 0 : 16;
  const { isShared, hasMaximum, next } = checkLimits(context, token, pageBits === 0 ? "bytes" : "pages", (is64) => {
    if (!is64) return 1n << BigInt(32 - pageBits);
    return pageBits === 0 ? (1n << 64n) - 1n : 1n << BigInt(64 - pageBits);
  });
  if (isShared && !hasMaximum)
    context.reportAt("shared-without-maximum", "A shared memory needs a maximum size, because it cannot move when it grows.", next - 1);
}

/** Checks the limits of a table. Returns the token of its element type. */
function checkTableLimits(context: BodyContext, token: number): number {
  return checkLimits(context, token, "elements", (is64) => (is64 ? (1n << 64n) - 1n : (1n << 32n) - 1n)).next;
}

function checkTable(context: BodyContext, place: FieldPlace): void {
  const { field, source, environment } = context;
  const token = contentsToken(source, 0);
  const inline = field.childOf(0, Node.inlineElem);
  const entry = environment.tables[place.tables];
  const type = entry === undefined ? bottom : entryType(entry);
  if (inline !== undefined) return checkItems(context, inline, field.wordToken(inline) + 1, type);
  const typeToken = checkTableLimits(context, token);
  if (field.childOf(0, Node.inlineImport) !== undefined) return;
  const first = field.children(0).find((child) => field.kindOf(child) >= Node.plain);
  if (first !== undefined) return checkConstant(context, first, field.nodeEnd(0), type, place.importedGlobals, 0);
  const { types } = environment;
  if (type !== bottom && !types.matches(refType(Heap.bottom, true), type)) {
    const message = `Elements of type ${types.text(type)} need a value to start with. Write a constant behind the type, or use a type with null.`;
    context.reportAt("type-mismatch", message, field.tags[typeToken] === Token.leftParen ? typeToken + 1 : typeToken);
  }
}

function checkGlobal(context: BodyContext, place: FieldPlace): void {
  const { field, environment } = context;
  if (field.childOf(0, Node.inlineImport) !== undefined) return;
  const entry = environment.globals[place.globals];
  const first = field.children(0).find((child) => field.kindOf(child) >= Node.plain) ?? field.nodeEnd(0);
  checkConstant(context, first, field.nodeEnd(0), entry === undefined ? bottom : entryType(entry), place.globals, 0);
}

/** Tags of continuations give results to who suspended; where there are none of those types, results are a mistake. */
function checkTag(context: BodyContext, node: number): void {
  const { field, environment } = context;
  const { type } = typeUse(context, node);
  if (type.results.length === 0) return;
  if (environment.types.hasContinuations) return;
  const result = field.childOf(node, Node.result) ?? field.childOf(node, Node.typeUse);
  const token = result === undefined ? field.wordToken(node) : field.wordToken(result);
  context.reportAt(
    "tag-results",
    `An exception has no results, but the tag's type gives ${environment.types.listText(type.results)}.`,
    token,
  );
}

function checkStart(context: BodyContext): void {
  const { field, environment, source } = context;
  context.token = field.wordToken(0) + 1;
  const token = context.token;
  const type = environment.types.function(environment.functions[context.index(Space.func)] ?? -1);
  if (type === undefined || (type.params.length === 0 && type.results.length === 0)) return;
  const { types } = environment;
  context.reportAt(
    "start-type",
    `The start function takes and gives nothing, but \`${source.tokenText(token)}\` has the type ${types.listText(type.params)} -> ${types.listText(type.results)}.`,
    token,
  );
}

function checkElements(context: BodyContext): void {
  const { field, environment, source } = context;
  const token = elementsToken(source);
  const isList = field.tags[token] === Word.func || isIndex(field.tags[token]!) || token === field.endToken(0) - 1;
  context.types.at = token;
  const type = isList ? refType(Heap.func, false) : context.types.valueType();
  const offset = field.childOf(0, Node.offset);
  if (offset !== undefined) {
    const use = field.childOf(0, Node.tableUse);
    context.token = use === undefined ? contentsToken(source, 0) : field.wordToken(use) + 1;
    const table = use === undefined && !context.atIndex ? 0 : context.index(Space.table);
    const entry = environment.tables[table];
    if (entry !== undefined) {
      checkOffset(context, offset, entryFlag(entry));
      context.concern(Space.table, table);
      if (!environment.types.matches(type, entryType(entry))) {
        const message = `The table holds ${environment.types.text(entryType(entry))}, and elements of type ${environment.types.text(type)} do not fit.`;
        context.reportAt("type-mismatch", message, isList ? field.wordToken(0) : field.tags[token] === Token.leftParen ? token + 1 : token);
      }
    }
  }
  checkItems(context, 0, token, type);
}

/** Checks the elements of a segment: functions from `token` on, or items. */
function checkItems(context: BodyContext, node: number, token: number, type: ValueType): void {
  const { field, environment } = context;
  for (const child of field.children(node)) {
    if (field.kindOf(child) === Node.elemItem)
      checkConstant(context, child + 1, field.nodeEnd(child), type, environment.globals.length, child);
  }
  context.token = field.tags[token] === Word.func ? token + 1 : token;
  while (context.atIndex) {
    const at = context.token;
    const identity = environment.functions[context.index(Space.func)] ?? -1;
    const reference = identity < 0 ? bottom : refType(firstDefinedHeap + identity, false);
    if (environment.types.matches(reference, type)) continue;
    context.reportAt("type-mismatch", `This function is ${environment.types.text(reference)}, which does not fit ${environment.types.text(type)}.`, at); // prettier-ignore
  }
}

function checkData(context: BodyContext): void {
  const { field, environment, source } = context;
  const offset = field.childOf(0, Node.offset);
  if (offset === undefined) return;
  const use = field.childOf(0, Node.memoryUse);
  context.token = use === undefined ? contentsToken(source, 0) : field.wordToken(use) + 1;
  const entry = environment.memories[use === undefined && !context.atIndex ? 0 : context.index(Space.memory)];
  if (entry !== undefined) checkOffset(context, offset, entry === 1);
}

function checkOffset(context: BodyContext, node: number, is64: boolean): void {
  checkConstant(context, node + 1, context.field.nodeEnd(node), is64 ? i64 : i32, context.environment.globals.length, node);
}

/** Checks the nodes from `first` to `end` as one constant. `around`: the node that they are in. */
function checkConstant(context: BodyContext, first: number, end: number, type: ValueType, globals: number, around: number): void {
  const { stack, environment } = context;
  context.isLost = false;
  stack.begin(environment.types, context, {
    locals: noLocals,
    paramCount: 0,
    results: Int32Array.of(type),
    place: BodyContext.startOf(around),
    word: "expression",
  });
  context.pushLabel(undefined);
  checkInstructions(context, first, end, globals);
  if (!context.isLost) {
    context.start("end", BodyContext.endOf(around));
    stack.endBody();
  }
  context.popLabel();
}

const noLocals = new Int32Array(0);
