// Runs a program under a debug adapter and writes down what the adapter says at every stop, one fact a line.
import { join } from "node:path";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { DapClient } from "../../support/dap-client.ts";
import type { Program, StopLine } from "./program.ts";

/** What was seen of a program. */
export interface Recorded {
  /** By what they are about: `main.go:40#2 Locals.point.X value`, at the second stop on line 40, to what the adapter says. */
  readonly facts: ReadonlyMap<string, string>;
  /** Stops on which the adapter sets no breakpoint, as their lines hold no statement. */
  readonly refused: ReadonlySet<StopLine>;
}

const deepest = 3;
const mostChildren = 12;
/** Children at the end of a long list that are looked at, too. */
const lastPage = 3;
/** Stops of one line that are looked into; what comes after is only counted. */
const mostHits = 3;

const client = { supportsVariableType: true, supportsVariablePaging: true };

/** Plays the program to its end. `launch`: the launch arguments. */
export async function record(client: DapClient, launch: object, program: Program): Promise<Recorded> {
  return new Recorder(client, program).run(launch);
}

class Recorder {
  readonly #client: DapClient;
  readonly #program: Program;
  readonly #facts = new Map<string, string>();
  readonly #hits = new Map<StopLine, number>();
  /** The program has come to its end in a step. */
  #ended = false;

  constructor(client: DapClient, program: Program) {
    this.#client = client;
    this.#program = program;
  }

  async run(launch: object): Promise<Recorded> {
    const { folder, stops } = this.#program;
    const byPath: Record<string, StopLine[]> = {};
    for (const stop of stops) (byPath[join(folder, stop.file)] ??= []).push(stop);
    const breakpoints = Object.fromEntries(Object.entries(byPath).map(([path, list]) => [path, list.map(({ line }) => line)]));
    const answers = await this.#client.launch(launch, { breakpoints, filters: ["unrecovered-panic"], client });
    const refused = new Set<StopLine>();
    for (const [path, list] of Object.entries(byPath))
      for (const [index, stop] of list.entries()) if (!answers[path]?.[index]?.verified) refused.add(stop);
    const order: string[] = [];
    for (let at = await this.#stopped(); at !== undefined; at = await this.#stopped()) {
      order.push(at);
      if (this.#ended) break;
      await this.#client.continue();
    }
    this.#fact("order of the stops", order.join("\n"));
    this.#fact("stdout", this.#client.output("stdout"));
    return { facts: this.#facts, refused };
  }

  /** Looks at a stop; gives its reason and place, or nothing at the program's end. */
  async #stopped(): Promise<string | undefined> {
    const event = await this.#client.event("stopped", "terminated");
    if (event.event === "terminated") return undefined;
    const { reason, threadId = 1 } = (event as DebugProtocol.StoppedEvent).body;
    this.#client.threadId = threadId;
    const frames = await this.#client.stack();
    const top = frames.find(({ source }) => source?.path?.startsWith(this.#program.folder));
    const at = top ? this.#place(top.source!.path!, top.line) : "outside of the program";
    const stop = this.#program.stops.find(({ file, line }) => `${file}:${line}` === at);
    if (stop && top) await this.#look(stop, top.id, frames);
    return `${reason} ${at}`;
  }

  async #look(stop: StopLine, frameId: number, frames: readonly DebugProtocol.StackFrame[]): Promise<void> {
    const hit = (this.#hits.get(stop) ?? 0) + 1;
    this.#hits.set(stop, hit);
    if (hit > mostHits) return;
    const about = `${stop.file}:${stop.line}#${hit}`;
    this.#fact(`${about} stack`, this.#stackText(frames));
    await this.#scopes(about, frameId);
    for (const expression of stop.expressions) await this.#evaluate(`${about} eval ${expression}`, expression, frameId);
    if (hit === 1) await this.#steps(about, stop);
  }

  async #scopes(about: string, frameId: number): Promise<void> {
    const { scopes } = await this.#client.request<{ scopes: DebugProtocol.Scope[] }>("scopes", { frameId });
    for (const { name, variablesReference } of scopes) {
      const variables = await this.#client.children(variablesReference);
      this.#fact(`${about} ${name}`, variables.map((variable) => variable.name).join(" "));
      await this.#variables(`${about} ${name}`, variables, 1);
    }
  }

  async #variables(about: string, variables: readonly DebugProtocol.Variable[], depth: number): Promise<void> {
    for (const variable of variables.slice(0, mostChildren)) {
      const { name, value, type, evaluateName, variablesReference, indexedVariables = 0, namedVariables = 0 } = variable;
      const path = `${about}.${name}`;
      this.#fact(`${path} value`, value);
      this.#fact(`${path} type`, type ?? "");
      this.#fact(`${path} evaluateName`, evaluateName ?? "");
      this.#fact(`${path} children`, `${indexedVariables} by number, ${namedVariables} by name`);
      if (variablesReference === 0 || depth >= deepest) continue;
      const isLong = indexedVariables > mostChildren;
      const children = await this.#client.children(variablesReference, isLong ? { filter: "indexed", start: 0, count: mostChildren } : {});
      // Which entries of a large map come first is chance.
      if (type?.startsWith("map[") && (isLong || children.length > mostChildren)) continue;
      await this.#variables(path, children, depth + 1);
      if (isLong) await this.#variables(path, await this.#page(variablesReference, indexedVariables), depth + 1);
    }
  }

  /** The last few children, of which a client that pages asks as of any others. */
  #page(variablesReference: number, indexedVariables: number): Promise<DebugProtocol.Variable[]> {
    return this.#client.children(variablesReference, { filter: "indexed", start: indexedVariables - lastPage, count: lastPage });
  }

