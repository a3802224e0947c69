/**
 * Carries a struct whose fields the host cannot have by a second one with the host's layout: addresses and lengths for
 * strings and slices, numbers of a fixed size for others.
 */
import { isHostLayout } from "../types/memory.ts";
import { isExported, underlying, type GoType, type StructType } from "../types/types.ts";
import type { Carrier, Form, Passage, Value } from "./carrier.ts";
import type { CarrierWriting } from "./carrier-writing.ts";
import { alignedFields } from "./struct-text.ts";
import { qualifier, spell } from "./spell.ts";

interface MirroredField {
  readonly name: string;
  readonly form: Form;
}

/** How the carrier of a field is found; undefined for one that can only stay in Go. */
type FieldCarrier = (value: Value) => Carrier | undefined;

/** Undefined where a field has to stay in Go, or cannot be reached from the checked package. */
export function mirrorCarrier(writing: CarrierWriting, value: Value, fieldCarrier: FieldCarrier): Omit<Carrier, "memory"> | undefined {
  const isPointer = underlying(value.type).kind === "pointer";
  const named = pointedAt(value.type);
  const struct = underlying(named);
  if (named.kind !== "named" || struct.kind !== "struct" || named.args.length > 0) return undefined;
  const own = spell(writing, named);
  const fields = own === undefined ? undefined : mirroredFields(writing, struct, fieldCarrier);
  if (own === undefined || fields === undefined || fields.length === 0) return undefined;
  const { names } = writing;
  const mirror = declaredMirror(writing, named.name, fields);

  const parameter: Form = {
    parts: [{ suffix: "", type: `*${mirror}` }],
    toGo: ([name]) => {
      const local = names.take(`${name}Value`);
      const { before, value: literal } = goLiteral(own, fields, name!);
      const after = isPointer ? copies(fields, local, name!) : [];
      return { before: [...before, `${local} := ${literal}`], values: [isPointer ? `&${local}` : local], after };
    },
    toHost: (name) => {
      const local = names.take(`${name}Host`);
      const { before, value: literal } = hostLiteral(mirror, fields, name);
      const after = isPointer ? readBack(fields, name, local) : [];
      return { before: [...before, `${local} := ${literal}`], values: [`&${local}`], after };
    },
    lends: true,
  };
  const result: Form = {
    parts: parameter.parts,
    toGo: ([name]) => {
      const { before, value: literal } = goLiteral(own, fields, name!);
      return { before, values: [`${isPointer ? "&" : ""}${literal}`], after: [] };
    },
    toHost: (name) => {
      const global = names.take(`${name}Host`);
      writing.declarations.push(`var ${global} ${mirror}`);
      const { before, value: literal } = hostLiteral(mirror, fields, name);
      const guard = isPointer ? [`if ${name} == nil {\n\treturn nil\n}`] : [];
      return { before: [...guard, ...before, `${global} = ${literal}`], values: [`&${global}`], after: [] };
    },
    lends: true,
  };
  return { type: value.text, parameter, result };
}

function pointedAt(type: GoType): GoType {
  const shape = underlying(type);
  return shape.kind === "pointer" ? shape.element : type;
}

function mirroredFields(writing: CarrierWriting, struct: StructType, fieldCarrier: FieldCarrier): MirroredField[] | undefined {
  const isOwn = struct.package === writing.context.package.identity;
  const fields: MirroredField[] = [];
  for (const { name, type } of struct.fields) {
    if (isHostLayout(type) || name === "_") continue;
    const text = isOwn || isExported(name) ? spell(writing, type) : undefined;
    const carrier = text === undefined ? undefined : fieldCarrier({ type, text, name });
    if (carrier === undefined) return undefined;
    fields.push({ name, form: carrier.memory });
  }
  return fields;
}

/** One that is there already, with the same fields, is used again. */
function declaredMirror(writing: CarrierWriting, name: string, fields: readonly MirroredField[]): string {
  const lines = fields.flatMap(({ name: field, form }) => form.parts.map((part) => [`${field}${part.suffix}`, part.type] as const));
  const text = `struct {\n\t_ ${qualifier(writing, "structs")}HostLayout\n\n${alignedFields(lines)}\n}`;
  const known = writing.context.package.members.get(`${name}Host`);
  if (known?.kind === "type") {
    const { span } = known.spec.type;
    if (known.file.text.slice(span.start, span.end).replace(/\s+/gu, " ") === text.replace(/\s+/gu, " ")) return known.spec.name.text;
  }
  const before = writing.declarations.find((declaration) => declaration.endsWith(` ${text}`) && declaration.startsWith("type "));
  if (before !== undefined) return before.slice("type ".length, before.indexOf(" struct"));
  const mirror = writing.names.take(`${name}Host`);
  writing.declarations.push(`type ${mirror} ${text}`);
  return mirror;
}

interface Literal {
  readonly before: readonly string[];
  readonly value: string;
}

/** The Go struct out of the variable `host`. */
function goLiteral(type: string, fields: readonly MirroredField[], host: string): Literal {
  return literal(
    type,
    fields.map(({ name, form }) => {
      const passage = form.toGo(form.parts.map((part) => `${host}.${name}${part.suffix}`));
      return { passage, keys: [name] };
    }),
  );
}

/** The host's struct out of the variable `go`. */
function hostLiteral(type: string, fields: readonly MirroredField[], go: string): Literal {
  return literal(
    type,
    fields.map(({ name, form }) => ({ passage: form.toHost(`${go}.${name}`), keys: form.parts.map((part) => `${name}${part.suffix}`) })),
  );
}

/** A field a line, with the values aligned as gofmt does. */
function literal(type: string, fields: readonly { passage: Passage; keys: readonly string[] }[]): Literal {
  const before = fields.flatMap(({ passage }) => passage.before);
  const pairs = fields.flatMap(({ passage, keys }) => keys.map((key, index) => [`${key}:`, passage.values[index]!] as const));
  return { before, value: pairs.length === 0 ? `${type}{}` : `${type}{\n${alignedFields(pairs, ",")}\n}` };
}

/** What the function changed of the numbers, for the host; strings and slices would lend Go's memory. */
function copies(fields: readonly MirroredField[], go: string, host: string): string[] {
  return fields
    .filter(({ form }) => !form.lends)
    .flatMap(({ name, form }) =>
      form.parts.map((part, index) => `${host}.${name}${part.suffix} = ${form.toHost(`${go}.${name}`).values[index]}`),
    );
}

function readBack(fields: readonly MirroredField[], go: string, host: string): string[] {
  return fields
    .filter(({ form }) => !form.lends)
    .map(({ name, form }) => `${go}.${name} = ${form.toGo(form.parts.map((part) => `${host}.${name}${part.suffix}`)).values[0]}`);
}
