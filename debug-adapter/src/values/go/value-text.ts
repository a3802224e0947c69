/** Values on one line, in Delve's words (its service/api/prettyprint.go). */
import { encodeUtf8 } from "#core/bytes/utf8.ts";
import type { GoNode } from "./node.ts";
import { goQuoted } from "./quoted.ts";
import { shortTypeName } from "./short-type.ts";

interface Place {
  /** The value itself, not something inside of it. */
  readonly top: boolean;
  /** Whether its type stands before it. */
  readonly withType: boolean;
}

export function valueText(node: GoNode): string {
  return write(node, { top: true, withType: true });
}

function write(node: GoNode, place: Place): string {
  if (node.unreadable !== undefined) return `(unreadable ${node.unreadable})`;
  const { type } = node;
  const name = shortTypeName(type.name);
  if (!place.top && node.address === 0 && node.text === undefined) {
    return place.withType && type.kind !== "void" ? `${name} nil` : "nil";
  }
  const typed = place.withType ? `${name} ` : "";
  switch (type.kind) {
    case "slice":
      return writeSlice(node, place.withType ? `${name} len: ${node.length}, cap: ${node.capacity}, ` : "");
    case "array":
      return typed + writeElements(node);
    case "pointer":
      return writePointer(node, place);
    case "unsafe.Pointer":
      return `unsafe.Pointer(${hexadecimal(node.children[0]?.address ?? 0)})`;
    case "chan":
      return node.children.length === 0 ? `${name} nil` : `${name} ${node.children[0]?.text}/${node.children[1]?.text}`;
    case "struct":
      return writeStruct(node, name, typed);
    case "interface":
      return writeInterface(node, name, place);
    case "map":
      return typed + writeMap(node);
    case "func":
      return node.text ?? "nil";
    case "string":
      return quotedString(node);
    case "complex64":
    case "complex128":
      return `(${node.children[0]?.text} + ${node.children[1]?.text}i)`;
    default:
      return node.text ?? `(unknown ${type.kind})`;
  }
}

const hexadecimal = (address: number): string => `0x${address.toString(16)}`;

/** The name of a type as it stands where a value is left out: in quotes if its full name has an import path. */
function nameOfLeftOut({ type }: GoNode): string {
  const name = shortTypeName(type.name);
  return type.name.includes("/") ? `"${name}"` : name;
}

/** How many bytes are missing stands inside of the quotes. */
function quotedString(node: GoNode): string {
  const bytes = node.bytes ?? new Uint8Array();
  const missing = node.length - bytes.length;
  if (missing === 0) return goQuoted(bytes);
  const more = encodeUtf8(`...+${missing} more`);
  return goQuoted(Uint8Array.of(...bytes, ...more));
}

function writeSlice(node: GoNode, typed: string): string {
  return typed + (node.base === 0 && node.children.length === 0 ? "nil" : writeElements(node));
}

function writeElements(node: GoNode): string {
  const texts = node.children.map((child) => write(child, { top: false, withType: false }));
  return `[${texts.join(",")}${more(node.length - texts.length, texts.length)}]`;
}

/** What was not loaded. */
function more(missing: number, shown: number): string {
  if (missing === 0) return "";
  return shown === 0 ? "..." : `,...+${missing} more`;
}

function writePointer(node: GoNode, place: Place): string {
  const target = node.children[0];
  if (!target) return "nil";
  if (target.onlyAddress && target.address !== 0) return `(${nameOfLeftOut(node)})(${hexadecimal(target.address)})`;
  return `*${write(target, { top: false, withType: place.withType })}`;
}

function writeStruct(node: GoNode, name: string, typed: string): string {
  let prefix = typed;
  // A time is written out before its fields.
  if (node.text !== undefined) prefix = `${name}(${node.text})`;
  if (node.length > 0 && node.children.length === 0) return `(*${nameOfLeftOut(node)})(${hexadecimal(node.address)})`;
  const fields = node.children.map((child) => `${child.name}: ${write(child, { top: false, withType: true })}`);
  return `${prefix}{${fields.join(", ")}}`;
}

function writeInterface(node: GoNode, name: string, place: Place): string {
  const data = node.children[0];
  if (node.address === 0 || !data) return "nil";
  let prefix = "";
  if (place.withType) {
    if (data.type.kind === "void" && data.address === 0) return `${name} nil`;
    prefix = data.type.kind === "void" ? `${name} ` : `${name}(${shortTypeName(data.type.name)}) `;
  }
  if (data.type.kind === "pointer") {
    const target = data.children[0];
    if (!target) return `${prefix}...`;
    if (target.address === 0) return `${prefix}nil`;
    if (target.onlyAddress) return prefix + hexadecimal(data.address);
  } else if (data.onlyAddress) {
    return `${prefix}*(*${nameOfLeftOut(node)})(${hexadecimal(node.address)})`;
  }
  return prefix + write(data, { top: false, withType: !place.withType });
}

function writeMap(node: GoNode): string {
  if (node.base === 0 && node.children.length === 0) return "nil";
  let text = "[";
  for (let at = 0; at + 1 < node.children.length; at += 2) {
    const [key, elem] = [node.children[at]!, node.children[at + 1]!];
    text += `${write(key, { top: false, withType: false })}: ${write(elem, { top: false, withType: false })}, `;
  }
  const shown = node.children.length / 2;
  return `${text}${more(node.length - shown, shown)}]`;
}
