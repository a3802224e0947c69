import assert from "node:assert/strict";
import {
  debug,
  type DebugSession,
  type DebugConfiguration,
  Location,
  Position,
  SourceBreakpoint,
  type Uri,
  window,
  workspace,
} from "vscode";
import { eventually, type HostTest, inWorkspace, within } from "./host-test.ts";
import { watchRemovedBreakpoints } from "./removed-breakpoints.ts";

export const debugging: readonly HostTest[] = [
  {
    title: "a breakpoint in the C sample is hit, with its variables, and the program ends with its exit code",
    run: () =>
      debugSample({
        file: "c/main.c",
        at: "deposit(&balance, interest);",
        configuration: { program: "c/main.wasm" },
        frame: /grow/,
        variable: ["percent", "3"],
      }),
  },
  {
    title: "a breakpoint in the AssemblyScript sample is hit, with its variables",
    run: () =>
      debugSample({
        file: "assemblyscript/assembly/index.ts",
        at: "const rest = candidate % divisor;",
        configuration: { program: "assemblyscript/build/debug.wasm", invoke: { export: "countPrimes", args: [30] } },
        frame: /isPrime/,
        variable: ["candidate", "4"],
      }),
  },
  {
    title: "a breakpoint in the WAT sample is hit, with its variables",
    run: () =>
      debugSample({
        file: "wat/factorial.wat",
        at: "local.set $value",
        configuration: { program: "wat/factorial.wat", invoke: { export: "factorials", args: [5] } },
        frame: /factorials/,
        variable: ["$count", "5"],
      }),
  },
];

interface Sample {
  /** The source file, below the samples. */
  readonly file: string;
  /** Text of the line with the breakpoint. */
  readonly at: string;
  readonly configuration: { readonly program: string; readonly invoke?: object };
  /** The name of the innermost frame. */
  readonly frame: RegExp;
  /** A variable of that frame at the first stop. */
  readonly variable: readonly [name: string, value: string];
}

interface Variable {
  readonly name: string;
  readonly value: string;
}

async function debugSample({ file, at, configuration, frame, variable }: Sample): Promise<void> {
  const uri = inWorkspace(file);
  const line = await lineOf(uri, at);
  // VS Code saves the active editor before it starts; were it an untitled one of another test, it would ask for a name.
  await window.showTextDocument(uri);
  const breakpoint = new SourceBreakpoint(new Location(uri, new Position(line, 0)));
  debug.addBreakpoints([breakpoint]);
  const ends: DebugSession[] = [];
  const listener = debug.onDidTerminateDebugSession((session) => ends.push(session));
  const removed = watchRemovedBreakpoints();
  try {
    const full: DebugConfiguration = { ...configuration, type: "wasm", request: "launch", name: file };
    full["program"] = inWorkspace(configuration.program).fsPath;
    assert.equal(await within("startDebugging", debug.startDebugging(workspace.workspaceFolders?.[0], full)), true);
    const stopped = await eventually(`${file} did not stop`, () => {
      const item = debug.activeStackItem;
      return item && "frameId" in item ? item : undefined;
    });
    const { session, threadId } = stopped;
    const { stackFrames } = (await ask(session, "stackTrace", { threadId, levels: 1 })) as {
      stackFrames: { name: string; line: number }[];
    };
    assert.match(stackFrames[0]!.name, frame);
    assert.equal(stackFrames[0]!.line, line + 1);
    const variables = await variablesOf(session, stopped.frameId);
    assert.equal(variables.find(({ name }) => name === variable[0])?.value, variable[1], JSON.stringify(variables));
    debug.removeBreakpoints([breakpoint]);
    // VS Code tells the adapter a moment later; a "continue" before that would run into the breakpoint again.
    await eventually(`the breakpoint in ${file} was not removed`, () => removed.has(session.id) || undefined);
    await ask(session, "continue", { threadId });
    await eventually(`the session of ${file} did not end`, () => ends.find(({ id }) => id === session.id));
  } finally {
    listener.dispose();
    removed.dispose();
    debug.removeBreakpoints([breakpoint]);
    await within("stopDebugging", debug.stopDebugging());
  }
}

/** 0-based. */
async function lineOf(uri: Uri, text: string): Promise<number> {
  const document = await workspace.openTextDocument(uri);
  const line = document
    .getText()
    .split("\n")
    .findIndex((candidate) => candidate.includes(text));
  assert.ok(line >= 0, `${uri.path} has no line with ${text}`);
  return line;
}

/** The variables of all scopes of a frame. */
async function variablesOf(session: DebugSession, frameId: number): Promise<Variable[]> {
  const { scopes } = (await ask(session, "scopes", { frameId })) as { scopes: { variablesReference: number }[] };
  const all: Variable[] = [];
  for (const { variablesReference } of scopes) {
    const { variables } = (await ask(session, "variables", { variablesReference })) as { variables: Variable[] };
    all.push(...variables);
  }
  return all;
}

function ask(session: DebugSession, request: string, args: object): Promise<unknown> {
  return within(request, session.customRequest(request, args));
}
