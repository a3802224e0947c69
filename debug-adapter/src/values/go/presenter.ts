/** Values with what is inside of them, as Delve's debug adapter hands them out (its service/dap/server.go). */
import { encodeUtf8, decodeUtf8 } from "#core/bytes/utf8.ts";
import { isUnsignedKind } from "#core/go/layouts/go-type.ts";
import type { ChildRange } from "../value.ts";
import type { GoLoadLimits } from "./go-program.ts";
import type { GoLoader } from "./load.ts";
import { withJavaScript } from "./javascript-values.ts";
import { mapChildren } from "./map-children.ts";
import { UnreadableError } from "./memory-words.ts";
import { newNode, type GoNode } from "./node.ts";
import { goQuoted } from "./quoted.ts";
import type { GoInside, GoShownValue } from "./shown-value.ts";
import { valueText } from "./value-text.ts";

/** Bytes of a value that has something inside. */
const longestValue = 256;

/** Hands out values; they live as long as the loader's memory is the program's. */
export class GoPresenter {
  readonly loader: GoLoader;
  readonly #limits: GoLoadLimits;

  constructor(loader: GoLoader, limits: GoLoadLimits) {
    this.loader = loader;
    this.#limits = limits;
  }

  /** `expression`: empty where no expression gives the value. With `whole` the value is not cut. */
  async show(node: GoNode, name: string, expression: string, whole = false): Promise<GoShownValue> {
    await this.#completeTop(node);
    const inside = hasInside(node) ? this.#inside(node, expression) : undefined;
    const text = node.number !== undefined && isUnsignedKind(node.type.kind) ? withHexadecimal(node) : valueText(node);
    const shown = {
      name,
      value: inside && !whole ? cut(text) : text,
      type: typeText(node),
      evaluateName: expression === "" ? undefined : expression,
      memoryReference: memoryReference(node),
      inside,
    };
    return withJavaScript(shown, node, this.loader.memory.kept);
  }

  /** Loads the value for itself, if it was left out when what it is part of was loaded. */
  async #completeTop(node: GoNode): Promise<void> {
    if (node.unreadable !== undefined || node.address === 0 || !isLeftOut(node)) return;
    const loaded = await this.loader.load(node.name, node.type, node.address, this.#limits);
    node.children = loaded.children;
    node.text = loaded.text;
  }

  #inside(shown: GoNode, expression: string): GoInside {
    const { kind } = shown.type;
    const isList = kind === "slice" || kind === "array";
    const isString = isList && isBytesOrRunes(shown);
    const { version } = this.loader.memory;
    const fresh = async (): Promise<GoNode> => {
      if (shown.undescribed !== undefined) await this.loader.program.further?.describe(shown.undescribed);
      return version === this.loader.memory.version && shown.undescribed === undefined ? shown : this.#again(shown);
    };
    const indexed = async (range?: ChildRange): Promise<readonly GoShownValue[]> => {
      const start = range?.start ?? 0;
      const node = await fresh();
      const part = await this.#part(node, range);
      if (kind === "map") return mapChildren((child, name, of) => this.show(child, name, of), part, expression, start);
      if (isList) return this.#elements(part, expression, start);
      return this.#parts(node, expression);
    };
    const named = async (): Promise<readonly GoShownValue[]> => {
      const node = await fresh();
      if (kind === "map") return [lengthOf(node, expression)];
      return isString ? [await this.#asString(node)] : [];
    };
    return {
      indexedCount: isList || kind === "map" ? shown.length : 0,
      namedCount: kind === "map" || isString ? 1 : 0,
      list: async (filter, range) => {
        if (filter === "named") return named();
        if (filter === "indexed") return indexed(range);
        return [...(await named()), ...(await indexed())];
      },
    };
  }

  /** The value as it is now: memory was written since it was shown. */
  #again({ name, type, address }: GoNode): Promise<GoNode> {
    return this.loader.load(name, type, address, this.#limits);
  }

  /** The elements of `range`, which are read if they are not those that are there. */
  async #part(node: GoNode, range: ChildRange | undefined): Promise<GoNode> {
    const stride = node.type.kind === "map" ? 2 : 1;
    if (!range || (range.start === 0 && range.count * stride === node.children.length)) return node;
    const limits = { ...this.#limits, maxArrayValues: range.count };
    return this.loader.load(node.name, node.type, node.address, limits, range.start);
  }