  async #evaluate(about: string, expression: string, frameId: number): Promise<void> {
    const response = await this.#client.raw("evaluate", { expression, frameId, context: "watch" });
    if (!response.success) {
      this.#fact(about, `error: ${errorText(response)}`);
      return;
    }
    const { result, type, variablesReference } = response.body as DebugProtocol.EvaluateResponse["body"];
    this.#fact(about, result);
    this.#fact(`${about} type`, type ?? "");
    if (variablesReference > 0) await this.#variables(about, await this.#client.children(variablesReference), deepest);
  }

  /** A step that leaves the program's own files ends the comparison of steps there. */
  async #steps(about: string, { steps }: StopLine): Promise<void> {
    for (const [index, step] of steps.entries()) {
      await this.#client.request(step, { threadId: this.#client.threadId });
      const event = await this.#client.event("stopped", "terminated");
      this.#ended = event.event === "terminated";
      if (this.#ended) return;
      this.#client.threadId = (event as DebugProtocol.StoppedEvent).body.threadId ?? 1;
      const { name, line, source } = await this.#client.top();
      this.#fact(`${about} step ${index} ${step}`, `${name} ${this.#place(source?.path ?? "", line)}`);
    }
  }

  /** The frames in the program's own files; wrappers, which only one of the compilers makes, aside. */
  #stackText(frames: readonly DebugProtocol.StackFrame[]): string {
    return frames
      .filter(({ name, source }) => source?.path?.startsWith(this.#program.folder) && !/\.(?:gowrap|deferwrap)\d+$/.test(name))
      .map(({ name, line, source }) => `${name} ${this.#place(source!.path!, line)}`)
      .join(" < ");
  }

  #place(path: string, line: number): string {
    const inside = path.startsWith(`${this.#program.folder}/`) ? path.slice(this.#program.folder.length + 1) : "outside";
    return `${inside}:${line}`;
  }

  #fact(about: string, value: string): void {
    this.#facts.set(neutral(about), neutral(value));
  }
}

/** The whole text; `message` may be a short form of it. */
function errorText({ message, body }: DebugProtocol.Response): string {
  const { error } = (body ?? {}) as Partial<DebugProtocol.ErrorResponse["body"]>;
  const { format, variables } = error ?? {};
  if (format === undefined) return message ?? "";
  return format.replaceAll(/\{(\w+)\}/g, (braces, name: string) => variables?.[name] ?? braces);
}

/** Without what differs between machines: addresses, offsets into the program's file, names of type arguments that the compiler shares. */
function neutral(text: string): string {
  return text
    .replaceAll(/(?<!= )\b0x[0-9a-f]{5,16}\b/g, "0xADDRESS")
    .replaceAll(/\b(Str|PtrToThis): \d+/g, "$1: OFFSET")
    .replaceAll("go.shape.", "");
}
