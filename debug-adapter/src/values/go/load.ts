/** Reads values out of memory, as deep as Delve does (pkg/proc/variables.go `loadValueInternal`). */
import {
  commonOf,
  opaqueType,
  type GoArrayType,
  type GoBasicType,
  type GoChanType,
  type GoInterfaceType,
  type GoMapType,
  type GoPointerType,
  type GoSliceType,
  type GoStructType,
  type GoType,
} from "#core/go/layouts/go-type.ts";
import { channelStruct } from "./channels.ts";
import { constantName } from "./constant-name.ts";
import type { GoLoadLimits, GoMemory, GoProgramFacts } from "./go-program.ts";
import { mapEntries, mapLength } from "./maps.ts";
import { readBytes, readWord, readWords, UnreadableError } from "./memory-words.ts";
import { newNode, type GoNode } from "./node.ts";
import { complexParts, scalarValue } from "./numbers.ts";
import { GoTypeSource } from "./runtime-types.ts";
import { timeText } from "./time-text.ts";

/** Structs inside of structs are read this deep; pointers do not count, but for pointers to pointers and to interfaces. */
const deepestLevel = 1;
/** Slices of slices do not count as levels, nor do channels in channels: a value that holds itself by those ends here. */
const deepestNesting = 16;
/** Values that one value on the screen may be made of, for each element that was asked for. */
const mostNodes = 400;
/** Elements that cannot be read before the rest is given up. */
const mostErrors = 3;
/** What a channel's struct shows of its strings and arrays, whatever the limits are. */
const channelLimits: GoLoadLimits = { maxStringLen: 64, maxArrayValues: 64 };

const voidType = opaqueType("void", "void");

interface Depth {
  readonly level: number;
  readonly nesting: number;
  readonly limits: GoLoadLimits;
  /** Shared by all that is loaded together. */
  readonly budget: { nodes: number };
}

/** Reads values of one stop. */
export class GoLoader {
  readonly program: GoProgramFacts;
  readonly memory: GoMemory;
  readonly types: GoTypeSource;

  constructor(program: GoProgramFacts, memory: GoMemory) {
    this.program = program;
    this.memory = memory;
    this.types = new GoTypeSource(program, memory);
  }

  /** The value at `address`, with what lies one level below. `skip`: elements or entries that are passed over first. */
  async load(name: string, type: GoType, address: number, limits: GoLoadLimits, skip = 0): Promise<GoNode> {
    const node = newNode(name, type, address);
    await this.#load(node, { level: 0, nesting: 0, limits, budget: { nodes: mostNodes * Math.max(limits.maxArrayValues, 1) } }, skip);
    return node;
  }

