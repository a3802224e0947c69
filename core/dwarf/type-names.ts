import { attribute, languageNames, tag } from "./constants.ts";
import type { Entry } from "./entries.ts";
import { enclosingNames, isCpp, isLambda, qualifiedTypeName } from "./qualified-name.ts";

const qualifiers: ReadonlyMap<number, string> = new Map([
  [tag.constType, "const"],
  [tag.volatileType, "volatile"],
  [tag.restrictType, "restrict"],
  [tag.atomicType, "_Atomic"],
]);

const aggregates: ReadonlyMap<number, string> = new Map([
  [tag.structureType, "struct"],
  [tag.classType, "class"],
  [tag.unionType, "union"],
  [tag.enumerationType, "enum"],
  [tag.interfaceType, "interface"],
]);

const pointers: ReadonlyMap<number, string> = new Map([
  [tag.pointerType, "*"],
  [tag.referenceType, "&"],
  [tag.rvalueReferenceType, "&&"],
]);

/** Types of parameters within types of parameters are written this deep; a damaged file may hold a circle. */
const depthLimit = 4;
const linkLimit = 64;

/**
 * A type as C and C++ spell it: `const char *`, `int[2][3]`, `int (*)(int)`; a type that has a name of its own by that name.
 * `undefined` stands for `void`.
 */
export function typeName(type: Entry | undefined, depth = 0): string {
  if (depth > depthLimit) return "...";
  // The declarator grows around a name that is not there, from the outermost type to the innermost.
  let declarator = "";
  let before = "";
  let current = type;
  for (let links = 0; links < linkLimit; links++) {
    if (!current) return withDeclarator(`${before}void`, declarator);
    const qualifier = qualifiers.get(current.tag);
    const inner = current.reference(attribute.type);
    if (isLibraryAlias(current)) {
      current = inner;
      continue;
    }
    const named = current.name;
    if (named !== undefined && !qualifier)
      return withDeclarator(before + prefixOf(current) + qualifiedTypeName(current, named), declarator);
    if (isTinyGo(current) && !qualifier) return goName(current, depth);
    if (current.tag === tag.arrayType && languageNames.get(current.unit.language ?? 0) === "rust") return rustArray(current, depth);
    if (qualifier) {
      if (inner && isPointer(inner)) declarator = declarator === "" ? ` ${qualifier}` : ` ${qualifier} ${declarator}`;
      else before += `${qualifier} `;
    } else if (isPointer(current)) {
      const star = memberPointerPrefix(current) + (pointers.get(current.tag) ?? "*");
      declarator = star + declarator.trimStart();
      if (inner && isWrapped(inner)) declarator = `(${declarator})`;
    } else if (current.tag === tag.arrayType) {
      declarator += dimensions(current)
        .map((count) => `[${count ?? ""}]`)
        .join("");
    } else if (current.tag === tag.subroutineType) {
      declarator += `(${parameterNames(current, depth)})`;
    } else if (isCpp(current) && isLambda(current)) {
      return withDeclarator(`${before}(lambda)`, declarator);
    } else {
      return withDeclarator(`${before}${aggregates.get(current.tag) ?? ""} {...}`.trim(), declarator);
    }
    current = inner;
  }
  return "...";
}

/** Go writes what a type is made of behind it: `*main.T`, `[4]int16`. */
function goName(type: Entry, depth: number): string {
  const inner = (): string => typeName(type.reference(attribute.type), depth + 1);
  if (type.tag === tag.pointerType) return type.reference(attribute.type) ? `*${inner()}` : "unsafe.Pointer";
  if (type.tag === tag.arrayType)
    return (
      dimensions(type)
        .map((count) => `[${count ?? ""}]`)
        .join("") + inner()
    );
  return type.tag === tag.subroutineType ? "func(...)" : "struct {...}";
}

function rustArray(array: Entry, depth: number): string {
  const element = typeName(array.reference(attribute.type), depth + 1);
  return dimensions(array).reduceRight((inner: string, count) => `[${inner}; ${count ?? "?"}]`, element);
}

function withDeclarator(name: string, declarator: string): string {
  if (declarator === "" || declarator.startsWith("[")) return name + declarator;
  return `${name} ${declarator.trimStart()}`;
}

/** Types that the C++ library has for its own use in its classes, such as `value_type`: what they stand for says more. */
function isLibraryAlias(type: Entry): boolean {
  const { parent } = type;
  if (type.tag !== tag.typedef || !parent || !aggregates.has(parent.tag) || !isCpp(type)) return false;
  return enclosingNames(type)[0] === "std";
}

/** C needs the word before the name; other languages do not have it. */
function prefixOf(type: Entry): string {
  const word = aggregates.get(type.tag);
  return word && languageNames.get(type.unit.language ?? 0) === "c" && !isAnotherLanguage(type) ? `${word} ` : "";
}

const isTinyGo = (type: Entry): boolean => /^TinyGo/i.test(type.unit.producer ?? "");

/** Zig and TinyGo say that they are C. */
function isAnotherLanguage(type: Entry): boolean {
  return /^(zig|TinyGo)/i.test(type.unit.producer ?? "");
}

function isPointer(type: Entry): boolean {
  return pointers.has(type.tag) || type.tag === tag.pointerToMemberType;
}

/** What a `*` before it needs parentheses for. */
function isWrapped(type: Entry): boolean {
  return (type.tag === tag.arrayType || type.tag === tag.subroutineType) && type.name === undefined;
}

function memberPointerPrefix(type: Entry): string {
  if (type.tag !== tag.pointerToMemberType) return "";
  const owner = type.reference(attribute.containingType);
  return `${owner?.name === undefined ? "" : qualifiedTypeName(owner, owner.name)}::`;
}

function parameterNames(type: Entry, depth: number): string {
  const names = type
    .children()
    .filter((child) => child.tag === tag.formalParameter || child.tag === tag.unspecifiedParameters)
    .map((child) => (child.tag === tag.formalParameter ? typeName(child.reference(attribute.type), depth + 1) : "..."));
  return names.join(", ") || "void";
}

/** Element counts of an array type, outermost first; `undefined` where one is unknown. */
export function dimensions(array: Entry): readonly (number | undefined)[] {
  const counts = array
    .children()
    .filter((child) => child.tag === tag.subrangeType)
    .map(countOf);
  return counts.length > 0 ? counts : [undefined];
}

function countOf(subrange: Entry): number | undefined {
  const count = subrange.number(attribute.count);
  if (count !== undefined) return count;
  const upper = subrange.value(attribute.upperBound);
  if (upper?.kind !== "constant") return undefined;
  // An upper bound of -1, in whatever width, is an array without elements.
  const last = Number(BigInt.asIntN(64, upper.value));
  const lower = subrange.number(attribute.lowerBound) ?? 0;
  if (last === -1 || last === 0xffffffff) return lower === 0 ? 0 : undefined;
  return last >= lower ? last - lower + 1 : undefined;
}
