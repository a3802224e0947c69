import { schemaProblems } from "./json-schema.ts";
import type { JsonSchema } from "./json-schema.ts";

/** How a lint is shown. */
const lintLevels = ["off", "hint", "information", "warning", "error"] as const;

function lint<Level extends (typeof lintLevels)[number]>(level: Level, description: string) {
  return { type: "string", enum: lintLevels, default: level, description, scope: "resource" } as const;
}

/**
 * Every setting of the extension, keyed without the prefix `goWasm.`.
 * The manifest's `contributes.configuration` and `docs/settings.md` are generated from this table; the language server gets the
 * same keys in `initializationOptions.goWasm`.
 */
export const settings = {
  "go.target": {
    type: "string",
    enum: ["auto", "wasip1", "wasip1-reactor", "js", "host"],
    enumDescriptions: [
      "By the file: `_js.go` and `syscall/js` mean js, everything else wasip1.",
      "A WASI preview 1 command.",
      "A WASI preview 1 reactor (`-buildmode=c-shared`).",
      "A program for a JavaScript host (`GOOS=js`).",
      "The machine's own platform, where the directives are inert.",
    ],
    default: "auto",
    description: "What the Go files are checked for.",
    scope: "resource",
  },
  "go.version": {
    type: "string",
    default: "",
    description:
      "Go version whose compiler's words are used, such as `1.26`. Empty: that of the installed toolchain, else the newest known.",
    scope: "resource",
  },
  "go.diagnostics": {
    type: "boolean",
    default: true,
    description: "Report what the Go compiler will say about `//go:wasmexport` and `//go:wasmimport`.",
    scope: "resource",
  },
  "go.compileOnSave": {
    type: "boolean",
    default: true,
    description:
      "Ask the Go compiler when a Go file is saved (`go build -gcflags=-e` for the chosen target, in the background) and show its other errors too. Never in an untrusted workspace, and not without Go.",
    scope: "resource",
  },
  "go.buildTags": {
    type: "string",
    default: "",
    description:
      "Build tags (`-tags`), separated by commas. Empty: those of `go.buildTags` or `go.buildFlags` where the Go extension is installed, else those of GOFLAGS.",
    scope: "resource",
  },
  "wat.diagnostics": {
    type: "boolean",
    default: true,
    description: "Report errors in WebAssembly text.",
    scope: "resource",
  },
  "wat.profile": {
    type: "string",
    enum: ["all", "3.0", "2.0", "1.0"],
    enumDescriptions: [
      "All of WebAssembly 3.0, and the proposals behind it.",
      "WebAssembly 3.0.",
      "WebAssembly 2.0: also multiple values, bulk memory operations, reference types and vectors.",
      "WebAssembly 1.0.",
    ],
    default: "all",
    description: "What the engines know that WebAssembly text is written for. What goes beyond it gets a warning.",
    scope: "resource",
  },
  "wat.inlayHints.types": {
    type: "boolean",
    default: true,
    description: "Show the types of locals, globals and fields of structs behind their names in WebAssembly text.",
    scope: "resource",
  },
  "wat.inlayHints.ends": {
    type: "boolean",
    default: true,
    description: "Show behind the end of a long function or block what ends there.",
    scope: "resource",
  },
  "wat.inlayHints.indices": {
    type: "boolean",
    default: true,
    description: "Show the index of definitions that have no name.",
    scope: "resource",
  },
  "wat.inlayHints.stack": {
    type: "boolean",
    default: false,
    description: "Show behind each line of a function what is on the operand stack then.",
    scope: "resource",
  },
  "wat.inlayHints.constants": {
    type: "boolean",
    default: false,
    description: "Show constants in hexadecimal, and those written in hexadecimal in decimal.",
    scope: "resource",
  },
  "wat.codeLens": {
    type: "boolean",
    default: true,
    description: "Show above definitions of WebAssembly text how often they are used, and as what they are exported.",
    scope: "resource",
  },
  "wat.lint.unused": lint("warning", "Definitions that the module neither uses nor exports."),
  "wat.lint.unused-local": lint("warning", "Locals that are never used."),
  "wat.lint.unused-parameter": lint("hint", "Parameters that are never used, of functions that are only called."),
  "wat.lint.unused-label": lint("hint", "Labels that nothing branches to."),
  "wat.lint.unread-local": lint("warning", "Locals that are set and never read."),
  "wat.lint.unreachable-code": lint("hint", "Instructions that are never reached."),
  "wat.lint.shadowed-label": lint("warning", "Labels that hide another of the same name."),
  "wat.lint.needless-mut": lint("warning", "Mutable globals that nothing sets."),
  "wat.lint.needless-try-table": lint("warning", "`try_table` without a clause."),
  "wat.lint.useless-catch": lint("warning", "Clauses of `try_table` behind one that catches the same."),
  "wat.lint.empty-block": lint("hint", "Blocks and `else` without an instruction."),
  "wat.lint.deprecated": lint("warning", 'Uses of what `(@deprecated "why")` stands before.'),
  "wat.lint.implicit-module": lint("off", "Fields without `(module ...)` around them."),
  "wat.lint.omitted-idx-in-instr": lint("off", "Instructions that do not say which memory or table they use."),
  "wat.format.printWidth": {
    type: "integer",
    minimum: 20,
    default: 100,
    description: "Columns that a line of formatted WebAssembly text should not exceed.",
    scope: "resource",
  },
  "wat.format.closingParens": {
    type: "string",
    enum: ["keep", "together", "split"],
    enumDescriptions: ["As they are.", "Behind what they close.", "In a line of their own, where the form has several lines."],
    default: "keep",
    description: "Where the formatter puts closing parentheses.",
    scope: "resource",
  },
  "wat.format.oneInstructionPerLine": {
    type: "boolean",
    default: true,
    description: "Give each flat instruction a line of its own. Otherwise those that share a line stay together.",
    scope: "resource",
  },
  "wat.format.wrapBeforeLocals": {
    type: "string",
    enum: ["never", "overflow", "multi-only", "always"],
    default: "always",
    description:
      "Begin a new line before the locals of a function: never, where they do not fit, where they take several lines, or always.",
    scope: "resource",
  },
  "wat.format.multiLineLocals": {
    type: "string",
    enum: ["never", "overflow", "smart", "wrap", "always"],
    default: "smart",
    description:
      "Give each `(local ...)` its own line: never, where they do not all fit into one, as between the first two, never but with line breaks where a line is full, or always.",
    scope: "resource",
  },
  "wat.format.wrapBeforeFields": {
    type: "string",
    enum: ["never", "overflow", "multi-only", "always"],
    default: "multi-only",
    description: "Begin a new line before the fields of a struct: never, where they do not fit, where they take several lines, or always.",
    scope: "resource",
  },
  "wat.format.multiLineFields": {
    type: "string",
    enum: ["never", "overflow", "smart", "wrap", "always"],
    default: "smart",
    description: "Give each `(field ...)` of a struct its own line; as for locals.",
    scope: "resource",
  },
  "wat.format.wrapBeforeConstExpr": {
    type: "string",
    enum: ["never", "overflow", "multi-only", "always"],
    default: "overflow",
    description:
      "Begin a new line before the value of a global or the offset of a segment: never, where it does not fit, where it has several instructions, or always.",
    scope: "resource",
  },
  "wat.format.formatComments": {
    type: "boolean",
    default: false,
    description: "Put spaces between the marks of comments and their words.",
    scope: "resource",
  },
  "wat.format.ignoreDirective": {
    type: "string",
    default: "fmt-ignore",
    description: "What a comment says before a field or an instruction that the formatter is to leave alone.",
    scope: "resource",
  },
  "debug.runtimeExecutable": {
    type: "string",
    default: "",
    description:
      "The Node.js executable (20 or later) that runs the debugged module. Empty: `node` on the path, else VS Code's own runtime.",
    scope: "machine-overridable",
    restricted: true,
  },
  "trace.server": {
    type: "string",
    enum: ["off", "messages", "verbose"],
    default: "off",
    description: "Log the messages between VS Code and the language server.",
    scope: "window",
  },
} as const satisfies Record<string, Setting>;

