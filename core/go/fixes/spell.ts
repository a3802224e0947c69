/** Writes types as Go source for a place in a file. */
import type { RuleContext } from "../rules/rule.ts";
import type { GoFile } from "../source/syntax.ts";
import { isExported, universe, type GoType } from "../types/types.ts";
import type { Draft } from "./draft.ts";

/** What generated code is written for. */
export interface Writing {
  readonly context: RuleContext;
  /** The file that gets the code. */
  readonly file: GoFile;
  readonly draft: Draft;
}

/** `unsafe.`, `structs.`, `errors.` as the file has to write it. `name` is that in the package's clauses. */
export function qualifier({ context, file, draft }: Writing, path: string, name?: string): string {
  return draft.qualifier(file, path, (candidate) => context.package.members.has(candidate), name);
}

/** Types nest only as deep as their source does, which the parser limits. */
export function spell(writing: Writing, type: GoType): string | undefined {
  switch (type.kind) {
    case "basic":
      if (type.name === "unsafe.Pointer") return `${qualifier(writing, "unsafe")}Pointer`;
      return writing.context.package.members.has(type.spelling) ? undefined : type.spelling;
    case "named": {
      const args = type.args.map((argument) => spell(writing, argument));
      const before = packagePrefix(writing, type.package, type.name);
      if (before === undefined || args.includes(undefined)) return undefined;
      return `${before}${type.name}${args.length > 0 ? `[${args.join(", ")}]` : ""}`;
    }
    case "pointer":
      return prefixed("*", spell(writing, type.element));
    case "slice":
      return prefixed("[]", spell(writing, type.element));
    case "array":
      return prefixed(`[${type.length}]`, spell(writing, type.element));
    case "map": {
      const key = spell(writing, type.key);
      return key === undefined ? undefined : prefixed(`map[${key}]`, spell(writing, type.element));
    }
    case "interface":
      return type.spelling ?? (type.methods?.length === 0 ? "interface{}" : undefined);
    default:
      return undefined;
  }
}

function prefixed(prefix: string, text: string | undefined): string | undefined {
  return text === undefined ? undefined : prefix + text;
}

function packagePrefix(writing: Writing, from: (GoType & { kind: "named" })["package"], name: string): string | undefined {
  if (from === universe || from === writing.context.package.identity) return "";
  return from.path === undefined || !isExported(name) ? undefined : qualifier(writing, from.path, from.name);
}
