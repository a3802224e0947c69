import { attribute, tag } from "#core/dwarf/constants.ts";
import { sizeOf, type DataType } from "#core/dwarf/data-type.ts";
import type { DebugInfo } from "#core/dwarf/debug-info.ts";
import type { Entry } from "#core/dwarf/entries.ts";
import { enclosingBlocks } from "#core/dwarf/functions.ts";
import { enclosingNames, isCpp } from "#core/dwarf/qualified-name.ts";
import { typeName } from "#core/dwarf/type-names.ts";
import type { DataTypes } from "#core/dwarf/types.ts";
import type { LogicalFrame, Scope, Variable } from "../module-symbols.ts";
import { membersOfThis } from "./implicit-members.ts";
import { languageOf } from "./language.ts";
import { FramePlaces, optimizedOutValue } from "./places.ts";

/** The variables that are in scope at `address`, for the function or inlined copy that `frame` shows; `first`: of which block locals come first. */
export async function scopesAt(
  info: DebugInfo,
  types: DataTypes,
  frame: LogicalFrame,
  address: number,
  first: "innermost" | "outermost" = "innermost",
): Promise<readonly Scope[]> {
  const piece = info.functionAt(address);
  if (!piece) return [];
  const blocks = blocksOfFrame(enclosingBlocks(piece.entry, address), frame.inlineDepth);
  const [fn] = blocks;
  if (!fn) return [];
  const places = new FramePlaces(frame, piece.entry, address);
  const globalEntries = globalsOf(info, piece.entry);
  const locals = withoutCopies(
    blocks.toReversed().flatMap((block) => variablesIn(block, tag.variable)),
    globalEntries,
  );
  const [localVariables, argumentVariables, globalVariables] = await Promise.all([
    variablesOf(first === "innermost" ? locals : outermostFirst(blocks, locals), types, places, markShadowed(locals)),
    variablesOf(variablesIn(fn, tag.formalParameter), types, places),
    variablesOf(globalEntries, types, places, new Map(globalEntries.map((entry) => [entry, globalName(entry, piece.entry)]))),
  ]);
  const members = await membersOfThis(
    argumentVariables.find(({ name, language }) => name === "this" && language === "c++"),
    frame,
  );
  // Globals that the linker dropped are no concern of a frame; there may be hundreds.
  const globals = globalVariables.filter((variable) => variable.value !== optimizedOutValue);
  const scopes: readonly Scope[] = [
    { name: "Locals", kind: "locals", variables: localVariables },
    { name: "Arguments", kind: "arguments", variables: [...argumentVariables, ...members] },
    { name: "Globals", kind: "globals", variables: [...globals, ...shortNames(globals)] },
  ];
  return scopes.filter((scope) => scope.variables.length > 0);
}

/** TinyGo describes every use of a global as a variable of the function, most of them without a place: the global itself is shown. */
function withoutCopies(locals: readonly Entry[], globals: readonly Entry[]): readonly Entry[] {
  const isTinyGo = locals[0] !== undefined && languageOf(locals[0].unit) === "tinygo";
  if (!isTinyGo) return locals;
  const lines = new Set(globals.map(declarationOf));
  return locals.filter((entry) => !lines.has(declarationOf(entry)));
}

const declarationOf = (entry: Entry): string =>
  `${entry.number(attribute.declarationFile)}:${entry.number(attribute.declarationLine)}:${entry.name?.replace(/^.*\./, "")}`;

/** `locals` with those of outer blocks before those of inner ones. */
function outermostFirst(blocks: readonly Entry[], locals: readonly Entry[]): readonly Entry[] {
  const known = new Map(locals.map((entry) => [entry.offset, entry]));
  return blocks.flatMap((block) => variablesIn(block, tag.variable).flatMap(({ offset }) => known.get(offset) ?? []));
}

/** The part of `path` (outermost first) that belongs to one logical frame: a function or an inlined call, and its blocks. */
function blocksOfFrame(path: readonly Entry[], inlineDepth: number): readonly Entry[] {
  const starts = path.flatMap((block, at) => (at === 0 || block.tag === tag.inlinedSubroutine ? [at] : []));
  const which = starts.length - 1 - inlineDepth;
  const start = starts[which];
  return start === undefined ? [] : path.slice(start, starts[which + 1]);
}

