/** Exports a function through a second one with types that the host has; the function itself and its callers stay. */
import type { BorderFunction } from "../rules/rule.ts";
import type { GoType } from "../types/types.ts";
import { roundUp } from "../types/layout.ts";
import { underlying } from "../types/types.ts";
import type { Carrier, Form } from "./carrier.ts";
import type { CarrierWriting } from "./carrier-writing.ts";
import { carrierOf, handleCarrier } from "./carriers.ts";
import { lineBreakOf, lineEndOf, withoutCommentLine } from "./lines.ts";
import { lowerFirst, upperFirst } from "./names.ts";
import { nameFor, readSignature, receiverFallback, receiverTypeName, type Signature, type SignatureValue } from "./signature.ts";
import { qualifier } from "./spell.ts";
import { alignedFields } from "./struct-text.ts";

export interface WrapperOptions {
  /** The receiver stays in Go, the host has a number for it. */
  readonly receiverHandle: boolean;
  /** A string or slice as two exports, for its address and its length, rather than both in one uint64. */
  readonly lengthExport: boolean;
}

/** A parameter of the wrapped function with what carries it. */
interface Crosser {
  readonly name: string;
  readonly value: SignatureValue;
  readonly carrier: Carrier;
}

interface OutPointer {
  readonly name: string;
  readonly type: string;
}

/** False, and nothing written, where a type of the signature is not known. */
export function wrapExport(writing: CarrierWriting, { declaration, exporting }: BorderFunction, options: WrapperOptions): boolean {
  const signature = readSignature(writing, declaration);
  if (signature === undefined || exporting === undefined) return false;
  const { file, draft, names } = writing;
  const typeName = receiverTypeName(declaration);
  const base = typeName === undefined ? declaration.name.text : `${typeName}${upperFirst(declaration.name.text)}`;
  const wrapper = names.take(typeName === undefined ? `${base}Export` : base);
  const code = wrapperCode(writing, {
    base,
    wrapper,
    callee: declaration.name.text,
    exportName: exporting.words[0]!.text,
    signature,
    fallback: receiverFallback(declaration),
    options,
  });
  if (code === undefined) return false;
  for (const directive of file.directives) {
    if (directive.kind === "wasmexport" && directive.target === declaration)
      draft.replace(file, ...asArguments(withoutCommentLine(file.text, directive.span)));
  }
  const newline = lineBreakOf(file.text);
  const text = [...writing.declarations, ...code].join("\n\n").replaceAll("\n", newline);
  draft.insert(file, lineEndOf(file.text, declaration.span.end), `${newline}${newline}${text}`);
  return true;
}

function asArguments({ span, text }: ReturnType<typeof withoutCommentLine>): [typeof span, string] {
  return [span, text];
}

interface Wrapped {
  /** What names of the package start with. */
  readonly base: string;
  readonly wrapper: string;
  readonly callee: string;
  readonly exportName: string;
  readonly signature: Signature;
  readonly fallback: string;
  readonly options: WrapperOptions;
}

/** The exported functions, each with its directive; undefined where nothing would be converted. */
function wrapperCode(writing: CarrierWriting, wrapped: Wrapped): string[] | undefined {
  const { signature, options, base, fallback } = wrapped;
  const crossers: Crosser[] = [];
  const add = (value: SignatureValue, otherwise: string, handle: boolean): void => {
    const name = nameFor(value, otherwise, writing.names);
    const carried = { type: value.type, text: value.text, name };
    crossers.push({ name, value, carrier: handle ? handleCarrier(writing, carried) : carrierOf(usedFor(value), carried) });
  };
  // A copy of the receiver would not have its state.
  const usedFor = (value: SignatureValue): CarrierWriting => (value === signature.receiver ? { ...writing, mirrors: false } : writing);
  if (signature.receiver !== undefined) add(signature.receiver, fallback, options.receiverHandle);
  for (const [index, value] of signature.parameters.entries()) add(value, `p${index}`, false);

  const flat = crossers.map(({ name, value, carrier }) => {
    const form = carrier.parameter;
    const parts = form.parts.map((part) => ({ name: part.suffix === "" ? name : writing.names.take(name + part.suffix), type: part.type }));
    return { parts, form, value };
  });
  const results = resultCode(writing, wrapped);
  const isPlain = signature.receiver === undefined && signature.typeArguments === "";
  if (
    isPlain &&
    fits(writing, flat, 0) &&
    results.isSame &&
    flat.every(({ parts, value }) => parts.length === 1 && parts[0]!.type === value.text)
  )
    return undefined;
  const before: string[] = [];
  const after: string[] = [];
  const values: string[] = [];
  let parameters: OutPointer[];
  if (fits(writing, flat, results.outs.length)) {
    parameters = flat.flatMap(({ parts }) => parts);
    for (const { parts, form } of flat)
      addPassage(
        form,
        parts.map((part) => part.name),
      );
  } else {
    const struct = writing.names.take(`${base}Args`);
    const args = writing.names.take("args");
    const fields: [string, string][] = [];
    for (const { name, carrier } of crossers) {
      const paths = carrier.memory.parts.map((part) => {
        fields.push([`${name}${part.suffix}`, part.type]);
        return `${args}.${name}${part.suffix}`;
      });
      addPassage(carrier.memory, paths);
    }
    writing.declarations.push(`type ${struct} struct {\n\t_ ${qualifier(writing, "structs")}HostLayout\n\n${alignedFields(fields)}\n}`);
    parameters = [{ name: args, type: `*${struct}` }];
  }
  const call = callOf(wrapped, values);
  const body = [...before, ...results.body(call, after)].map((line) => `\t${line.replaceAll("\n", "\n\t")}`);
  const header = `func ${wrapped.wrapper}(${grouped([...parameters, ...results.outs])})${results.type === "" ? "" : ` ${results.type}`}`;
  return [`//go:wasmexport ${wrapped.exportName}\n${header} {\n${body.join("\n")}\n}`, ...results.others];

  function addPassage(form: Form, partNames: readonly string[]): void {
    const passage = form.toGo(partNames);
    before.push(...passage.before);
    values.push(...passage.values);
    after.unshift(...passage.after);
  }
}

