import { withoutAliases, type PointerType } from "#core/dwarf/data-type.ts";
import type { Variable } from "../symbols/module-symbols.ts";
import { unpagedLimit } from "./child-range.ts";
import { numberOf, typedValue } from "./fields.ts";
import { addressIn, bytesOf, element, membersOf, pointee, sliceOf, typed, type TypedValue } from "./parts.ts";
import { variantOf } from "./rust/variants.ts";
import { ValueError, type ValueContext } from "./value.ts";
import type { View } from "./view.ts";
import { viewOf } from "./views.ts";
import { taggedOf } from "./zig/tagged-unions.ts";

/** Base classes, smart pointers and references are looked through this deep. */
const depthLimit = 8;

/** What `variable` points to: `*p`; of an array its first element, of a smart pointer what it owns. Rejects with {@link ValueError}. */
export async function dereference(variable: Variable, context: ValueContext): Promise<Variable> {
  const value = typed(variable);
  const type = withoutAliases(value.type);
  if (type.kind === "pointer") {
    const target = await throughPointer(variable, value, type, context);
    return type.flavour === "pointer" || !isReference(target) ? target : dereference(target, context);
  }
  if (type.kind === "array") return elementAt(variable, 0, context);
  const view = await viewOf(variable, value, type, context);
  if (view?.kind === "pointer" || view?.kind === "wrapped") return inside(variable, view);
  throw new ValueError(`${variable.name} (type ${value.type.name}) is no pointer`);
}

function inside(variable: Variable, view: Extract<View, { kind: "pointer" | "wrapped" }>): Variable {
  if (view.kind === "pointer") return view.target ?? fail(`${variable.name} is a null pointer`);
  return view.inner ?? fail(`${variable.name} holds no value: it is ${view.none}`);
}

function fail(message: string): never {
  throw new ValueError(message);
}

async function throughPointer(variable: Variable, value: TypedValue, type: PointerType, context: ValueContext): Promise<Variable> {
  const target = type.target();
  if (!target) throw new ValueError(`${variable.name} points to void: its target has no type`);
  const address = await addressIn(value, type, context);
  if (address === undefined) throw new ValueError(`${variable.name} cannot be read: it lies outside of memory`);
  if (address === 0) throw new ValueError(`${variable.name} is a null pointer`);
  return pointee(variable, value, `*${variable.name}`, address, target);
}

/** What is written without an operator, but is a pointer in memory. */
function isReference(variable: Variable): boolean {
  const value = typedValue(variable);
  const type = value && withoutAliases(value.type);
  return type?.kind === "pointer" && (type.flavour.endsWith("reference") || (variable.language === "rust" && type.name.startsWith("&")));
}

/** What a reference refers to; what is none stays as it is. A damaged file may have one that refers to itself. */
export async function withoutReferences(variable: Variable, context: ValueContext): Promise<Variable> {
  let current = variable;
  for (let depth = 0; depth < depthLimit && isReference(current); depth++) {
    const value = typed(current);
    current = await throughPointer(current, value, withoutAliases(value.type) as PointerType, context);
  }
  return current === variable ? variable : { ...current, name: variable.name };
}

/**
 * `variable.name`, also through pointers, references and what owns a value; members of base classes and of anonymous members are found too.
 * Rejects with {@link ValueError}.
 */
export async function childNamed(variable: Variable, name: string, context: ValueContext): Promise<Variable> {
  let current = variable;
  for (let depth = 0; depth < depthLimit; depth++) {
    const value = typed(current);
    const type = withoutAliases(value.type);
    if (type.kind === "pointer") {
      current = await throughPointer(current, value, type, context);
      continue;
    }
    const own = await ownChild(current, value, name, context);
    if (own) return own;
    const variant = type.kind === "struct" ? await variantOf(current, value, type, context) : undefined;
    if (variant?.kind === "variant") {
      current = variant.payload;
      continue;
    }
    const tagged = await taggedOf(current, value, context);
    if (tagged?.kind === "tagged") {
      if (tagged.name === name && tagged.member) return tagged.member;
      throw new ValueError(`${variable.name} is ${tagged.name}: it has no member ${name} now`);
    }
    const view = await viewOf(current, value, type, context);
    if (view?.kind === "tuple") {
      const part = view.parts.find((candidate) => candidate.name === name || candidate.name === `get<${name}>()`);
      if (part) return part;
    }
    if (view?.kind !== "pointer" && view?.kind !== "wrapped") break;
    const other = view.kind === "pointer" ? view.others.find((candidate) => candidate.name === name) : undefined;
    if (other) return other;
    current = inside(variable, view);
  }
  throw new ValueError(`${variable.name} (type ${variable.typeName ?? "unknown"}) has no member ${name}`);
}