/** One row of {@link settings}. `restricted`: an untrusted workspace's value is ignored. */
export interface Setting extends JsonSchema {
  readonly scope: "window" | "resource" | "machine-overridable";
  readonly restricted?: boolean;
}

export type SettingName = keyof typeof settings;

type ValueOf<Row> = Row extends { enum: readonly (infer Choice)[] }
  ? Choice
  : Row extends { type: "boolean" }
    ? boolean
    : Row extends { type: "string" }
      ? string
      : Row extends { type: "integer" }
        ? number
        : unknown;

/** The values of all settings, keyed as in {@link settings}. */
export type SettingValues = { -readonly [Name in SettingName]: ValueOf<(typeof settings)[Name]> };

/** The default of every setting. */
export function defaultSettings(): SettingValues {
  return Object.fromEntries(Object.entries(settings).map(([name, row]) => [name, row.default])) as SettingValues;
}

/**
 * Takes from `given` every value of the right type; defaults (`fallback` where given) for the rest, other keys are ignored.
 * A key may stand whole (`"go.target"`, as in `initializationOptions`) or in nested objects (`go: { target }`, as VS Code hands sections over).
 */
export function readSettings(given: unknown, fallback: SettingValues = defaultSettings()): SettingValues {
  const values: Record<string, unknown> = { ...fallback };
  for (const [name, row] of Object.entries<Setting>(settings)) {
    const value = valueAt(given, name);
    if (schemaProblems(value, row, name).length === 0) values[name] = value;
  }
  return values as SettingValues;
}

function valueAt(given: unknown, name: string): unknown {
  if (typeof given !== "object" || given === null) return undefined;
  const keyed = given as Record<string, unknown>;
  if (Object.hasOwn(keyed, name)) return keyed[name];
  let value: unknown = given;
  for (const part of name.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}