/** `a, b int32, c int64` */
export function grouped(parameters: readonly { readonly name: string; readonly type: string }[]): string {
  return parameters.map(({ name, type }, index) => (parameters[index + 1]?.type === type ? name : `${name} ${type}`)).join(", ");
}

function callOf({ callee, signature }: Wrapped, values: readonly string[]): string {
  const last = signature.parameters[signature.parameters.length - 1];
  const args = signature.receiver === undefined ? [...values] : values.slice(1);
  if (last?.variadic === true) args.push(`${args.pop()}...`);
  if (signature.receiver === undefined) return `${callee}${signature.typeArguments}(${args.join(", ")})`;
  const receiver = values[0]!;
  // A pointer's methods are those of what it points at too.
  const object = /^\*[\p{L}_][\p{L}\p{Nd}_.]*$/u.test(receiver) ? receiver.slice(1) : receiver.startsWith("*") ? `(${receiver})` : receiver;
  return `${object}.${callee}(${args.join(", ")})`;
}

interface ResultCode {
  /** The wrapper's own result, or empty. */
  readonly type: string;
  readonly outs: readonly OutPointer[];
  /** The host gets what the function returns. */
  readonly isSame?: boolean;
  body(call: string, after: readonly string[]): string[];
  /** More exports. */
  readonly others: readonly string[];
}

function resultCode(writing: CarrierWriting, wrapped: Wrapped): ResultCode {
  const { results } = wrapped.signature;
  const only = results[0];
  if (only === undefined) return { type: "", outs: [], isSame: true, body: (call, after) => [call, ...after], others: [] };
  if (results.length > 1) return severalResults(writing, wrapped);
  if (isError(only.type)) return statusResult(writing);
  return singleResult(writing, wrapped, only);
}

function statusResult(writing: CarrierWriting): ResultCode {
  const error = writing.names.take("err");
  return {
    type: "int32",
    outs: [],
    body: (call, after) =>
      after.length === 0
        ? [`if ${error} := ${call}; ${error} != nil {\n\treturn 1\n}`, "return 0"]
        : [`${error} := ${call}`, ...after, `if ${error} != nil {\n\treturn 1\n}`, "return 0"],
    others: [],
  };
}

