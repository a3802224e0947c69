/** Reads types of a field's text as the numbers that validation works on. */
import type { FunctionType, SubType, CompositeType, FieldType } from "#core/wasm/validate/type-table.ts";
import { bottom, f32, f64, firstDefinedHeap, Heap, i16, i32, i64, i8, refType, v128 } from "#core/wasm/validate/value-type.ts";
import type { HeapType, ValueType } from "#core/wasm/validate/value-type.ts";
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import { Token, Word } from "../token.ts";

const nullableRef = (heap: HeapType): ValueType => refType(heap, true);

/** Types that are one word, by its tag. */
const wordTypes: ReadonlyMap<number, ValueType> = new Map([
  [Word.i32, i32], [Word.i64, i64], [Word.f32, f32], [Word.f64, f64], [Word.v128, v128], [Word.i8, i8], [Word.i16, i16],
  [Word.anyref, nullableRef(Heap.any)], [Word.eqref, nullableRef(Heap.eq)], [Word.i31ref, nullableRef(Heap.i31)],
  [Word.structref, nullableRef(Heap.struct)], [Word.arrayref, nullableRef(Heap.array)], [Word.nullref, nullableRef(Heap.none)],
  [Word.funcref, nullableRef(Heap.func)], [Word.nullfuncref, nullableRef(Heap.nofunc)], [Word.externref, nullableRef(Heap.extern)],
  [Word.nullexternref, nullableRef(Heap.noextern)], [Word.exnref, nullableRef(Heap.exn)], [Word.nullexnref, nullableRef(Heap.noexn)],
  [Word.contref, nullableRef(Heap.cont)], [Word.nullcontref, nullableRef(Heap.nocont)],
]); // prettier-ignore

const heapWords: ReadonlyMap<number, HeapType> = new Map([
  [Word.any, Heap.any], [Word.eq, Heap.eq], [Word.i31, Heap.i31], [Word.struct, Heap.struct], [Word.array, Heap.array],
  [Word.none, Heap.none], [Word.func, Heap.func], [Word.nofunc, Heap.nofunc], [Word.extern, Heap.extern],
  [Word.noextern, Heap.noextern], [Word.exn, Heap.exn], [Word.noexn, Heap.noexn], [Word.cont, Heap.cont], [Word.nocont, Heap.nocont],
]); // prettier-ignore

/** Number of the type that a name or index token means; `undefined` where there is none. */
type ResolveType = (source: FieldText, token: number) => number | undefined;

/** Reads from {@link TypeReader.at} on. Whatever cannot be read is `bottom`, which fits everywhere, because it has had its message. */
export class TypeReader {
  readonly source: FieldText;
  readonly #resolve: ResolveType;
  /** The next token. */
  at = 0;

  constructor(source: FieldText, resolve: ResolveType) {
    this.source = source;
    this.#resolve = resolve;
  }

  /** A value or storage type. */
  valueType(): ValueType {
    const { tags } = this.source.field;
    const tag = tags[this.at]!;
    if (tag !== Token.leftParen) {
      this.at++;
      return wordTypes.get(tag) ?? bottom;
    }
    // `(ref null? heap)`
    this.at += 2;
    const isNullable = tags[this.at] === Word.null;
    if (isNullable) this.at++;
    const heap = this.heapType();
    this.at++;
    return heap === undefined ? bottom : refType(heap, isNullable);
  }

  /** `undefined` where a type is not known. */
  heapType(): HeapType | undefined {
    const token = this.at++;
    const abstract = heapWords.get(this.source.field.tags[token]!);
    if (abstract !== undefined) return abstract;
    const index = this.#resolve(this.source, token);
    return index === undefined ? undefined : firstDefinedHeap + index;
  }

  /** A type that may be in `(mut ...)`. */
  fieldType(): FieldType {
    const { tags } = this.source.field;
    const mutable = tags[this.at] === Token.leftParen && tags[this.at + 1] === Word.mut;
    if (!mutable) return { type: this.valueType(), mutable };
    this.at += 2;
    const type = this.valueType();
    this.at++;
    return { type, mutable };
  }

  /** The types in `(param ...)`, `(result ...)` or `(local ...)`. */
  list(node: number, types: ValueType[]): void {
    const { field } = this.source;
    this.at = (field.nameToken(node) ?? field.wordToken(node)) + 1;
    for (const end = field.endToken(node) - 1; this.at < end;) types.push(this.valueType());
  }

  /** The parameters and results directly inside a node. */
  signature(node: number): FunctionType {
    const { field } = this.source;
    const params: ValueType[] = [];
    const results: ValueType[] = [];
    const end = field.nodeEnd(node);
    for (let child = node + 1; child < end; child = field.nodeEnd(child)) {
      const kind = field.kindOf(child);
      if (kind === Node.param) this.list(child, params);
      else if (kind === Node.result) this.list(child, results);
      else if (kind >= Node.plain) break;
    }
    return { params: numberList(params), results: numberList(results) };
  }

  /** What a `type` field or one of a `rec` field defines. */
  definition(node: number): SubType {
    const { field } = this.source;
    const sub = field.childOf(node, Node.subType);
    const isFinal = sub === undefined || field.tags[field.wordToken(sub) + 1] === Word.final;
    const supertypes = sub === undefined ? [] : supertypeTokens(this.source, sub).map((token) => this.#resolve(this.source, token) ?? -1);
    const composite = field.children(sub ?? node)[0];
    return { composite: composite === undefined ? { kind: "unknown" } : this.#composite(composite), isFinal, supertypes };
  }

  #composite(node: number): CompositeType {
    const { field } = this.source;
    switch (field.kindOf(node)) {
      case Node.funcType:
        return { kind: "func", ...this.signature(node) };
      case Node.structType:
        return { kind: "struct", fields: this.#fields(node) };
      case Node.arrayType:
        this.at = field.wordToken(node) + 1;
        return { kind: "array", element: this.fieldType() };
      case Node.contType:
        return { kind: "cont", type: this.#resolve(this.source, field.wordToken(node) + 1) ?? -1 };
      default:
        return { kind: "unknown" };
    }
  }

  #fields(node: number): FieldType[] {
    const { field } = this.source;
    const fields: FieldType[] = [];
    for (const child of field.children(node)) {
      this.at = (field.nameToken(child) ?? field.wordToken(child)) + 1;
      for (const end = field.endToken(child) - 1; this.at < end;) fields.push(this.fieldType());
    }
    return fields;
  }
}

const noNumbers = new Int32Array(0);

/** Numbers that are not changed any more, such as types. Most lists are empty, and each array would take longer than all that is done with it. */
export function numberList(numbers: readonly number[]): Int32Array {
  return numbers.length === 0 ? noNumbers : new Int32Array(numbers);
}

/** Tokens of the types that a `(sub ...)` extends. */
export function supertypeTokens({ field }: FieldText, sub: number): number[] {
  let token = field.wordToken(sub) + 1;
  if (field.tags[token] === Word.final) token++;
  const tokens: number[] = [];
  for (; field.tags[token] === Token.natural || field.tags[token] === Token.name || field.tags[token] === Token.quotedName; token++)
    tokens.push(token);
  return tokens;
}

/** Nodes of the definitions in a `type` or `rec` field. */
export function definitionNodes({ field }: FieldText): number[] {
  if (field.kind === Node.typeField) return [0];
  return field.children(0).filter((child) => field.kindOf(child) === Node.typeDefinition);
}
