/** Changes the fields of structs to types that have a place in the host's memory, where nothing uses the fields yet. */
import type { FieldNode, GoFile, TypeSpec } from "../source/syntax.ts";
import { tokenKind as kind } from "../source/tokens.ts";
import { underlying, type GoType } from "../types/types.ts";
import { Draft } from "./draft.ts";
import { quickFix, type Recipe } from "./fix.ts";
import { markStructs } from "./markers.ts";
import { usesOf } from "./names.ts";
import { memoryProblems } from "./refused-pointer.ts";

export const fieldsInPlace: Recipe = {
  codes: ["unsupported-parameter", "unsupported-result"],
  offer(request) {
    const { context, source, isEditable } = request;
    const problems = memoryProblems(request);
    const values = problems.filter((problem) => problem.kind === "value");
    const others = problems.filter((problem) => problem.kind !== "value");
    if (values.length === 0) return [];
    const draft = new Draft(source);
    const names = new Set<string>();
    for (const problem of values) {
      const found = problem.field === undefined ? undefined : fieldAt(problem.field.file, problem.field.span.start);
      const text = found === undefined ? undefined : replacementOf(found.fields, problem.type);
      // Of a package for others to use, not all uses can be seen.
      const isWhole = context.package.identity.name === "main" && context.package.files.includes(problem.field?.file as GoFile);
      if (
        found === undefined ||
        text === undefined ||
        !isWhole ||
        !isEditable(problem.field!.file) ||
        isUsed(context.package.files, found.spec, found.fields)
      )
        return [];
      draft.replace(problem.field!.file, found.fields[0]!.span, text);
      names.add(found.spec.name.text);
    }
    if (others.length > 0 && !markStructs({ context, source, isEditable, file: context.file, draft }, others)) return [];
    return [quickFix(`Give the fields of ${[...names].join(", ")} types that the host has`, draft)];
  },
};

interface FoundField {
  readonly spec: TypeSpec;
  /** All names of the declaration. */
  readonly fields: readonly FieldNode[];
}

/** A field right in a declared struct type. */
function fieldAt(file: GoFile, start: number): FoundField | undefined {
  for (const spec of file.types) {
    if (spec.type.kind !== "struct" || spec.parameters.length > 0) continue;
    const fields = spec.type.fields.filter((field) => field.span.start === start);
    if (fields.length > 0) return { spec, fields };
  }
  return undefined;
}

/** The whole declaration anew; undefined for what is better thought over by a person. */
function replacementOf(fields: readonly FieldNode[], type: GoType): string | undefined {
  const [first] = fields;
  if (first === undefined || first.embedded || fields.some(({ name }) => name === "_")) return undefined;
  const names = fields.map(({ name }) => name);
  const shape = underlying(type);
  const tag = first.tag === undefined ? "" : ` ${first.tag}`;
  const written = (parts: readonly string[], text: string): string => `${parts.join(", ")} ${text}${tag}`;
  switch (shape.kind) {
    case "basic":
      if (shape.name === "int" || shape.name === "uint") return written(names, `${shape.name}32`);
      if (shape.name === "complex64" || shape.name === "complex128")
        return written(names, shape.name === "complex64" ? "[2]float32" : "[2]float64");
      if (shape.name === "string") return written(pairs(names), "uint32");
      return written(names, "uint32");
    case "slice":
      return written(pairs(names), "uint32");
    case "pointer":
    case "map":
    case "chan":
    case "func":
    case "interface":
      return written(names, "uint32");
    default:
      return undefined;
  }
}

function pairs(names: readonly string[]): string[] {
  return names.flatMap((name) => [`${name}Ptr`, `${name}Len`]);
}

/** Whether code may depend on the fields' types: by a selector, a key, a literal without keys, a conversion. */
function isUsed(files: readonly GoFile[], spec: TypeSpec, fields: readonly FieldNode[]): boolean {
  const names = new Set(fields.map(({ name }) => name));
  return files.some((file) => {
    const { kinds, starts, ends, matches, text, count } = file.tokens;
    for (let at = 0; at < count; at++) {
      if (kinds[at] !== kind.name || !names.has(text.slice(starts[at], ends[at]))) continue;
      if (kinds[at - 1] === kind.dot || kinds[at + 1] === kind.colon) return true;
    }
    return usesOf(file, spec.name.text).some(
      (at) => kinds[at + 1] === kind.openParen || (kinds[at + 1] === kind.openBrace && matches[at + 1] !== at + 2),
    );
  });
}