function singleResult(writing: CarrierWriting, wrapped: Wrapped, result: SignatureValue): ResultCode {
  const { base, exportName, options } = wrapped;
  const carried = { type: result.type, text: result.text, name: result.ownName ?? `${lowerFirst(base)}Result` };
  const form = carrierOf(writing, carried).result;
  const type = form.parts[0]!.type;
  if (form.lends) {
    // Go's garbage collector does not know of the host's use.
    const global = writing.names.take(`${base}Result`);
    writing.declarations.push(`var ${global} ${result.text}`);
    const { values, before } = form.toHost(global);
    const shape = underlying(result.type);
    if (options.lengthExport && type === "uint64" && (shape.kind === "slice" || shape.kind === "basic")) {
      const length = writing.names.take(`${base}Len`);
      const [pointer, data] = addressOf(writing, shape, global, result.text === "string");
      return {
        type: `*${pointer}`,
        outs: [],
        body: (call, after) => [`${global} = ${call}`, ...after, `return ${data}`],
        others: [`//go:wasmexport ${exportName}_len\nfunc ${length}() uint32 {\n\treturn uint32(len(${global}))\n}`],
      };
    }
    return { type, outs: [], body: (call, after) => [`${global} = ${call}`, ...after, ...before, `return ${values[0]}`], others: [] };
  }
  return {
    type,
    outs: [],
    isSame: type === result.text,
    body: (call, after) => {
      const direct = form.toHost(call);
      if (direct.before.length === 0 && after.length === 0) return [`return ${direct.values[0]}`];
      const name = writing.names.take("result");
      const passage = form.toHost(name);
      return [`${name} := ${call}`, ...after, ...passage.before, `return ${passage.values[0]}`];
    },
    others: [],
  };
}

/** The element's type and the address of the first one. */
function addressOf(writing: CarrierWriting, shape: GoType, global: string, isPlain: boolean): [string, string] {
  const unsafe = qualifier(writing, "unsafe");
  if (shape.kind !== "slice") return ["byte", `${unsafe}StringData(${isPlain ? global : `string(${global})`})`];
  const element = carrierOf(writing, { type: shape, text: "", name: "element" }).parameter.parts[0]!.type.slice(1);
  return [element, `(*${element})(${unsafe}Pointer(${unsafe}SliceData(${global})))`];
}

/** Values go through pointers of the host; an error in the last place becomes the result. */
function severalResults(writing: CarrierWriting, { base, signature }: Wrapped): ResultCode {
  const { results } = signature;
  const hasStatus = isError(results[results.length - 1]!.type);
  const values = hasStatus ? results.slice(0, -1) : results;
  const locals: string[] = [];
  const outs: OutPointer[] = [];
  const writes: string[] = [];
  let allSame = !hasStatus;
  for (const [index, value] of values.entries()) {
    const name = nameFor(value, values.length === 1 ? "out" : `r${index}`, writing.names);
    const { memory } = carrierOf(writing, { type: value.type, text: value.text, name });
    const local = writing.names.take(values.length === 1 ? "v" : `${name}Value`);
    locals.push(local);
    let source = local;
    if (memory.lends) {
      source = writing.names.take(`${base}${upperFirst(name)}`);
      writing.declarations.push(`var ${source} ${value.text}`);
      writes.push(`${source} = ${local}`);
    }
    const passage = memory.toHost(source);
    allSame &&= memory.parts.length === 1 && passage.values[0] === local;
    writes.push(...passage.before);
    for (const [at, part] of memory.parts.entries()) {
      const out = part.suffix === "" ? name : writing.names.take(name + part.suffix);
      outs.push({ name: out, type: `*${part.type}` });
      writes.push(`*${out} = ${passage.values[at]}`);
    }
  }
  if (allSame) {
    const targets = outs.map(({ name }) => `*${name}`).join(", ");
    return { type: "", outs, body: (call, after) => [`${targets} = ${call}`, ...after], others: [] };
  }
  const error = hasStatus ? writing.names.take("err") : undefined;
  if (error !== undefined) locals.push(error);
  const check = error === undefined ? [] : [`if ${error} != nil {\n\treturn 1\n}`];
  return {
    type: hasStatus ? "int32" : "",
    outs,
    body: (call, after) => [`${locals.join(", ")} := ${call}`, ...after, ...check, ...writes, ...(hasStatus ? ["return 0"] : [])],
    others: [],
  };
}

export function isError(type: GoType): boolean {
  return type.kind === "named" && type.name === "error" && type.package.path === "" && type.declaration === undefined;
}

/** Parameters of an export have 128 bytes (`abi.StackSmall`), and 16 registers in the compiler's code for them. */
function fits(
  { context }: CarrierWriting,
  flat: readonly { parts: readonly { type: string }[]; value: SignatureValue }[],
  outs: number,
): boolean {
  let size = 0n;
  let registers = outs;
  for (const { parts, value } of flat) {
    for (const { type } of parts) {
      const bytes = type === value.text ? context.layouts.of(value.type).size : /^(?:u?int32|float32)$/u.test(type) ? 4n : 8n;
      size = roundUp(size, bytes >= 8n ? 8n : bytes > 0n ? bytes : 1n) + bytes;
      registers += bytes === 16n ? 2 : 1;
    }
  }
  return roundUp(size, 8n) + BigInt(outs) * 8n + 8n <= 128n && registers <= 16;
}
