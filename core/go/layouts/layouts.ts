/** How the types of a Go program lie in memory, as the helper in this folder (Go source, built with the user's toolchain) prints it. */

/** What a type is: the name of a basic type, or one of the composed ones. `param` and `tuple` have no size. */
export interface GoType {
  /** With import paths, as go/types spells it. */
  readonly name: string;
  readonly kind: string;
  readonly size: number;
  readonly align: number;
  /** Index of the type of elements, of what a pointer points to, or of a map's values. */
  readonly elem?: number;
  readonly key?: number;
  /** Of an array. */
  readonly len?: number;
  readonly fields?: readonly GoField[];
}

export interface GoField {
  readonly name: string;
  /** Bytes from the start of the struct. */
  readonly offset: number;
  readonly type: number;
  readonly embedded?: boolean;
}

/** Where a variable is declared. */
export interface GoDeclaration {
  readonly file: string;
  /** 1-based; columns count bytes. */
  readonly line: number;
  readonly column: number;
  /** Last line of the scope; `undefined` for a variable of the package. */
  readonly to?: number;
  /** As the linker calls the package, for a variable of the package. */
  readonly package?: string;
  readonly name: string;
  readonly type: number;
}

export interface GoConstant extends GoDeclaration {
  /** Exact, in Go's syntax. */
  readonly value: string;
}

/** Types refer to each other by their index in `types`; 0 is no type. */
export interface GoLayouts {
  readonly types: readonly GoType[];
  /** The runtime's own types, such as `runtime.g`. */
  readonly roots: Readonly<Record<string, number>>;
  /** The types that were asked for, by the compiler's spelling. */
  readonly names: Readonly<Record<string, number>>;
  readonly variables: readonly GoDeclaration[];
  readonly constants: readonly GoConstant[];
  /** What could not be found, one sentence each. */
  readonly problems: readonly string[];
}

/** `undefined` where `text` is not what the helper prints, such as when it was ended halfway. */
export function readLayouts(text: string): GoLayouts | undefined {
  try {
    const layouts: unknown = JSON.parse(text);
    return isLayouts(layouts) ? layouts : undefined;
  } catch {
    return undefined;
  }
}

function isLayouts(value: unknown): value is GoLayouts {
  if (typeof value !== "object" || value === null) return false;
  const { types, roots, names, variables, constants, problems } = value as Partial<Record<keyof GoLayouts, unknown>>;
  const lists = [types, variables, constants, problems].every((list) => Array.isArray(list));
  return lists && [roots, names].every((table) => typeof table === "object" && table !== null);
}

/** Bytes from the start of the runtime's type `root` to a field, by the names on the way; `undefined` where this version of Go has none of that name. */
export function offsetOf({ types, roots }: GoLayouts, root: string, ...path: readonly string[]): number | undefined {
  let type = types[roots[root] ?? 0];
  let offset = 0;
  for (const name of path) {
    const field = type?.fields?.find((field) => field.name === name);
    if (!field) return undefined;
    offset += field.offset;
    type = types[field.type];
  }
  return type && offset;
}
