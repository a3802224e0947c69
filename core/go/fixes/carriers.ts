/** Finds the carrier of a type. */
import { isHostLayout, type MemoryProblem } from "../types/memory.ts";
import { underlying, type BasicName, type GoType } from "../types/types.ts";
import type { MemoryRule } from "../types/memory.ts";
import { convertedForm, pass, sameForm, type Carrier, type Form, type Value } from "./carrier.ts";
import type { CarrierWriting } from "./carrier-writing.ts";
import { markStructs } from "./markers.ts";
import { mirrorCarrier } from "./mirror.ts";
import { qualifier, spell } from "./spell.ts";

const asTheyAre = new Set<BasicName>(["int32", "uint32", "int64", "uint64", "float32", "float64", "bool"]);
/** Arrays of arrays are followed this far. */
const maximalDepth = 100;
const small = new Set<BasicName>(["int8", "uint8", "int16", "uint16"]);

export function carrierOf(writing: CarrierWriting, value: Value): Carrier {
  const shape = underlying(value.type);
  switch (shape.kind) {
    case "basic":
      return basicCarrier(writing, value, shape.name);
    case "pointer":
      return pointerCarrier(writing, value, shape.element);
    case "slice":
      return sliceCarrier(writing, value, shape.element) ?? handleCarrier(writing, value);
    case "array":
    case "struct":
      return byValueCarrier(writing, value) ?? mirrored(writing, value) ?? handleCarrier(writing, value);
    default:
      return handleCarrier(writing, value);
  }
}

function carrier(type: string, parameter: Form, result = parameter, memory = result): Carrier {
  return { type, parameter, result, memory };
}

function basicCarrier(writing: CarrierWriting, value: Value, name: BasicName): Carrier {
  const { text } = value;
  const unsafe = (): string => qualifier(writing, "unsafe");
  const as = (type: string): Form =>
    convertedForm(
      type,
      (part) => `${text}(${part})`,
      (go) => `${type}(${go})`,
    );
  if (asTheyAre.has(name)) return carrier(text, sameForm(text));
  if (small.has(name)) return carrier(text, as(name.startsWith("u") ? "uint32" : "int32"), undefined, sameForm(text));
  switch (name) {
    case "int":
    case "uint":
      return carrier(text, as(`${name}${writing.integerBits}`));
    case "uintptr":
      return carrier(text, sameForm(text), undefined, as("uint32"));
    case "unsafe.Pointer": {
      const address = convertedForm(
        "uint32",
        (part) => `${text}(uintptr(${part}))`,
        (go) => `uint32(uintptr(${go}))`,
        true,
      );
      return carrier(text, sameForm(text), undefined, address);
    }
    case "complex64":
    case "complex128":
      return complexCarrier(writing, value, name === "complex64" ? "float32" : "float64");
    default: {
      const string = {
        address: (go: string) => `${unsafe()}StringData(${plainString(go)})`,
        rebuild: (pointer: string, length: string) => conversion(`${unsafe()}String(${pointer}, ${length})`),
      };
      return carrier(text, sameForm(text), packedForm(writing, "byte", string), spreadForm(writing, "byte", string));
    }
  }

  /** A defined string type is none to package unsafe. */
  function plainString(go: string): string {
    return text === "string" ? go : `string(${go})`;
  }
  function conversion(expression: string): string {
    return text === "string" ? expression : `${text}(${expression})`;
  }
}

function complexCarrier(writing: CarrierWriting, { text }: Value, part: string): Carrier {
  const parts = [
    { suffix: "Re", type: part },
    { suffix: "Im", type: part },
  ];
  const build = (re: string, im: string): string => {
    const built = `complex(${re}, ${im})`;
    return text.startsWith("complex") ? built : `${text}(${built})`;
  };
  const parameter: Form = {
    parts,
    toGo: ([re, im]) => pass(build(re!, im!)),
    toHost: (go) => pass(`real(${go})`, `imag(${go})`),
    lends: false,
  };
  const twin = `*[2]${part}`;
  const result = convertedForm(
    twin,
    (pointer) => `*(*${text})(${qualifier(writing, "unsafe")}Pointer(${pointer}))`,
    (go) => `(${twin})(${qualifier(writing, "unsafe")}Pointer(&${go}))`,
    true,
  );
  return carrier(text, parameter, result, parameter);
}

interface Bytes {
  readonly address: (go: string) => string;
  readonly rebuild: (pointer: string, length: string) => string;
}

/** One uint64 for an address (upper half) and a length, the usual form of a result in memory. */
function packedForm(writing: CarrierWriting, element: string, { address, rebuild }: Bytes): Form {
  const pointer = (): string => `${qualifier(writing, "unsafe")}Pointer`;
  return convertedForm(
    "uint64",
    (packed) => rebuild(`(*${element})(${pointer()}(uintptr(${packed}>>32)))`, `uint32(${packed})`),
    (go) => `uint64(uintptr(${pointer()}(${address(go)})))<<32 | uint64(len(${go}))`,
    true,
  );
}

