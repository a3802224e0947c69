import { attribute, languageNames, tag } from "./constants.ts";
import type { Entry } from "./entries.ts";

const namesMembers: ReadonlySet<number> = new Set([
  tag.namespace,
  tag.structureType,
  tag.classType,
  tag.unionType,
  tag.enumerationType,
  tag.interfaceType,
]);

/** Names of the namespaces and types around the declaration of `entry`, outermost first, as a source spells them: without inline namespaces. */
export function enclosingNames(entry: Entry): string[] {
  let declaration = entry;
  for (let depth = 0; depth < 8; depth++) {
    const origin = declaration.origin();
    if (!origin) break;
    declaration = origin;
  }
  const names: string[] = [];
  let current = declaration.parent;
  for (let depth = 0; current && depth < 64; depth++) {
    if (namesMembers.has(current.tag) && !isInline(current)) names.unshift(current.name ?? placeholder(current));
    current = current.parent;
  }
  return names;
}

/** Members of an inline namespace are named as if it were not there. */
function isInline(entry: Entry): boolean {
  return entry.tag === tag.namespace && entry.flag(attribute.exportSymbols);
}

function placeholder(entry: Entry): string {
  if (entry.tag === tag.namespace) return "(anonymous namespace)";
  return isLambda(entry) ? "(lambda)" : "(anonymous)";
}

export function isLambda(type: Entry): boolean {
  return type.tag === tag.classType && type.children().some((child) => child.tag === tag.subprogram && child.name === "operator()");
}

/** Name of a type as its users write it: in C++ with what is around it. */
export function qualifiedTypeName(type: Entry, name: string): string {
  if (languageNames.get(type.unit.language ?? 0) === "rust") return shortenedRust(name);
  return isCpp(type) ? shortenedCpp([...enclosingNames(type), name].join("::")) : name;
}

export const isCpp = (entry: Entry): boolean => languageNames.get(entry.unit.language ?? 0) === "c++";

/** The compiler writes arguments with their modules, and the allocator that everybody has. */
function shortenedRust(name: string): string {
  return name
    .replaceAll(/, (?:alloc::alloc::Global|std::hash::random::RandomState)\b/g, "")
    .replaceAll(/\b(?:alloc|core|std)(?:::[a-z_]\w*)*::(?=[A-Z])/g, "");
}

const strings: ReadonlyMap<string, string> = new Map([
  ["char", "string"],
  ["wchar_t", "wstring"],
  ["char8_t", "u8string"],
  ["char16_t", "u16string"],
  ["char32_t", "u32string"],
]);

/** Compilers write the arguments of templates in full: here without the versions of the library's namespace, and strings as everybody calls them. */
export function shortenedCpp(name: string): string {
  if (!name.includes("<")) return name;
  const plain = name
    .replaceAll(/\bstd::__(?:\d+|ndk\d+|Cr)::/g, "std::")
    .replaceAll(/ +>/g, ">")
    .replaceAll(/\bstd::basic_string<(\w+)(?:, std::char_traits<\1>)?(?:, std::allocator<\1>)?>/g, (whole, character: string) =>
      strings.has(character) ? `std::${strings.get(character)}` : whole,
    )
    .replaceAll(/\bstd::basic_string_view<(\w+)(?:, std::char_traits<\1>)?>/g, (whole, character: string) =>
      strings.has(character) ? `std::${strings.get(character)}_view` : whole,
    );
  return withoutDefaults(plain);
}

const defaults = /, std::(?:allocator|less|hash|equal_to|default_delete)</g;

/** Without the arguments that nobody writes as they are what the library takes by itself. */
function withoutDefaults(name: string): string {
  let shown = "";
  let from = 0;
  for (const found of name.matchAll(defaults)) {
    if (found.index < from) continue;
    let depth = 1;
    let at = found.index + found[0].length;
    for (; at < name.length && depth > 0; at++) {
      if (name[at] === "<") depth++;
      else if (name[at] === ">") depth--;
    }
    shown += name.slice(from, found.index);
    from = at;
  }
  return shown + name.slice(from);
}
