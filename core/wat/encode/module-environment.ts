import type { Field, FieldText } from "../field.ts";
import { fitsBits, integerValue } from "../literal-number.ts";
import { Node } from "../node.ts";
import { Token } from "../token.ts";
import { IndexSpace } from "./index-space.ts";
import type { EncodeProblem } from "./problem.ts";
import { FunctionTypes } from "./function-types.ts";

/** What all fields of a module share while they are encoded: index spaces, function types, problems. */
export class ModuleEnvironment {
  readonly problems: EncodeProblem[] = [];
  readonly types = new IndexSpace("type");
  readonly functions = new IndexSpace("function");
  readonly tables = new IndexSpace("table");
  readonly memories = new IndexSpace("memory");
  readonly globals = new IndexSpace("global");
  readonly tags = new IndexSpace("tag");
  readonly elements = new IndexSpace("element segment");
  readonly data = new IndexSpace("data segment");
  /** Type index to the names of a struct's fields. */
  readonly structFields = new Map<number, IndexSpace>();
  readonly functionTypes = new FunctionTypes();
  /** Whether an instruction names a data segment: then the data count section must stand before the code. */
  usesDataIndex = false;

  report(text: FieldText, first: number, last: number, message: string): void {
    this.problems.push({ message, span: { start: text.startOf(first), end: text.endOf(last) } });
  }

  /** The index that a token means: a number, or a name of the space. */
  resolve(text: FieldText, token: number, space: IndexSpace): number {
    const tag = text.field.tags[token];
    if (tag === Token.natural) return this.natural(text, token, 32);
    const index = isName(tag) ? space.names.get(text.nameOf(token)) : undefined;
    if (index !== undefined) return index;
    this.report(text, token, token, `there is no ${space.title} ${text.tokenText(token)} in this module`);
    return 0;
  }

  /** Value of an unsigned number that must fit `bits`, at most 53. */
  natural(text: FieldText, token: number, bits: number): number {
    const small = bits >= 32 && text.field.tags[token] === Token.natural ? smallNumber(text.tokenText(token)) : undefined;
    return small ?? Number(this.naturalWide(text, token, bits));
  }

  naturalWide(text: FieldText, token: number, bits: number): bigint {
    if (text.field.tags[token] === Token.natural) {
      const value = integerValue(text.tokenText(token));
      if (fitsBits(value, bits)) return value;
    }
    this.report(text, token, token, `expected a number below 2 to the power of ${bits}`);
    return 0n;
  }

  /** Counts what the fields define and import, so that later ones can be named in earlier ones. */
  declare(fields: readonly FieldText[]): void {
    for (const text of fields) this.#declareField(text);
  }

  #declareField(text: FieldText): void {
    const { field } = text;
    switch (field.kind) {
      case Node.typeField:
        this.types.add(nameOf(text, 0));
        return;
      case Node.recField:
        for (const child of field.children(0)) if (field.kindOf(child) === Node.typeDefinition) this.types.add(nameOf(text, child));
        return;
      case Node.importField:
        for (const node of importedNodes(field)) this.#externSpace(field.kindOf(node))?.add(nameOf(text, node));
        return;
      case Node.funcField:
        this.functions.add(nameOf(text, 0));
        return;
      case Node.tableField:
        this.tables.add(nameOf(text, 0));
        if (field.childOf(0, Node.inlineElem) !== undefined) this.elements.add(undefined);
        return;
      case Node.memoryField:
        this.memories.add(nameOf(text, 0));
        if (field.childOf(0, Node.inlineData) !== undefined) this.data.add(undefined);
        return;
      case Node.globalField:
        this.globals.add(nameOf(text, 0));
        return;
      case Node.tagField:
        this.tags.add(nameOf(text, 0));
        return;
      case Node.elemField:
        this.elements.add(nameOf(text, 0));
        return;
      case Node.dataField:
        this.data.add(nameOf(text, 0));
        return;
      default:
    }
  }

  #externSpace(kind: number): IndexSpace | undefined {
    if (kind === Node.externFunc) return this.functions;
    if (kind === Node.externTable) return this.tables;
    if (kind === Node.externMemory) return this.memories;
    if (kind === Node.externGlobal) return this.globals;
    return kind === Node.externTag ? this.tags : undefined;
  }
}

/** The nodes that describe what an import field imports, one for each entry of an index space: the type of several items comes for each. */
export function importedNodes(field: Field): readonly number[] {
  const children = field.children(0);
  const items = children.filter((child) => field.kindOf(child) === Node.importItem);
  if (items.length === 0) return children.slice(0, 1);
  const shared = children.find((child) => field.kindOf(child) !== Node.importItem);
  return shared === undefined ? items.flatMap((item) => field.children(item)) : items.map(() => shared);
}

/** The name that a node gives to what it defines. */
export function nameOf(text: FieldText, node: number): string | undefined {
  const token = text.field.nameToken(node);
  return token === undefined ? undefined : text.nameOf(token);
}

export function isName(tag: number | undefined): boolean {
  return tag === Token.name || tag === Token.quotedName;
}

export function isIndex(tag: number | undefined): boolean {
  return tag === Token.natural || isName(tag);
}

/** Value of an integer of at most nine digits; `undefined` for anything longer or in another form. */
export function smallNumber(written: string): number | undefined {
  if (written.length > 9) return undefined;
  const value = Number(written);
  return Number.isInteger(value) ? value : undefined;
}
