/** Numbers in linear memory by their types, as `scalar.ts` reads them, as code for the engine. */
import type { DataType } from "#core/dwarf/data-type.ts";
import { type NumberShape, shapeOf } from "../number-types.ts";
import { type AddressCode, NotCompiled, type NumberCode } from "./engine-code.ts";

const readers: Readonly<Record<string, NumberCode>> = {
  "unsigned 1": { form: "int", text: "getUint8" },
  "unsigned 2": { form: "int", text: "getUint16" },
  "unsigned 4": { form: "int", text: "getUint32" },
  "unsigned 8": { form: "big", text: "getBigUint64" },
  "signed 1": { form: "int", text: "getInt8" },
  "signed 2": { form: "int", text: "getInt16" },
  "signed 4": { form: "int", text: "getInt32" },
  "signed 8": { form: "big", text: "getBigInt64" },
  "float 4": { form: "float", text: "getFloat32" },
  "float 8": { form: "float", text: "getFloat64" },
};

/** Throws {@link NotCompiled} for a type whose values are no numbers. */
export function numberShape(type: DataType): NumberShape {
  const shape = shapeOf(type);
  if (!shape) throw new NotCompiled("a value is no number");
  return shape;
}

/** A read behind the end of memory throws. */
export function loadNumber({ text: address }: AddressCode, { kind, size }: NumberShape): NumberCode {
  const reader = readers[`${kind} ${size}`];
  if (!reader) throw new NotCompiled(`a number of ${size} bytes`);
  return { form: reader.form, text: `memory.${reader.text}(${address}${size === 1 ? "" : ",true"})` };
}

/** The address that a pointer holds; one that is null throws. */
export function loadPointer(address: AddressCode, size: number): AddressCode {
  const { form, text } = loadNumber(address, { kind: "unsigned", size });
  return { text: `points.present(${form === "big" ? `Number(${text})` : text})` };
}

export function offsetBy({ text }: AddressCode, offset: number): AddressCode {
  return offset === 0 ? { text } : { text: `(${text}+${offset})` };
}
