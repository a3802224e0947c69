/** Reads what the helper program (folder `helper`) prints: the layouts of a program's types, and where its variables are declared. */
import { basicKinds, opaqueType, type GoBasicKind, type GoField, type GoType, type GoTypeId } from "./go-type.ts";
import { GoTypeTable, type GoConstant } from "./go-type-table.ts";

/** A variable that is declared inside of a function. Lines are 1-based; columns too, in bytes. */
export interface GoDeclaration {
  readonly name: string;
  readonly type: GoTypeId;
  readonly line: number;
  readonly column: number;
  /** Lines where the innermost block around it begins and ends. */
  readonly scopeLine: number;
  readonly scopeEnd: number;
  /** It keeps its first value, and nothing points to it; told where that was asked for. */
  readonly fixed: boolean;
}

/** A variable of a package. */
export interface GoGlobal {
  /** As the linker spells it, with the import path. */
  readonly name: string;
  readonly type: GoTypeId;
}

/** A function or method, as the function table of a program names it; the receiver is the first parameter. */
export interface GoFunctionDeclaration {
  readonly name: string;
  readonly parameters: readonly GoNamedType[];
  readonly results: readonly GoNamedType[];
}

export interface GoNamedType {
  /** Empty where it has none. */
  readonly name: string;
  readonly type: GoTypeId;
}

export interface GoLayouts {
  /** Of the toolchain that made the layouts, such as `go1.26.8`. */
  readonly goVersion: string;
  readonly types: GoTypeTable;
  /** By absolute path of the file, sorted by place. */
  readonly declarations: ReadonlyMap<string, readonly GoDeclaration[]>;
  readonly globals: readonly GoGlobal[];
  /** Where they were asked for. */
  readonly functions: readonly GoFunctionDeclaration[];
  /** What the helper could not load, in its words. */
  readonly problems: readonly string[];
}

/** The `format` that the helper writes. */
const format = 1;
/** No type of Go is larger than the memory. */
const largestSize = 2 ** 32;

/** No layouts where the text is none of the helper's, such as when it was ended halfway, with the reason in `problem`. */
export function readLayouts(text: string): { readonly layouts?: GoLayouts; readonly problem?: string } {
  const root = parseJson(text);
  if (!isRecord(root)) return { problem: "the layouts of Go types are damaged: they are no JSON object" };
  if (root["format"] !== format) return { problem: `the layouts of Go types have another format than ${format}` };
  const types = new GoTypeTable(
    list(root["types"]).map(readType),
    readIds(root["names"]),
    readIds(root["runtime"]),
    readConstants(root["constants"]),
  );
  const layouts = {
    goVersion: textOf(root["go"]),
    types,
    declarations: readDeclarations(root),
    globals: list(root["globals"]).flatMap(readNamedType),
    functions: list(root["functions"]).flatMap(readFunction),
    problems: list(root["problems"]).map(textOf),
  };
  return { layouts };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readType(entry: unknown): GoType | undefined {
  if (!isRecord(entry)) return undefined;
  const common = {
    name: textOf(entry["name"]),
    size: whole(entry["size"], largestSize),
    align: Math.max(1, whole(entry["align"], 16)),
    named: entry["named"] === true,
    methods: list(entry["methods"]).map(textOf),
    arguments: list(entry["arguments"]).map(reference),
  };
  const elem = reference(entry["elem"]);
  const kind = textOf(entry["kind"]);
  switch (kind) {
    case "array":
      return { ...common, kind, elem, length: whole(entry["length"], largestSize) };
    case "slice":
    case "pointer":
      return { ...common, kind, elem };
    case "map":
      return { ...common, kind, elem, key: reference(entry["key"]) };
    case "chan":
      return { ...common, kind, elem, direction: directionOf(entry["direction"]) };
    case "func": {
      const tuples = { params: list(entry["params"]).map(reference), results: list(entry["results"]).map(reference) };
      return { ...common, kind, ...tuples, variadic: entry["variadic"] === true };
    }
    case "interface":
      return { ...common, kind };
    case "struct":
      return { ...common, kind, fields: list(entry["fields"]).map(readField) };
    case "parameter":
      return opaqueType("parameter", common.name);
  }
  return isBasicKind(kind) ? { ...common, kind } : opaqueType("unknown", common.name);
}

const isBasicKind = (kind: string): kind is GoBasicKind => (basicKinds as readonly string[]).includes(kind);

function directionOf(value: unknown): "both" | "send" | "receive" {
  return value === "send" || value === "receive" ? value : "both";
}

function readField(entry: unknown): GoField {
  const field = isRecord(entry) ? entry : {};
  return {
    name: textOf(field["name"]),
    type: reference(field["type"]),
    offset: whole(field["offset"], largestSize),
    embedded: field["embedded"] === true,
  };
}

function readNamedType(entry: unknown): readonly GoNamedType[] {
  return isRecord(entry) ? [{ name: textOf(entry["name"]), type: reference(entry["type"]) }] : [];
}

function readFunction(entry: unknown): readonly GoFunctionDeclaration[] {
  if (!isRecord(entry)) return [];
  const [parameters, results] = [list(entry["params"]), list(entry["results"])].map((types) => types.flatMap(readNamedType));
  return [{ name: textOf(entry["name"]), parameters: parameters!, results: results! }];
}

function readIds(value: unknown): Map<string, GoTypeId> {
  return new Map(Object.entries(isRecord(value) ? value : {}).map(([name, id]) => [name, reference(id)]));
}

function readConstants(value: unknown): Map<string, GoConstant[]> {
  const found = new Map<string, GoConstant[]>();
  for (const [type, entries] of Object.entries(isRecord(value) ? value : {})) {
    const constants = list(entries).flatMap((entry): GoConstant[] => {
      const decimal = isRecord(entry) ? textOf(entry["value"]) : "";
      return isRecord(entry) && /^-?\d{1,20}$/.test(decimal) ? [{ name: textOf(entry["name"]), value: BigInt(decimal) }] : [];
    });
    found.set(type, constants);
  }
  return found;
}

function readDeclarations(root: Record<string, unknown>): Map<string, GoDeclaration[]> {
  const files = list(root["files"]).map(textOf);
  const found = new Map<string, GoDeclaration[]>(files.map((file) => [file, []]));
  for (const entry of list(root["variables"])) {
    if (!isRecord(entry)) continue;
    found.get(files[whole(entry["file"], files.length)] ?? "")?.push({
      name: textOf(entry["name"]),
      type: reference(entry["type"]),
      line: whole(entry["line"]),
      column: whole(entry["column"]),
      scopeLine: whole(entry["scopeLine"]),
      scopeEnd: whole(entry["scopeEnd"]),
      fixed: entry["fixed"] === true,
    });
  }
  return found;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** A number that a hostile file cannot make negative, broken or huge; 0 is the type that nothing has. */
function whole(value: unknown, limit = Number.MAX_SAFE_INTEGER): number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 && value <= limit ? value : 0;
}

const reference = (value: unknown): GoTypeId => whole(value) as GoTypeId;