  async #load(node: GoNode, depth: Depth, skip = 0): Promise<void> {
    if (node.address === 0 && node.base === 0) return;
    if (depth.nesting > deepestNesting || --depth.budget.nodes < 0) {
      node.unreadable = "nested too deep to be shown here";
      return;
    }
    try {
      await this.#loadKind(node, { ...depth, nesting: depth.nesting + 1 }, skip);
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      node.unreadable = error.message;
    }
  }

  async #loadKind(node: GoNode, depth: Depth, skip: number): Promise<void> {
    const { type } = node;
    switch (type.kind) {
      case "pointer":
        return this.#loadPointer(node, type, depth);
      case "unsafe.Pointer":
        node.children = [newNode("", voidType, await this.#word(node))];
        return;
      case "string":
        return this.#loadString(node, depth);
      case "slice":
      case "array":
        return this.#loadElements(node, type, depth, skip);
      case "struct":
        return this.#loadStruct(node, type, depth);
      case "map":
        return this.#loadMap(node, type, depth, skip);
      case "chan":
        return this.#loadChannel(node, type, depth);
      case "func":
        return this.#loadFunction(node, depth);
      case "interface":
        return this.#loadInterface(node, type, depth);
      case "complex64":
      case "complex128":
        return this.#loadComplex(node);
      case "void":
        throw new UnreadableError('unknown or unsupported kind: "invalid"');
      case "parameter":
      case "unknown":
        throw new UnreadableError(`the type ${type.name} is not known`);
      default:
        return this.#loadScalar(node, type);
    }
  }

  async #loadScalar(node: GoNode, type: GoBasicType): Promise<void> {
    const scalar = scalarValue(type.kind, await readBytes(this.memory, node.address, type.size));
    if (!scalar) throw new UnreadableError(`the type ${type.name} is not known`);
    const name = scalar.number === undefined ? undefined : constantName(this.program.types, type, scalar.number);
    node.text = name === undefined ? scalar.text : `${name} (${scalar.text})`;
    node.number = scalar.number;
  }

  #word(node: GoNode): Promise<number> {
    return readWord(this.memory, node.address);
  }

  async #loadPointer(node: GoNode, type: GoPointerType, depth: Depth): Promise<void> {
    const target = newNode("", await this.types.get(type.elem), await this.#word(node));
    node.children = [target];
    node.length = 1;
    const { kind } = target.type;
    if (kind === "pointer" && depth.level > deepestLevel) {
      target.onlyAddress = true;
      return;
    }
    const level = kind === "pointer" || kind === "interface" ? depth.level + 1 : depth.level;
    await this.#load(target, { ...depth, level });
  }

  async #loadString(node: GoNode, { limits }: Depth): Promise<void> {
    const [base, length] = await readWords(this.memory, node.address, 2);
    if (length! < 0) throw new UnreadableError(`invalid length: ${length}`);
    node.base = base!;
    node.length = length!;
    node.bytes = await readBytes(this.memory, base!, Math.min(length!, limits.maxStringLen));
    node.text = "";
  }

  async #loadElements(node: GoNode, type: GoSliceType | GoArrayType, depth: Depth, skip: number): Promise<void> {
    if (type.kind === "slice") {
      const [base, length, capacity] = await readWords(this.memory, node.address, 3);
      Object.assign(node, { base, length, capacity });
    }
    if (node.length < 0) throw new UnreadableError("negative array length");
    if (node.base === 0 && node.length > 0) throw new UnreadableError("non-zero length array with nil base");
    const elem = await this.types.get(type.elem);
    const count = Math.max(0, Math.min(node.length - skip, depth.limits.maxArrayValues, depth.budget.nodes));
    const address = (at: number): number => node.base + (skip + at) * elem.size;
    const elements = Array.from({ length: count }, (_, at) => newNode("", elem, address(at)));
    await this.#loadAll(elements, depth);
    node.children = readableStart(elements, 1);
  }

  async #loadAll(nodes: readonly GoNode[], depth: Depth): Promise<void> {
    await Promise.all(nodes.map((node) => this.#load(node, { ...depth, level: depth.level + 1 })));
  }

  async #loadStruct(node: GoNode, type: GoStructType, depth: Depth): Promise<void> {
    node.length = type.fields.length;
    if (depth.level <= deepestLevel) {
      node.children = await Promise.all(
        type.fields.map(async (field) => newNode(field.name, await this.types.get(field.type), node.address + field.offset)),
      );
      await this.#loadAll(node.children, depth);
      if (type.name === "time.Time") node.text = await timeText(this.memory, this.types, type, node.address);
    }
  }

  async #loadMap(node: GoNode, type: GoMapType, depth: Depth, skip: number): Promise<void> {
    node.base = await this.#word(node);
    if (node.base === 0) return;
    const { types } = this.program;
    node.length = await mapLength(types, this.memory, node.base);
    if (node.length < 0) throw new UnreadableError(`invalid length: ${node.length}`);
    if (depth.level > deepestLevel || node.length === 0) return;
    const [key, elem] = [await this.types.get(type.key), await this.types.get(type.elem)];
    const count = Math.min(node.length - skip, depth.limits.maxArrayValues, depth.budget.nodes);
    const entries = await mapEntries(types, this.memory, node.base, { key, elem }, skip, count);
    const children = entries.flatMap((entry) => [newNode("", key, entry.key), newNode("", elem, entry.elem)]);
    await this.#loadAll(children, depth);
    node.children = readableStart(children, 2);
  }

  /** A channel is shown as its struct, which is read from the first level on. */
  async #loadChannel(node: GoNode, type: GoChanType, depth: Depth): Promise<void> {
    node.base = await this.#word(node);
    if (node.base === 0) return;
    // The element's type is needed by name: it may not have been read yet.
    await this.types.get(type.elem);
    const general = this.program.types.runtimeStruct("runtime.hchan");
    const sizeField = general?.fields.find((field) => field.name === "dataqsiz");
    if (!sizeField) throw new UnreadableError("the layout of channels of this version of Go is not known");
    const capacity = Math.max(0, await readWord(this.memory, node.base + sizeField.offset));
    const struct = channelStruct(this.program.types, type, capacity);
    if (!struct) throw new UnreadableError(`the type ${type.name} is not known`);
    const inside = newNode("", struct, node.base);
    await this.#load(inside, { ...depth, level: 0, limits: channelLimits });
    node.children = inside.children;
    node.length = inside.length;
    node.unreadable = inside.unreadable;
  }

  async #loadFunction(node: GoNode, depth: Depth): Promise<void> {
    const closure = await this.#word(node);
    if (closure === 0) return;
    const counter = await readWord(this.memory, closure);
    const name = this.program.functionName(counter);
    if (name === undefined || name === "") throw new UnreadableError(`could not find function for 0x${counter.toString(16)}`);
    node.base = counter;
    node.text = name;
    const captured = this.program.closureVariables(name);
    node.length = captured.length;
    const { further } = this.program;
    if (further?.isOpen(name) && closure >= further.staticEnd) node.undescribed = name;
    if (depth.level > deepestLevel) return;
    node.children = await Promise.all(
      captured.map(async (variable) => {
        const place = closure + variable.offset;
        const address = variable.byReference ? await readWord(this.memory, place) : place;
        return newNode(variable.name, await this.types.get(variable.type), address);
      }),
    );
    await this.#loadAll(node.children, depth);
  }

  async #loadInterface(node: GoNode, type: GoInterfaceType, depth: Depth): Promise<void> {
    const [typeWord, data] = await readWords(this.memory, node.address, 2);
    if (typeWord === 0) {
      node.children = [newNode("", voidType, 0)];
      return;
    }
    const descriptor = await this.#dynamicType(typeWord!, type);
    const dynamic = await this.types.at(descriptor);
    const isDirect = await this.#isPointerShaped(dynamic);
    const value = newNode("data", dynamic, isDirect ? node.address + 8 : data!);
    node.children = [value];
    if (depth.level <= deepestLevel) await this.#load(value, depth);
    else value.onlyAddress = true;
  }

  /** An interface with methods holds an `itab`, in which the type stands. */
  async #dynamicType(typeWord: number, type: GoInterfaceType): Promise<number> {
    if (type.methods.length === 0) return typeWord;
    const field = this.program.types.runtimeStruct("internal/abi.ITab")?.fields.find((candidate) => candidate.name === "Type");
    return readWord(this.memory, typeWord + (field?.offset ?? 8));
  }

  /** Such a value stands in the interface itself, any other one behind its pointer. */
  async #isPointerShaped(type: GoType): Promise<boolean> {
    let current = type;
    for (let depth = 0; depth < deepestNesting; depth++) {
      if (current.kind === "struct" && current.fields.length === 1) current = await this.types.get(current.fields[0]!.type);
      else if (current.kind === "array" && current.length === 1) current = await this.types.get(current.elem);
      else return ["pointer", "chan", "map", "func", "unsafe.Pointer"].includes(current.kind);
    }
    return false;
  }

  async #loadComplex(node: GoNode): Promise<void> {
    const parts = complexParts(await readBytes(this.memory, node.address, node.type.size));
    const half = node.type.size / 2;
    const partType: GoType = { ...commonOf(half === 4 ? "float32" : "float64", half, half), kind: half === 4 ? "float32" : "float64" };
    node.children = parts.map((text, at) => ({ ...newNode(at === 0 ? "real" : "imaginary", partType, node.address + at * half), text }));
    node.text = "";
  }
}

/** Without what follows too many elements (of `stride` nodes) that cannot be read. */
function readableStart(nodes: GoNode[], stride: number): GoNode[] {
  let errors = 0;
  for (let at = 0; at < nodes.length; at += stride) {
    if (nodes.slice(at, at + stride).some((node) => node.unreadable !== undefined)) errors++;
    if (errors > mostErrors) return nodes.slice(0, at + stride);
  }
  return nodes;
}