/** Address and length in fields of their own. */
function spreadForm(writing: CarrierWriting, element: string, { address, rebuild }: Bytes): Form {
  const pointer = (): string => `${qualifier(writing, "unsafe")}Pointer`;
  return {
    parts: [
      { suffix: "Ptr", type: "uint32" },
      { suffix: "Len", type: "uint32" },
    ],
    toGo: ([at, length]) => pass(rebuild(`(*${element})(${pointer()}(uintptr(${at})))`, length!)),
    toHost: (go) => pass(`uint32(uintptr(${pointer()}(${address(go)})))`, `uint32(len(${go}))`),
    lends: true,
  };
}

function sliceCarrier(writing: CarrierWriting, { text }: Value, element: GoType): Carrier | undefined {
  const own = spell(writing, element);
  const host = own === undefined ? undefined : hostMemory(writing, element, own);
  if (own === undefined || host === undefined) return undefined;
  const unsafe = (): string => qualifier(writing, "unsafe");
  const toOwn = (pointer: string): string => (host.same ? pointer : `(*${own})(${unsafe()}Pointer(${pointer}))`);
  const data = (go: string): string => `${unsafe()}SliceData(${go})`;
  const parameter: Form = {
    parts: [
      { suffix: "Ptr", type: `*${host.type}` },
      { suffix: "Len", type: "uint32" },
    ],
    toGo: ([pointer, length]) => pass(`${unsafe()}Slice(${toOwn(pointer!)}, ${length})`),
    toHost: (go) => pass(host.same ? data(go) : `(*${host.type})(${unsafe()}Pointer(${data(go)}))`, `uint32(len(${go}))`),
    lends: true,
  };
  const slice: Bytes = { address: data, rebuild: (pointer, length) => `${unsafe()}Slice(${pointer}, ${length})` };
  return carrier(text, parameter, packedForm(writing, own, slice), spreadForm(writing, own, slice));
}

/** Arrays and structs cross behind a pointer. */
function byValueCarrier(writing: CarrierWriting, { text, type }: Value): Carrier | undefined {
  const host = hostMemory(writing, type, text);
  if (host === undefined) return undefined;
  if (host.same) {
    const pointer = convertedForm(
      `*${text}`,
      (part) => `*${part}`,
      (go) => `&${go}`,
      true,
    );
    return carrier(text, pointer, undefined, sameForm(text));
  }
  const unsafe = (): string => `${qualifier(writing, "unsafe")}Pointer`;
  const through = convertedForm(
    `*${host.type}`,
    (part) => `*(*${text})(${unsafe()}(${part}))`,
    (go) => `(*${host.type})(${unsafe()}(&${go}))`,
    true,
  );
  const copied = convertedForm(
    host.type,
    (part) => `*(*${text})(${unsafe()}(&${part}))`,
    (go) => `*(*${host.type})(${unsafe()}(&${go}))`,
  );
  return carrier(text, through, undefined, copied);
}

function pointerCarrier(writing: CarrierWriting, value: Value, element: GoType): Carrier {
  const { text } = value;
  const unsafe = (): string => `${qualifier(writing, "unsafe")}Pointer`;
  const conversion = text.startsWith("*") ? `(${text})` : text;
  const address = convertedForm(
    "uint32",
    (part) => `${conversion}(${unsafe()}(uintptr(${part})))`,
    (go) => `uint32(uintptr(${unsafe()}(${go})))`,
    true,
  );
  const host = hostMemory(writing, element, text);
  if (host?.same === true) return carrier(text, sameForm(text), undefined, address);
  if (host !== undefined) {
    const twin = convertedForm(
      `*${host.type}`,
      (part) => `${conversion}(${unsafe()}(${part}))`,
      (go) => `(*${host.type})(${unsafe()}(${go}))`,
    );
    return carrier(text, twin, undefined, address);
  }
  return doublePointerCarrier(writing, value, element) ?? mirrored(writing, value) ?? handleCarrier(writing, value);
}

/** The host's pointers have 32 bits: what it keeps in memory is an address, read before the call and written back behind it. */
function doublePointerCarrier(writing: CarrierWriting, value: Value, element: GoType): Carrier | undefined {
  if (element.kind !== "pointer" || !value.text.startsWith("*")) return undefined;
  const inner = spell(writing, element);
  if (inner === undefined || hostMemory(writing, element.element, value.text) === undefined) return undefined;
  const unsafe = (): string => `${qualifier(writing, "unsafe")}Pointer`;
  const parameter: Form = {
    parts: [{ suffix: "Addr", type: "*uint32" }],
    toGo: ([address]) => {
      const pointer = writing.names.take(`${value.name}Pointer`);
      return {
        before: [`${pointer} := (${inner})(${unsafe()}(uintptr(*${address})))`],
        values: [`&${pointer}`],
        after: [`*${address} = uint32(uintptr(${unsafe()}(${pointer})))`],
      };
    },
    toHost: (go) => {
      const address = writing.names.take(`${value.name}Addr`);
      return {
        before: [`${address} := uint32(uintptr(${unsafe()}(*${go})))`],
        values: [`&${address}`],
        after: [`*${go} = (${inner})(${unsafe()}(uintptr(${address})))`],
      };
    },
    lends: true,
  };
  return { ...handleCarrier(writing, value), parameter };
}

