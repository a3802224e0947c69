import { schemaProblems, type JsonSchema } from "./json-schema.ts";

/**
 * Every attribute of a `launch` request of debug type `wasm`. Names and meanings are Delve's wherever Delve has one.
 * The manifest's `configurationAttributes` and `docs/launch.md` are generated from this table.
 */
export const launchAttributes = {
  program: {
    type: "string",
    default: "${file}",
    description: "The module to debug: a `.wasm` or a `.wat` file, or the folder of a Go package or one of its files.",
  },
  mode: {
    type: "string",
    enum: ["auto", "debug", "test", "exec"],
    enumDescriptions: [
      "`exec` for a `.wasm` or `.wat` file, `test` for a `_test.go` file, `debug` for a Go package.",
      "Build the Go package for WebAssembly without optimisations and debug it.",
      "Build the tests of the Go package and debug them; `args` are those of the test program, such as `-test.run`.",
      "Run `program` as it is; a `.wat` file is encoded first.",
    ],
    default: "auto",
    description: "What to do with `program`.",
  },
  buildFlags: {
    type: ["string", "array"],
    items: { type: "string" },
    default: "",
    description: "Flags of `go build` and `go test`, such as `-tags=integration`.",
  },
  buildMode: {
    type: "string",
    enum: ["exe", "c-shared"],
    enumDescriptions: ["A command with a `main` function.", "A reactor, whose `//go:wasmexport` functions a host calls."],
    description: "How a Go package is built. Default: `c-shared` where `invoke` or a JavaScript host is given, else `exe`.",
  },
  output: { type: "string", description: "File for the module of a Go package. Default: a temporary one." },
  showGlobalVariables: { type: "boolean", default: false, description: "Show the variables of the package that a Go frame is in." },
  hideSystemGoroutines: { type: "boolean", default: false, description: "Leave out the goroutines that Go's runtime starts for itself." },
  showWaitReasons: { type: "boolean", default: false, description: "Show behind the name of a goroutine what it waits for." },
  showGoroutineOrigins: {
    type: "boolean",
    default: false,
    description: "Show below the frames of a goroutine the `go` statement that started it.",
  },
  goroutineFilters: {
    type: "string",
    description:
      "Which goroutines to show, as Delve's `goroutines` takes it: `-with user`, `-without startloc worker.go`; places are `curloc`, `userloc`, `goloc` (the `go` statement) and `startloc`.",
  },
  hitCondPerG: { type: "boolean", default: false, description: "Let hit counts of breakpoints in Go count for each goroutine by itself." },
  args: { type: "array", items: { type: "string" }, default: [], description: "Command line arguments of the program, without its name." },
  cwd: {
    type: "string",
    default: "${workspaceFolder}",
    description: "Working directory of the program. Default: the folder of `program`.",
  },
  env: {
    type: "object",
    additionalProperties: { type: ["string", "null"] },
    default: {},
    description: "Environment variables of the program. It gets these, `PWD`, and nothing else.",
  },
  envFile: { type: ["string", "array"], items: { type: "string" }, description: "File, or files, with lines `NAME=value`; `env` wins." },
  stopOnEntry: { type: "boolean", default: false, description: "Stop at the first instruction of the module." },
  noDebug: { type: "boolean", default: false, description: "Run at full speed, without breakpoints." },
  console: {
    type: "string",
    enum: ["internalConsole", "integratedTerminal"],
    enumDescriptions: ["The Debug Console.", "VS Code's terminal, where the program can read from the keyboard."],
    default: "internalConsole",
    description: "Where the program's input and output go.",
  },
  substitutePath: {
    type: "array",
    items: {
      type: "object",
      required: ["from", "to"],
      properties: {
        from: { type: "string", description: "The path in the editor." },
        to: { type: "string", description: "The path in the module's debug information." },
      },
    },
    default: [],
    description: "Pairs of path prefixes that map the editor's paths (`from`) to those in the module (`to`).",
  },
  stackTraceDepth: {
    type: "integer",
    default: 50,
    minimum: 1,
    description: "How many frames a stack trace has where the client asks for all.",
  },
  maxStringLen: { type: "integer", default: 512, minimum: 1, description: "How many bytes of a string are shown." },
  maxArrayValues: {
    type: "integer",
    default: 64,
    minimum: 1,
    description: "How many elements of an array are shown in its one-line value.",
  },
  host: {
    type: "string",
    default: "auto",
    description:
      "What provides the imports: `wasip1`, `js` (Go's own `wasm_exec.js`), `none`, the path of a JavaScript file, or `auto` (by the module's imports; a Go package that imports `syscall/js` is built for `js`). With `none`, a call of a missing import traps and names it. A JavaScript file gets the module's path as its first argument and in the variable `WASM_PROGRAM`, and loads it; without `program` it loads its own modules.",
  },
  invoke: {
    type: "object",
    required: ["export"],
    properties: {
      export: { type: "string", description: "Name of an exported function." },
      args: { type: "array", items: { type: ["number", "string"] }, description: "Numbers, or strings for i64, NaN and hexadecimal." },
    },
    description: "The exported function to call. Default: `_start` where there is one. Its result is printed.",
  },
  preopens: {
    type: "object",
    additionalProperties: { type: "string" },
    description: "Folders that the program may open: guest path to host path. Default: `cwd` at its own path. This is no sandbox.",
  },
  stdin: { type: "string", description: "File whose contents are the program's standard input." },
  runtimeExecutable: {
    type: "string",
    description: "The Node.js executable (20 or later) that runs the module. Default: the setting `goWasm.debug.runtimeExecutable`.",
  },
  runtimeArgs: { type: "array", items: { type: "string" }, default: [], description: "Arguments of that executable, before our own." },
  workspaceFolders: {
    type: "array",
    items: { type: "string" },
    description: "Folders where source files named in debug information are looked for last. Default: the workspace's folders.",
  },
  trace: { type: "boolean", default: false, description: "Write the engine's protocol to the Debug Console." },
} as const satisfies Record<keyof LaunchArguments, JsonSchema>;