  async #elements(node: GoNode, expression: string, start: number): Promise<readonly GoShownValue[]> {
    return Promise.all(
      node.children.map(async (child, at) => {
        const index = `[${start + at}]`;
        return { ...(await this.show(child, index, `${expression}${index}`)), memoryReference: undefined };
      }),
    );
  }

  /** Fields, what a pointer points to, what an interface holds, the variables of a closure. */
  async #parts(node: GoNode, expression: string): Promise<readonly GoShownValue[]> {
    return Promise.all(node.children.map((child) => this.show(child, child.name, partExpression(node, child, expression))));
  }

  /** Bytes or runes as text. */
  async #asString(node: GoNode): Promise<GoShownValue> {
    const limits = { ...this.#limits, maxArrayValues: this.#limits.maxStringLen };
    const loaded = await this.loader.load("", node.type, node.address, limits);
    const numbers = loaded.children.map((child) => Number(child.number ?? 0n));
    const isBytes = loaded.children[0]?.type.size === 1;
    const bytes = isBytes ? Uint8Array.from(numbers) : encodeUtf8(numbers.map(runeText).join(""));
    return {
      name: "string()",
      value: goQuoted(bytes),
      type: "string",
      evaluateName: undefined,
      memoryReference: undefined,
      inside: undefined,
    };
  }

  /** A variable of a scope; `place` throws {@link UnreadableError} where it is nowhere. */
  async load(name: string, type: GoNode["type"], place: () => Promise<number>): Promise<GoNode> {
    try {
      return await this.loader.load(name, type, await place(), this.#limits);
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      return { ...newNode(name, type, 0), unreadable: error.message };
    }
  }
}

function runeText(code: number): string {
  return code < 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? "\ufffd" : String.fromCodePoint(code);
}

/** Whether nothing of what is inside has been loaded. */
function isLeftOut(node: GoNode): boolean {
  const first = node.children[0];
  switch (node.type.kind) {
    case "pointer":
    case "interface":
      return first !== undefined && first.onlyAddress && first.address !== 0;
    case "map":
    case "struct":
    case "func":
      return node.length > 0 && node.children.length === 0;
    default:
      return false;
  }
}

function hasInside(node: GoNode): boolean {
  const first = node.children[0];
  if (node.unreadable === undefined && node.undescribed !== undefined) return true;
  if (node.unreadable !== undefined || !first) return false;
  switch (node.type.kind) {
    case "unsafe.Pointer":
      return false;
    case "pointer":
    case "interface":
      return first.address !== 0 && first.type.kind !== "void" && !first.onlyAddress;
    case "slice":
    case "array":
    case "map":
      return node.base !== 0;
    default:
      return true;
  }
}

function isBytesOrRunes(node: GoNode): boolean {
  const kind = node.children[0]?.type.kind;
  return kind === "uint8" || kind === "int32";
}

const withHexadecimal = (node: GoNode): string => `${valueText(node)} = 0x${node.number!.toString(16)}`;

/** Cut by bytes, as Go counts; what is left of a character that was cut through are replacement characters. */
function cut(text: string): string {
  const bytes = encodeUtf8(text);
  if (bytes.length <= longestValue) return text;
  let end = longestValue;
  while ((bytes[end]! & 0xc0) === 0x80) end--;
  return `${decodeUtf8(bytes.subarray(0, end))}${"\ufffd".repeat(longestValue - end)}...`;
}

/** The type as the client sees it: of an interface with the type of what it holds. */
function typeText(node: GoNode): string {
  const data = node.children[0];
  const isFull = node.type.kind === "interface" && data !== undefined && data.type.kind !== "void";
  return isFull ? `${node.type.name}(${data.type.name})` : node.type.name;
}

function memoryReference(node: GoNode): string | undefined {
  if (node.unreadable !== undefined || (node.type.kind !== "string" && node.type.kind !== "slice")) return undefined;
  return `0x${(node.base === 0 ? node.address : node.base).toString(16)}`;
}

function lengthOf(node: GoNode, expression: string): GoShownValue {
  return {
    name: "len()",
    value: String(node.length),
    type: "int",
    evaluateName: `len(${expression})`,
    memoryReference: undefined,
    inside: undefined,
  };
}

/** The compiler's own variables have no expression, nor have parts of what has none. */
function partExpression(node: GoNode, child: GoNode, expression: string): string {
  if (expression === "" || child.name.startsWith("~") || child.name.startsWith(".")) return "";
  switch (node.type.kind) {
    case "interface":
      return `${expression}.(${child.name})`;
    case "pointer":
      return `(*${expression})`;
    case "complex64":
    case "complex128":
      return "";
    default:
      return `${expression}.${child.name}`;
  }
}
