/** The struct behind a channel (runtime `hchan`), with its type made for the channel's elements, as debug information has it for native programs. */
import { commonOf, type GoChanType, type GoStructType, type GoType, type GoTypeId } from "#core/go/layouts/go-type.ts";
import type { GoTypeTable } from "#core/go/layouts/go-type-table.ts";

/**
 * `runtime.hchan` for elements of one type and a buffer of `capacity` elements; `undefined` where this version of Go has none, or the element
 * is not known.
 */
export function channelStruct(types: GoTypeTable, { elem }: GoChanType, capacity: number): GoStructType | undefined {
  const general = types.runtimeStruct("runtime.hchan");
  const elemType = types.get(elem);
  if (!general || !elemType) return undefined;
  const buffer = types.derived(`[${capacity}]${elem}`, () => ({
    ...commonOf(`[${capacity}]${bufferElementName(elemType)}`, capacity * elemType.size, elemType.align),
    kind: "array",
    elem,
    length: capacity,
  }));
  const queue = waitQueue(types, elem, elemType.name);
  const replaced = { buf: pointerTo(types, buffer), ...(queue === undefined ? {} : { recvq: queue, sendq: queue }) };
  return replaceFields(general, `hchan<${elemType.name}>`, replaced);
}

/** The name in the buffer's type: Delve makes it up from the debug information, where a struct without a name is called so twice (`fakeArrayType`). */
function bufferElementName({ kind, name }: GoType): string {
  return kind === "struct" && name.startsWith("struct {") ? `struct ${name}` : name;
}

/** The queue of goroutines that wait at the channel. */
function waitQueue(types: GoTypeTable, elem: GoTypeId, elemName: string): GoTypeId | undefined {
  const waiting = types.runtimeStruct("runtime.sudog");
  const queue = types.runtimeStruct("runtime.waitq");
  if (!waiting || !queue) return undefined;
  const item = types.derived(`sudog<${elem}>`, () => replaceFields(waiting, `sudog<${elemName}>`, { elem: pointerTo(types, elem) }));
  const end = pointerTo(types, item);
  return types.derived(`waitq<${elem}>`, () => replaceFields(queue, `waitq<${elemName}>`, { first: end, last: end }));
}

function replaceFields(struct: GoStructType, name: string, replaced: Readonly<Record<string, GoTypeId>>): GoStructType {
  return { ...struct, name, named: false, fields: struct.fields.map((field) => ({ ...field, type: replaced[field.name] ?? field.type })) };
}

function pointerTo(types: GoTypeTable, elem: GoTypeId): GoTypeId {
  return types.derived(`*${elem}`, () => ({ ...commonOf(`*${types.get(elem)?.name ?? "?"}`, 8, 8), kind: "pointer", elem }));
}
