import { basename, dirname } from "node:path";
import { printableLine } from "#core/text/printable.ts";
import type { LaunchArguments } from "#core/contract/launch-attributes.ts";
import { GoneError } from "../engine/engine.ts";
import { DebuggeeProcess, type RunInTerminal } from "../engine/v8/debuggee-process.ts";
import { NodeEngine } from "../engine/v8/node-engine.ts";
import { debuggeeCommand } from "../launch/debuggee-command.ts";
import type { LaunchPlan } from "../launch/launch-plan.ts";
import { LaunchedModules } from "../launch/modules.ts";
import { BuildError } from "../launch/build-problems.ts";
import { goroutineOptions } from "../launch/goroutine-options.ts";
import { makePlan } from "../launch/plan.ts";
import { startMessage } from "../launch/start-message.ts";
import { Program } from "../program/program.ts";
import { SourceFinder } from "../sources/source-finder.ts";
import { SourceRegistry } from "../sources/source-registry.ts";
import { buildListener } from "./progress.ts";
import { programListener } from "./program-events.ts";
import { type ErrorDialog, type Launch, type Request, RequestError, type SessionState } from "./request.ts";

const launchingText = "a program is being launched already; wait for it, or end the session";
const launchedText = "this session has launched its program already; begin another session for another program";

export const launch: Request = {
  command: "launch",
  handle: async (state, args: LaunchArguments) => {
    if (state.launch) throw new RequestError(state.launch.program ? launchedText : launchingText);
    const current: Launch = {
      args,
      abort: new AbortController(),
      program: undefined,
      process: undefined,
      engine: undefined,
      waitsForCalls: false,
      changedSources: new Set(),
      progressId: undefined,
    };
    state.launch = current;
    try {
      await start(state, current);
    } catch (error) {
      state.launch = undefined;
      await current.engine?.end();
      current.process?.end();
      // Whatever failed, failed by what the user has asked for: they need not be told of it.
      if (current.abort.signal.aborted) throw new RequestError("the launch was cancelled");
      if (error instanceof BuildError) throw new RequestError(error.message, true, buildDialog(error));
      throw new RequestError(error instanceof Error ? error.message : String(error), true);
    }
    return { afterwards: () => state.peer.send("initialized") };
  },
};

/** Editors show it in place of all that the compiler says, which is in the Problems panel. */
function buildDialog({ message, problems }: BuildError): ErrorDialog | undefined {
  if (problems.length === 0) return undefined;
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  const first = problems[0]!;
  const text = `${message.split(":")[0]!}: ${count}. ${first.message.split("\n")[0]!} (${basename(first.file)}:${first.line})`;
  return { text, command: "workbench.actions.view.problems", label: "Open Problems" };
}

async function start(state: SessionState, current: Launch): Promise<void> {
  const { args, abort } = current;
  const listener = buildListener(state, current);
  const debug = !(args.noDebug ?? false);
  const terminal = args.console === "integratedTerminal" ? terminalOf(state) : undefined;
  const plan = await makePlan(args, abort.signal, listener, (runtime, cwd) => {
    // A terminal would be opened for a program that may not even compile; and the build may have failed already.
    if (!terminal && state.launch === current) current.process = new DebuggeeProcess(debuggeeCommand(runtime, cwd, debug), undefined);
  });
  abort.signal.throwIfAborted();
  for (const note of plan.notes) tell(state, note);
  current.waitsForCalls = plan.waitsForCalls;
  if (plan.waitsForCalls) tell(state, "the module is a reactor: call its exports in the debug console, as in name(1, 2)");
  const limits = { maxStringLen: args.maxStringLen ?? 512, maxArrayValues: args.maxArrayValues ?? 64 };
  // Reading debug information and starting the process take about the same time, and neither waits for the other.
  const options = { ...goroutineOptions(args), limits };
  const modules = new LaunchedModules(plan, options, abort.signal, listener);
  const finder = new SourceFinder([...folders(plan), ...(args.workspaceFolders ?? [])], args.substitutePath ?? []);
  const stopAt = args.stopOnEntry ? plan.entry : undefined;
  const program = new Program(
    {
      registry: new SourceRegistry(finder),
      symbolsOf: (module) => modules.symbolsOf(module),
      limits,
      hitsPerGoroutine: args.hitCondPerG ?? false,
      stopAt,
      stopsAtHandledTraps: plan.host === "script",
    },
    programListener(state, current),
  );
  current.process ??= new DebuggeeProcess(debuggeeCommand(plan.runtime, plan.cwd, debug), terminal);
  current.engine = new NodeEngine(engineOptions(current.process, args, plan, debug), program);
  if (debug) await Promise.race([program.start(current.engine), aborted(abort.signal)]);
  else await current.engine.start();
  abort.signal.throwIfAborted();
  current.program = program;
}

/** Rejects when the launch is cancelled. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(new GoneError()), { once: true });
  });
}

/** Where files that debug information names are looked for. */
function folders({ program, hostScript, cwd }: LaunchPlan): string[] {
  return [...[program?.path, hostScript].flatMap((path) => (path === undefined ? [] : [dirname(path)])), cwd];
}

function engineOptions(
  process: DebuggeeProcess,
  args: LaunchArguments,
  plan: LaunchPlan,
  debug: boolean,
): ConstructorParameters<typeof NodeEngine>[0] {
  return {
    process,
    start: startMessage(plan, debug),
    program: plan.program && { name: plan.program.path, bytes: plan.program.bytes, waitsForCallbacks: plan.host === "js" },
    trace: args.trace ?? false,
  };
}

function terminalOf(state: SessionState): RunInTerminal | undefined {
  if (!state.client.canRunInTerminal) {
    tell(state, '"console": "integratedTerminal" needs a client with a terminal; the program runs in the debug console instead');
    return undefined;
  }
  return (command) =>
    state.peer.runInTerminal({
      kind: "integrated",
      title: "WebAssembly",
      cwd: command.cwd,
      args: [command.executable, ...command.args],
      // Other debuggers get into every process of a terminal by this variable.
      env: { ...command.env, NODE_OPTIONS: null, VSCODE_INSPECTOR_OPTIONS: null },
    });
}

function tell(state: SessionState, text: string): void {
  state.peer.send("output", { category: "important", output: `${printableLine(text)}\n` });
}
