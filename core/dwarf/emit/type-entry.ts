/** Types as entries. What a type refers to is asked for while it is written, so cyclic types need nothing special. */
import { attribute, tag } from "../constants.ts";
import type { BaseType, DataType, EnumType, PointerType, StructMember, StructType } from "../data-type.ts";
import { present, reference, signed, text, unsigned, type Attribute } from "./attributes.ts";
import type { EntryWriter } from "./entry-writer.ts";

/** DW_ATE codes (section 7.8); what has none gets one of those that are left to users. */
const encodings: Readonly<Record<BaseType["encoding"], number>> = {
  address: 0x01,
  boolean: 0x02,
  complex: 0x03,
  float: 0x04,
  signed: 0x05,
  "signed-char": 0x06,
  unsigned: 0x07,
  "unsigned-char": 0x08,
  utf: 0x10,
  other: 0x80,
};

const pointerTags: Readonly<Record<PointerType["flavour"], number>> = {
  pointer: tag.pointerType,
  reference: tag.referenceType,
  "rvalue-reference": tag.rvalueReferenceType,
  "member-pointer": tag.pointerToMemberType,
};

const structTags: Readonly<Record<StructType["flavour"], number>> = {
  struct: tag.structureType,
  class: tag.classType,
  union: tag.unionType,
};

/** Writes the entry of `type`, which stands for itself in references. `typeReference` gives the attribute that refers to another type. */
export function writeType(writer: EntryWriter, type: DataType, typeReference: (to: DataType) => Attribute): void {
  const name = text(attribute.name, type.name);
  const optional = (to: DataType | undefined): Attribute[] => (to ? [typeReference(to)] : []);
  const leaf = (tagCode: number, attributes: readonly Attribute[]) =>
    void writer.begin(tagCode, attributes, { children: false, key: type });
  switch (type.kind) {
    case "base":
      return leaf(tag.baseType, [name, unsigned(attribute.byteSize, type.size), unsigned(attribute.encoding, encodings[type.encoding])]);
    case "pointer":
      return leaf(pointerTags[type.flavour], [name, unsigned(attribute.byteSize, type.size), ...optional(type.target())]);
    case "struct":
      return writeStruct(writer, type, typeReference);
    case "array":
      writer.begin(tag.arrayType, [name, ...sizeOf(type.size), typeReference(type.element)], { children: true, key: type });
      writer.begin(tag.subrangeType, type.count === undefined ? [] : [unsigned(attribute.count, type.count)], { children: false });
      return writer.end();
    case "enum":
      return writeEnum(writer, type);
    case "alias":
      return leaf(tag.typedef, [name, ...optional(type.target())]);
    case "function":
      return leaf(tag.subroutineType, [name]);
    case "unknown":
      return leaf(tag.unspecifiedType, [name, ...sizeOf(type.size)]);
  }
}

function sizeOf(size: number | undefined): Attribute[] {
  return size === undefined ? [] : [unsigned(attribute.byteSize, size)];
}

function writeStruct(writer: EntryWriter, type: StructType, typeReference: (to: DataType) => Attribute): void {
  const name = text(attribute.name, type.name);
  const tagCode = structTags[type.flavour];
  if (type.size === undefined) {
    writer.begin(tagCode, [name, present(attribute.declaration)], { children: false, key: type });
    return;
  }
  const members = type.members();
  writer.begin(tagCode, [name, unsigned(attribute.byteSize, type.size)], { children: members.length > 0, key: type });
  if (members.length === 0) return;
  for (const member of members) writeMember(writer, member, typeReference);
  writer.end();
}

function writeMember(writer: EntryWriter, member: StructMember, typeReference: (to: DataType) => Attribute): void {
  const { bits, offset } = member;
  const place = bits
    ? [unsigned(attribute.bitSize, bits.bitSize), unsigned(attribute.dataBitOffset, offset * 8 + bits.bitOffset)]
    : [unsigned(attribute.dataMemberLocation, offset)];
  const named = member.name === "" ? [] : [text(attribute.name, member.name)];
  writer.begin(member.inherited ? tag.inheritance : tag.member, [...named, typeReference(member.type), ...place], { children: false });
}

function writeEnum(writer: EntryWriter, type: EnumType): void {
  const underlying = {};
  const attributes = [text(attribute.name, type.name), unsigned(attribute.byteSize, type.size), reference(attribute.type, underlying)];
  writer.begin(tag.enumerationType, attributes, { children: type.values.length > 0, key: type });
  for (const { name, value } of type.values) {
    writer.begin(tag.enumerator, [text(attribute.name, name), signed(attribute.constValue, value)], { children: false });
  }
  if (type.values.length > 0) writer.end();
  // Whether its values are signed is told by the type below it.
  const encoding = encodings[type.signed ? "signed" : "unsigned"];
  const below = [
    text(attribute.name, `${type.signed ? "int" : "uint"}${type.size * 8}`),
    unsigned(attribute.byteSize, type.size),
    unsigned(attribute.encoding, encoding),
  ];
  writer.begin(tag.baseType, below, { children: false, key: underlying });
}
