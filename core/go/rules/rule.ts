/** What a rule gets and what it gives. One rule is one file; `index.ts` lists them. */
import type { Span } from "#core/text/positions.ts";
import type { CompilerPosition } from "../source/compiler-position.ts";
import type { BuildTarget } from "../source/build-constraints.ts";
import type { FuncDeclaration, GoFile, WasmDirective } from "../source/syntax.ts";
import type { Layouts } from "../types/layout.ts";
import type { MemoryRule } from "../types/memory.ts";
import type { GoPackage } from "../types/package.ts";
import type { TypeResolver } from "../types/resolver.ts";
import type { GoType } from "../types/types.ts";

/**
 * The compiler stops after the first phase with errors. A function shows those of its own first phase; functions do not
 * hide each other's.
 */
export type Phase = 1 | 2 | 3;

export interface GoRule {
  readonly code: string;
  readonly phase: Phase;
  check(context: RuleContext, report: (finding: Finding) => void): void;
}

export interface RelatedPlace {
  readonly file: GoFile;
  /** UTF-16 offsets into the file's text. */
  readonly span: Span;
  readonly message: string;
}

export interface Finding {
  /** The smallest thing to change; UTF-16 offsets into the checked file's text. */
  readonly span: Span;
  /** The compiler's exact text. */
  readonly message: string;
  /** Lines that say what is to blame and what to do. */
  readonly advice: readonly string[];
  /** UTF-16 offset at which the compiler reports it. */
  readonly position: number;
  /** The function it is about, if any: its later phases are then left out. */
  readonly owner: FuncDeclaration | undefined;
  readonly related?: readonly RelatedPlace[];
}

/** A finding with its rule, as {@link checkFile} returns it. */
export interface GoProblem extends Finding {
  readonly code: string;
  readonly compiler: CompilerPosition;
}

/** A function that an import or export directive reached, on a target where these mean something. */
export interface BorderFunction {
  readonly file: GoFile;
  readonly declaration: FuncDeclaration;
  /** The last well-formed directive of each kind; an import wins over an export. */
  readonly importing: WasmDirective | undefined;
  readonly exporting: WasmDirective | undefined;
}

/** A parameter, receiver or result with its type. */
export interface Crossing {
  readonly type: GoType;
  readonly span: Span;
}

/** All that crosses with a function. */
export interface Crossings {
  readonly parameters: readonly Crossing[];
  readonly results: readonly Crossing[];
}

/** Which generic code a package instantiates. */
export interface Instances {
  /** Generic functions and types that exist with some type arguments. */
  readonly all: ReadonlySet<string>;
  /** Those named outside of generic code: of such a function there is an instance besides the shared code. */
  readonly direct: ReadonlySet<string>;
}

export interface RuleContext {
  /** The file whose problems are wanted. */
  readonly file: GoFile;
  readonly package: GoPackage;
  readonly target: BuildTarget;
  readonly isWasm: boolean;
  /** The package has assembly or C, so functions without a body may be defined there. */
  readonly hasForeignCode: boolean;
  /** Functions of the whole package, in the order of files and text; empty unless the target is wasm. */
  readonly border: readonly BorderFunction[];
  /** Those of them that stand in the checked file. */
  readonly borderInFile: readonly BorderFunction[];
  readonly types: TypeResolver;
  /** What was found out about the functions so far. */
  readonly crossings: Map<FuncDeclaration, Crossings>;
  readonly layouts: Layouts;
  readonly memory: MemoryRule;
  /** The compiler's text for a type; undefined where a part of it is not known. */
  print(type: GoType): string | undefined;
  /** Generic functions, and methods of generic types, exist only once something instantiates them. */
  instances(): Instances;
}
