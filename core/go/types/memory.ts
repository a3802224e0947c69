/**
 * What a pointer that crosses the border may point at (cmd/compile/internal/ssagen/abi.go, `wasmElemTypeAllowed`), and
 * what stands in the way.
 */
import type { Span } from "#core/text/positions.ts";
import type { GoFile } from "../source/syntax.ts";
import { underlying, type GoType, type NamedType, type StructType } from "./types.ts";

export type MemoryProblem =
  /** A struct with fields and without `structs.HostLayout`; `type` is its named type where it has one. */
  | { readonly kind: "no-marker"; readonly struct: StructType; readonly type: GoType; readonly path: string }
  /** A type defined from the marker (`type HL structs.HostLayout`), which does not count as it. */
  | { readonly kind: "defined-marker"; readonly type: NamedType; readonly path: string }
  /** A value that has no place in the host's memory; `path` leads to it (`in.x`), empty for the type itself. */
  | {
      readonly kind: "value";
      readonly type: GoType;
      readonly path: string;
      readonly field: { readonly file: GoFile; readonly span: Span } | undefined;
    };

export interface MemoryVerdict {
  /** "unknown" where a part cannot be resolved and nothing else is wrong. */
  readonly allowed: "yes" | "no" | "unknown";
  /** The first few reasons, in source order; empty unless `allowed` is "no". */
  readonly problems: readonly MemoryProblem[];
}

/** More reasons than a reader wants; a type that multiplies itself must not multiply them. */
const maximalProblems = 8;
/** Values nest by arrays and structs only as deep as the source does. */
const maximalDepth = 200;

const allowedBasics = new Set(["int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float32", "float64", "bool"]);

/** Remembers the verdicts about one package's types. */
export class MemoryRule {
  readonly #known = new Map<GoType, MemoryVerdict>();
  readonly #maximalProblems: number;
  #depth = 0;

  /** Who wants to mend everything asks for more reasons than a reader does. */
  constructor(limit = maximalProblems) {
    this.#maximalProblems = limit;
  }

  /** `type` is the pointer's element. Paths in the answer start at it. */
  verdict(type: GoType): MemoryVerdict {
    const known = this.#known.get(type);
    if (known !== undefined) return known;
    const undecided: MemoryVerdict = { allowed: "unknown", problems: [] };
    if (this.#depth >= maximalDepth) return undecided;
    // A struct that contains itself is an error of another kind.
    this.#known.set(type, undecided);
    this.#depth++;
    const verdict = this.#compute(type);
    this.#depth--;
    this.#known.set(type, verdict);
    return verdict;
  }

  #compute(type: GoType): MemoryVerdict {
    const shape = underlying(type);
    if (type.kind === "named" && isHostLayout(type.definition())) {
      return { allowed: "no", problems: [{ kind: "defined-marker", type, path: "" }] };
    }
    if (shape.kind === "unknown") return { allowed: "unknown", problems: [] };
    if (shape.kind === "array") return this.verdict(shape.element);
    if (shape.kind === "struct") return shape.fields.length === 0 ? { allowed: "yes", problems: [] } : this.#struct(type, shape);
    if (shape.kind === "basic" && allowedBasics.has(shape.name)) return { allowed: "yes", problems: [] };
    return { allowed: "no", problems: [{ kind: "value", type, path: "", field: undefined }] };
  }

  #struct(type: GoType, struct: StructType): MemoryVerdict {
    let marked = false;
    let unknown = false;
    const problems: MemoryProblem[] = [];
    for (const field of struct.fields) {
      if (isHostLayout(field.type)) {
        marked = true;
        continue;
      }
      const verdict = this.verdict(field.type);
      if (verdict.allowed === "unknown") unknown = true;
      for (const problem of verdict.problems) {
        if (problems.length >= this.#maximalProblems) break;
        const path = problem.path === "" ? field.name : `${field.name}.${problem.path}`;
        if (problem.kind !== "value") problems.push({ ...problem, path });
        else problems.push({ ...problem, path, field: problem.field ?? { file: struct.file, span: field.node.span } });
      }
    }
    // An unknown field type may be the marker under another name.
    const meantToBe = problems.some((problem) => problem.kind === "defined-marker" && !problem.path.includes("."));
    if (!marked && !unknown && !meantToBe) problems.unshift({ kind: "no-marker", struct, type, path: "" });
    if (problems.length > 0) return { allowed: "no", problems };
    return { allowed: unknown ? "unknown" : "yes", problems };
  }
}

/** Only the type itself, also by an alias: neither a type defined from it nor an array of it counts. */
export function isHostLayout(type: GoType): boolean {
  return type.kind === "named" && type.name === "HostLayout" && type.package.path === "structs";
}