export type LaunchAttributeName = keyof typeof launchAttributes;

/** A value that `invoke.args` may hold. */
export type InvokeArgument = number | string;

/** The attributes of one `launch` request as the client sends them; all may be missing or of a wrong type until checked. */
export interface LaunchArguments {
  program?: string;
  mode?: "auto" | "debug" | "test" | "exec";
  buildFlags?: string | string[];
  buildMode?: "exe" | "c-shared";
  output?: string;
  showGlobalVariables?: boolean;
  hideSystemGoroutines?: boolean;
  showWaitReasons?: boolean;
  showGoroutineOrigins?: boolean;
  goroutineFilters?: string;
  hitCondPerG?: boolean;
  args?: string[];
  cwd?: string;
  env?: Record<string, string | null>;
  envFile?: string | string[];
  stopOnEntry?: boolean;
  noDebug?: boolean;
  console?: "internalConsole" | "integratedTerminal";
  substitutePath?: { from: string; to: string }[];
  stackTraceDepth?: number;
  maxStringLen?: number;
  maxArrayValues?: number;
  host?: string;
  invoke?: { export: string; args?: InvokeArgument[] };
  preopens?: Record<string, string>;
  stdin?: string;
  runtimeExecutable?: string;
  runtimeArgs?: string[];
  workspaceFolders?: string[];
  trace?: boolean;
}

/** What is wrong with launch attributes as they came in: one sentence per mistake, naming the attribute. Unknown attributes are no mistake. */
export function checkLaunchArguments(given: Record<string, unknown>): string[] {
  return Object.entries<JsonSchema>(launchAttributes).flatMap(([name, row]) =>
    given[name] === undefined ? [] : schemaProblems(given[name], row, `launch attribute "${name}"`),
  );
}