function mirrored(writing: CarrierWriting, value: Value): Carrier | undefined {
  if (!writing.mirrors) return undefined;
  const inner = { ...writing, mirrors: false };
  const found = mirrorCarrier(writing, value, (field) => {
    const carrier = carrierOf(inner, field);
    return isHandle(carrier) ? undefined : carrier;
  });
  return found === undefined ? undefined : { ...found, memory: handleCarrier(writing, value).memory };
}

/** Forms that keep the value in Go. */
const handles = new WeakSet<Form>();

function isHandle({ memory }: Carrier): boolean {
  return handles.has(memory);
}

/** The value stays in Go, in a table of the package; what crosses is its key there. */
export function handleCarrier(writing: CarrierWriting, value: Value): Carrier {
  const { names, declarations, context } = writing;
  const { text } = value;
  let known: string | undefined;
  let handle: string | undefined;
  const table = (): string => (known ??= existingTable() ?? newTable());
  const form: Form = {
    parts: [{ suffix: "", type: "int32" }],
    toGo: ([key]) => pass(`${table()}[${key}]`),
    toHost: (go) => {
      handle ??= names.take(`${value.name}Handle`);
      return { before: [`${handle} := int32(len(${table()}) + 1)`, `${table()}[${handle}] = ${go}`], values: [handle], after: [] };
    },
    lends: false,
  };
  const found = carrier(text, form);
  handles.add(found.memory);
  return found;

  function newTable(): string {
    const name = names.take(`${value.name}Table`);
    declarations.push(`var ${name} = map[int32]${text}{}`);
    return name;
  }

  /** Values of one type share a table, so that a result can come back as a parameter. */
  function existingTable(): string | undefined {
    const tail = ` = map[int32]${text}{}`;
    const own = declarations.find((declaration) => declaration.endsWith(tail));
    if (own !== undefined) return own.slice("var ".length, -tail.length);
    const { text: source, tokens, variables } = writing.file;
    const spec = variables.find(
      (variable) =>
        source.slice(tokens.starts[variable.tokens.from], tokens.ends[variable.tokens.to - 1]) ===
        `${variable.names[0]?.text ?? ""}${tail}`,
    );
    return spec !== undefined && context.package.members.get(spec.names[0]!.text)?.kind === "var" ? spec.names[0]!.text : undefined;
  }
}

interface HostMemory {
  readonly type: string;
  /** The host may see the Go type itself; else `type` is one with the same bytes. */
  readonly same: boolean;
}

/** What a pointer to `type` has to point at; structs that lack only the marker get it. `text` is how to write the type. */
function hostMemory(writing: CarrierWriting, type: GoType, text: string): HostMemory | undefined {
  const verdict = writing.context.memory.verdict(type);
  if (verdict.allowed === "yes") return { type: text, same: true };
  // The text of a struct without a name would be out of date once the struct has its marker.
  const isNamed = verdict.problems.every(
    (problem) => problem.kind !== "no-marker" || problem.type.kind === "named" || !text.includes("struct"),
  );
  if (verdict.allowed === "no" && isNamed && onlyMarkersMissing(verdict.problems) && markStructs(writing, verdict.problems))
    return { type: text, same: true };
  const twin = twinOf(type, writing.context.memory);
  return twin === undefined ? undefined : { type: twin, same: false };
}

export function onlyMarkersMissing(problems: readonly MemoryProblem[]): boolean {
  return (
    problems.length > 0 &&
    problems.every(({ kind, type, path }) => (kind === "no-marker" ? !isHostLayout(type) : kind === "defined-marker" && path !== ""))
  );
}

/** A type of the same size and bytes that the host may see: on wasm, int and uintptr have 64 bits in Go's memory. */
function twinOf(type: GoType, memory: MemoryRule): string | undefined {
  let prefix = "";
  let current = underlying(type);
  // An array type may be its own element, which is an error of another kind.
  for (let depth = 0; current.kind === "array"; depth++) {
    if (depth > maximalDepth) return undefined;
    prefix += `[${current.length}]`;
    current = underlying(current.element);
  }
  if (current.kind !== "basic") return undefined;
  switch (current.name) {
    case "int":
      return `${prefix}int64`;
    case "uint":
    case "uintptr":
      return `${prefix}uint64`;
    case "complex64":
      return `${prefix}[2]float32`;
    case "complex128":
      return `${prefix}[2]float64`;
    default:
      return memory.verdict(current).allowed === "yes" ? `${prefix}${current.spelling}` : undefined;
  }
}
