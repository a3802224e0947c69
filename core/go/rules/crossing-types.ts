/** Which types cross the border by value (cmd/compile/internal/ssagen/abi.go), and what to use instead of the others. */
import { isHostLayout, type MemoryProblem } from "../types/memory.ts";
import { underlying, type BasicName, type GoType } from "../types/types.ts";
import type { RelatedPlace, RuleContext } from "./rule.ts";

export interface Refusal {
  /** The type as the compiler prints it. */
  readonly text: string;
  readonly advice: readonly string[];
  readonly related: readonly RelatedPlace[];
}

const allowedBasics = new Set<BasicName>(["int32", "uint32", "int64", "uint64", "float32", "float64", "bool", "unsafe.Pointer", "uintptr"]);

/** Undefined for a type that may cross, and for one about which that cannot be decided. */
export function refusal(context: RuleContext, type: GoType, role: "parameter" | "result"): Refusal | undefined {
  const shape = underlying(type);
  if (shape.kind === "unknown") return undefined;
  if (shape.kind === "basic" && (allowedBasics.has(shape.name) || (shape.name === "string" && role === "parameter"))) return undefined;
  const text = context.print(type);
  if (shape.kind !== "pointer") return text === undefined ? undefined : { text, advice: [instead(shape, role)], related: [] };
  const verdict = context.memory.verdict(shape.element);
  if (verdict.allowed !== "no" || text === undefined) return undefined;
  const problems = verdict.problems.map((problem) => explain(context, shape.element, problem));
  return { text, advice: problems.map((problem) => problem.line), related: problems.flatMap((problem) => problem.related) };
}

function instead(shape: GoType, role: "parameter" | "result"): string {
  switch (shape.kind) {
    case "basic":
      return insteadOfBasic(shape.name, role);
    case "slice":
      return role === "parameter"
        ? "A slice cannot cross: pass a pointer to its first element and its length as uint32."
        : "A slice cannot be a result: return a pointer to its first element, and give its length by another export.";
    case "array":
      return "An array cannot cross by value: pass a pointer to it.";
    case "struct":
      return "A struct cannot cross by value: pass a pointer to it, and mark the struct with _ structs.HostLayout.";
    default:
      return `${kindNames[shape.kind] ?? "This type"} cannot cross: keep the value in Go, and pass an int32 handle for it.`;
  }
}

const kindNames: Partial<Record<GoType["kind"], string>> = {
  map: "A map",
  chan: "A channel",
  func: "A function value",
  interface: "An interface",
};

function insteadOfBasic(name: BasicName, role: "parameter" | "result"): string {
  switch (name) {
    case "string":
      return "A string can be a parameter, but not a result: return a pointer to its bytes (unsafe.StringData), and give the length by another export.";
    case "complex64":
    case "complex128":
      return `WebAssembly has no complex numbers: pass two ${name === "complex64" ? "float32" : "float64"}.`;
    case "int":
    case "uint":
      return `WebAssembly has integers of 32 and 64 bits: use ${name}32 or ${name}64 as the ${role}.`;
    default:
      return `WebAssembly has integers of 32 and 64 bits: use ${name.startsWith("u") ? "uint32" : "int32"} as the ${role}.`;
  }
}

function explain(context: RuleContext, element: GoType, problem: MemoryProblem): { line: string; related: RelatedPlace[] } {
  const at = problem.path === "" ? "" : ` (${context.print(element) ?? "it"}.${problem.path})`;
  const text = context.print(problem.type) ?? "this type";
  if (problem.kind === "defined-marker") {
    const { declaration } = problem.type;
    const line = `Write type ${problem.type.name} = structs.HostLayout: a type defined from the marker${at} does not count as it, an alias does.`;
    return {
      line,
      related:
        declaration === undefined ? [] : [{ file: declaration.file, span: declaration.spec.name.span, message: `${text} is no alias` }],
    };
  }
  if (isHostLayout(problem.type))
    return {
      line: `structs.HostLayout marks the struct that it is a field of${at}: it cannot cross by itself, nor in an array.`,
      related: [],
    };
  if (problem.kind === "no-marker") {
    const named = problem.type.kind === "named" ? problem.type.declaration : undefined;
    const line = `Add _ structs.HostLayout as the first field of ${named === undefined ? "the anonymous struct" : text}${at}: the host must know where its fields are.`;
    if (named !== undefined)
      return { line, related: [{ file: named.file, span: named.spec.name.span, message: `${text} has no structs.HostLayout` }] };
    const first = problem.struct.fields[0];
    return {
      line,
      related:
        first === undefined ? [] : [{ file: problem.struct.file, span: first.node.span, message: "This struct has no structs.HostLayout" }],
    };
  }
  const shape = underlying(problem.type);
  const line =
    problem.path === ""
      ? `A pointer that crosses cannot point at ${text}: ${insteadInMemory(shape)}`
      : `Field ${problem.path} has type ${text}, which has no place in the host's memory: ${insteadInMemory(shape)}`;
  return { line, related: problem.field === undefined ? [] : [{ ...problem.field, message: `${text} cannot cross` }] };
}

function insteadInMemory(shape: GoType): string {
  if (shape.kind === "slice" || (shape.kind === "basic" && shape.name === "string")) return "use an address and a length, both uint32.";
  if (shape.kind === "basic" && (shape.name === "int" || shape.name === "uint")) return `use ${shape.name}32 or ${shape.name}64.`;
  if (shape.kind === "basic" && shape.name.startsWith("complex")) return `use two ${shape.name === "complex64" ? "float32" : "float64"}.`;
  const isAddress = shape.kind === "pointer" || (shape.kind === "basic" && (shape.name === "uintptr" || shape.name === "unsafe.Pointer"));
  return isAddress ? "Go's pointers are wider than the host's, use an address in a uint32." : "use an int32 handle.";
}