/** A member of a struct itself, or of a base class of it. */
async function ownChild(variable: Variable, value: TypedValue, name: string, context: ValueContext): Promise<Variable | undefined> {
  const type = withoutAliases(value.type);
  if (type.kind !== "struct") return undefined;
  const open = [{ parent: variable, value, members: type.members(), depth: 0 }];
  for (let next = open.shift(); next; next = open.shift()) {
    const children = await membersOf(next.parent, next.value, next.members, "value", context);
    const found = children.find(({ variable: child, access }) => child.name === name && access.kind === "member");
    if (found) return found.variable;
    for (const { variable: base, access } of children) {
      if ((access.kind !== "base" && !isEmbedded(base)) || next.depth >= depthLimit) continue;
      const inner = typed(base);
      const innerType = withoutAliases(inner.type);
      if (innerType.kind === "struct") open.push({ parent: base, value: inner, members: innerType.members(), depth: next.depth + 1 });
    }
  }
  return undefined;
}

/** A field of Go that is named like its type: its fields are fields of the struct. */
function isEmbedded({ language, name, typeName }: Variable): boolean {
  return language === "tinygo" && name !== "" && typeName !== undefined && typeName.split(".").at(-1) === name;
}

/** The value of a map under a key that is a text, given as its UTF-8 bytes. Rejects with {@link ValueError}. */
export async function valueUnder(variable: Variable, key: Uint8Array, context: ValueContext): Promise<Variable> {
  const text = new TextDecoder().decode(key);
  let current = await withoutReferences(variable, context);
  for (let depth = 0; depth < depthLimit; depth++) {
    const value = typed(current);
    const view = await viewOf(current, value, withoutAliases(value.type), context);
    if (view?.kind === "map") {
      const entries = await view.at({ start: 0, count: unpagedLimit });
      for (const entry of entries)
        if (await isText(entry.key, key, context)) return { ...entry.value, name: `${variable.name}["${text}"]` };
      throw new ValueError(`${variable.name} has no key "${text}"`);
    }
    if (view?.kind !== "pointer" && view?.kind !== "wrapped") break;
    current = inside(variable, view);
  }
  throw new ValueError(`${variable.name} (type ${variable.typeName ?? "unknown"}) is no map with texts as its keys`);
}

/** Whether a string is this text. */
async function isText(variable: Variable, text: Uint8Array, context: ValueContext): Promise<boolean> {
  const whole = await withoutReferences(variable, context);
  const value = typed(whole);
  const slice = await sliceOf(whole, value, context);
  const view = slice ? undefined : await viewOf(whole, value, withoutAliases(value.type), context);
  const found = slice
    ? { first: slice.first, length: slice.count }
    : view?.kind === "text"
      ? { first: view.first, length: view.units }
      : undefined;
  if (found?.length !== text.length || (view?.kind === "text" && view.unitSize !== 1)) return false;
  const bytes = await bytesOf(typed(found.first), found.length, context);
  return bytes !== undefined && bytes.every((byte, at) => byte === text[at]);
}

/** `variable[index]` of an array, a pointer, a list or map of the library. Rejects with {@link ValueError}, also behind an array's end. */
export async function elementAt(variable: Variable, index: number, context: ValueContext): Promise<Variable> {
  const whole = await withoutReferences(variable, context);
  const value = typed(whole);
  const type = withoutAliases(value.type);
  const name = `${variable.name}[${index}]`;
  const numbered = (found: Variable | undefined): Variable => ({ ...(found ?? fail(`elements of ${variable.name} have no size`)), name });
  if (type.kind === "array") {
    checkBounds(variable, index, type.count);
    return numbered(element(whole, value, type.element, index));
  }
  const view = await viewOf(whole, value, type, context);
  if (type.kind === "pointer" && !view) {
    const first = await throughPointer(whole, value, type, context);
    const target = typed(first);
    return numbered(element(first, target, target.type, index));
  }
  const slice = await sliceOf(whole, value, context);
  if (slice) {
    checkBounds(variable, index, slice.count);
    return numbered(element(slice.first, typed(slice.first), slice.type, index));
  }
  const found = view && (await elementOfView(variable, view, index, context));
  if (!found) throw new ValueError(`${variable.name} (type ${variable.typeName ?? "unknown"}) is no array and no pointer`);
  return { ...found, name };
}

function checkBounds(variable: Variable, index: number, count: number | undefined): void {
  if (index < 0 || (count !== undefined && index >= count)) {
    throw new ValueError(`index ${index} is out of bounds: ${variable.name} has ${count ?? "no"} elements`);
  }
}

async function elementOfView(variable: Variable, view: View, index: number, context: ValueContext): Promise<Variable | undefined> {
  switch (view.kind) {
    case "text": {
      checkBounds(variable, index, view.units);
      const first = typed(view.first);
      return element(view.first, first, first.type, index);
    }
    case "sequence":
      checkBounds(variable, index, view.count);
      return (await view.at({ start: index, count: 1 }))[0];
    case "map": {
      const entries = await view.at({ start: 0, count: unpagedLimit });
      for (const { key, value } of entries) if ((await numberOf(key, context)) === index) return value;
      throw new ValueError(`${variable.name} has no key ${index}`);
    }
    case "pointer":
    case "wrapped":
      return elementAt(inside(variable, view), index, context);
    case "set":
    case "tuple":
      return undefined;
  }
}