/** Variables that stand right in `block`, and those of its abstract instance of which the compiler kept nothing here. */
function variablesIn(block: Entry, kind: number): readonly Entry[] {
  const own = block.children(kind);
  const origin = block.reference(attribute.abstractOrigin);
  if (!origin) return own;
  const kept = new Set(own.map((child) => child.reference(attribute.abstractOrigin)?.offset));
  const gone = origin.children(kind).filter((child) => !kept.has(child.offset));
  return [...own, ...gone];
}

/** Variables of the unit outside of functions, in namespaces too, that have a place. */
function globalsOf(info: DebugInfo, fn: Entry): readonly Entry[] {
  const first = info.firstEntry(fn.unit);
  const found: Entry[] = [];
  const open = first ? [first] : [];
  for (let scope = open.pop(); scope; scope = open.pop()) {
    for (const child of scope.children(tag.namespace, tag.variable)) {
      if (child.tag === tag.namespace && !(child.name === "std" && isCpp(child))) open.push(child);
      else if (child.tag === tag.variable && isUserGlobal(child)) found.push(child);
    }
  }
  return found;
}

/** Tables of methods, descriptors of types and the like, which compilers describe as variables too, have names that no source can spell. */
function isUserGlobal(entry: Entry): boolean {
  const { name } = entry;
  return name !== undefined && !/^<|\s/.test(name) && (entry.value(attribute.location) ?? entry.value(attribute.constValue)) !== undefined;
}

/** TinyGo has the package in every name; within its package a variable is named without it. */
function globalName(entry: Entry, fn: Entry): string {
  const name = entry.name ?? "";
  if (languageOf(entry.unit) === "tinygo") return name.startsWith(packageOf(fn)) ? name.slice(packageOf(fn).length) : name;
  return isCpp(entry) ? [...enclosingNames(entry), name].join("::") : name;
}

function packageOf(fn: Entry): string {
  return /^(?:\(\*?)?((?:[\w-]+\/)*\w+\.)/.exec(fn.name ?? "")?.[1] ?? " ";
}

/** Within its namespace or class a global is named by the last part of its name. */
function shortNames(globals: readonly Variable[]): readonly Variable[] {
  return globals.flatMap((variable) => {
    const at = variable.name.lastIndexOf("::");
    return at < 0 ? [] : [{ ...variable, name: variable.name.slice(at + 2), isImplicit: true as const }];
  });
}

/** Names of variables that an inner block has again, with the line of their declaration: both are shown, and the plain name is the inner one. */
function markShadowed(innermostFirst: readonly Entry[]): ReadonlyMap<Entry, string> {
  const seen = new Set<string>();
  const marked = new Map<Entry, string>();
  for (const entry of innermostFirst) {
    const { name } = entry;
    if (name === undefined) continue;
    if (seen.has(name)) marked.set(entry, `${name} (line ${entry.number(attribute.declarationLine) ?? "?"})`);
    seen.add(name);
  }
  return marked;
}

async function variablesOf(
  entries: readonly Entry[],
  types: DataTypes,
  places: FramePlaces,
  names: ReadonlyMap<Entry, string> = new Map(),
): Promise<readonly Variable[]> {
  const variables = await Promise.all(entries.map((entry) => variableOf(entry, types, places, names.get(entry) ?? entry.name)));
  return variables.filter((variable) => variable !== undefined);
}

/** The variable that an entry describes, under that name; without one it is none. */
export async function variableOf(
  entry: Entry,
  types: DataTypes,
  places: FramePlaces,
  name: string | undefined,
): Promise<Variable | undefined> {
  if (name === undefined) return undefined;
  const typeEntry = entry.inheritedReference(attribute.type);
  const type: DataType = typeEntry ? types.of(typeEntry) : { kind: "unknown", name: "?", size: undefined };
  const value = await places.valueOf(entry, type, sizeOf(type));
  return { name, typeName: typeEntry && typeName(typeEntry), language: languageOf(entry.unit), value };
}
