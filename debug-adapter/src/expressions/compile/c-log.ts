/** Values of C-like languages for log messages. */
import { type DataType, withoutAliases } from "#core/dwarf/data-type.ts";
import type { Language, Variable } from "../../symbols/module-symbols.ts";
import { formatValue } from "../../values/format.ts";
import type { ValueLimits } from "../../values/value.ts";
import type { Step } from "../steps.ts";
import { compileCValue, type PlaceNames } from "./c-condition.ts";
import { type AddressCode, comparable, NotCompiled } from "./engine-code.ts";
import { LoggedMemory, type LogValue, pieceCode, textOfResult } from "./log-values.ts";
import { loadNumber } from "./typed-code.ts";

/** Scalars, strings and what was calculated; throws {@link NotCompiled} for other values. */
export async function logValueOfC(steps: readonly Step[], names: PlaceNames, limits: ValueLimits): Promise<LogValue> {
  const languages: Language[] = [];
  const value = await compileCValue(steps, {
    rules: names.rules,
    constant: (name) => names.constant(name),
    find: async (name) => {
      const place = await names.find(name);
      if (place) languages.push(place.language);
      return place;
    },
  });
  if (value.kind === "memory") return inMemory(value, languages[0] ?? "other", limits);
  // The number of an object of AssemblyScript is shown as what it refers to.
  const isReference = steps.length === 1 && languages[0] === "assemblyscript";
  if (isReference || value.kind !== "number" || !isPlainInteger(value.code.type))
    throw new NotCompiled("a value that only the adapter writes out");
  return { code: `String(${comparable(value.code)})`, text: textOfResult };
}

function inMemory(
  { address, type }: { readonly address: AddressCode; readonly type: DataType },
  language: Language,
  limits: ValueLimits,
): LogValue {
  return {
    code: `[${piecesOf(address, withoutAliases(type), limits).join(",")}]`,
    text: async (value) => {
      const memory = new LoggedMemory(value);
      const variable: Variable = {
        name: "",
        typeName: type.name,
        language,
        value: { kind: "memory", memoryIndex: 0, address: memory.address, type },
      };
      const context = {
        limits,
        memory: { read: (_memory: number, at: number, length: number) => Promise.resolve(memory.read(at, length)) },
      };
      return (await formatValue(variable, context)).value;
    },
  };
}

function piecesOf(address: AddressCode, type: DataType, limits: ValueLimits): string[] {
  switch (type.kind) {
    case "base":
    case "enum":
      return [pieceCode(address.text, type.size)];
    case "pointer": {
      const target = type.flavour === "pointer" ? type.target() : undefined;
      if (type.size !== 4 || !target || !isCharacter(target)) throw new NotCompiled("a pointer");
      const { text } = loadNumber(address, { kind: "unsigned", size: type.size });
      return [pieceCode(address.text, type.size), `points.string(memory,${text},${limits.maxStringLen + 1})`];
    }
    case "array":
      if (!isCharacter(type.element) || type.count === undefined) throw new NotCompiled("an array");
      return [pieceCode(address.text, Math.min(type.count, Math.max(limits.maxStringLen, limits.maxArrayValues)))];
    default:
      throw new NotCompiled("a value with parts");
  }
}

/** Written as its digits alone. */
function isPlainInteger(type: DataType): boolean {
  const plain = withoutAliases(type);
  return plain.kind === "base" && (plain.encoding === "signed" || plain.encoding === "unsigned");
}

function isCharacter(type: DataType): boolean {
  const plain = withoutAliases(type);
  return plain.kind === "base" && plain.size === 1 && (plain.encoding === "signed-char" || plain.encoding === "unsigned-char");
}
