import { expect, test } from "vitest";
import type { Stop, Target } from "../../../debug-adapter/src/engine/engine.ts";
import { Program } from "../../../debug-adapter/src/program/program.ts";
import { continueRequest } from "../../../debug-adapter/src/requests/continue.ts";
import { next } from "../../../debug-adapter/src/requests/next.ts";
import { programListener } from "../../../debug-adapter/src/requests/program-events.ts";
import type { Launch, Request, SessionState } from "../../../debug-adapter/src/requests/request.ts";
import { newSessionState } from "../../../debug-adapter/src/requests/session-state.ts";
import { stackTrace } from "../../../debug-adapter/src/requests/stack-trace.ts";
import { SourceFinder } from "../../../debug-adapter/src/sources/source-finder.ts";
import { SourceRegistry } from "../../../debug-adapter/src/sources/source-registry.ts";

/** An engine that is stopped in a frame of JavaScript; `failing` says whether it refuses to go on. */
class FakeEngine {
  failing = true;
  readonly events: string[] = [];
  readonly state: SessionState;
  readonly program: Program;
  readonly target = {
    id: 1,
    name: "main",
    step: () => this.#goOn(),
    resume: () => this.#goOn(),
    pause: () => {
      this.events.push("asked to pause");
      return Promise.resolve();
    },
  } as unknown as Target;

  constructor() {
    const peer = {
      send: (event: string) => void this.events.push(event),
      taken: () => Promise.resolve(),
      runInTerminal: () => Promise.resolve(),
    };
    this.state = newSessionState(peer);
    const launch = { args: {}, abort: new AbortController(), waitsForCalls: false } as unknown as Launch;
    this.program = new Program(
      {
        registry: new SourceRegistry(new SourceFinder([], [])),
        symbolsOf: () => Promise.reject(new Error("there is no module")),
        limits: { maxStringLen: 64, maxArrayValues: 64 },
        hitsPerGoroutine: false,
        stopAt: undefined,
        stopsAtHandledTraps: false,
      },
      programListener(this.state, launch),
    );
    launch.program = this.program;
    this.state.launch = launch;
    this.program.targetStarted(this.target);
  }

  #goOn(): Promise<void> {
    if (this.failing) return Promise.reject(new Error("the engine does not answer"));
    this.program.resumed();
    return Promise.resolve();
  }

  /** Has the program pause; resolves when the client was told. */
  async stop(): Promise<void> {
    await this.program.pause();
    const frame = { kind: "script", functionName: "host", url: "node:host", line: 3, column: 1 } as const;
    this.program.stopped({ target: this.target, reason: "pause", hits: [], frames: [frame], unwound: false } as unknown as Stop);
    await expect.poll(() => this.events).toContain("stopped");
  }

  ask(request: Request, args: object = {}): Promise<{ body?: object }> {
    return Promise.resolve(request.handle(this.state, args as never));
  }

  async frames(): Promise<{ id: number; name: string }[]> {
    return ((await this.ask(stackTrace)).body as { stackFrames: { id: number; name: string }[] }).stackFrames;
  }
}

test.each([
  ["next", next],
  ["continue", continueRequest],
])("where %s fails, the stop and its frames are as they were, and it can be tried again", async (_, request) => {
  const engine = new FakeEngine();
  await engine.stop();
  const [frame] = await engine.frames();
  await expect(engine.ask(request)).rejects.toThrow("the engine does not answer");
  expect(engine.state.frames.get(frame!.id)).toMatchObject({ name: "host" });
  expect(await engine.frames()).toMatchObject([{ name: "host" }]);
  engine.failing = false;
  await engine.ask(request);
  expect(engine.state.frames.get(frame!.id)).toBeUndefined();
  await expect(engine.frames()).rejects.toThrow("the program is running");
});

test("of two requests to go on at once the second one is refused", async () => {
  const engine = new FakeEngine();
  await engine.stop();
  engine.failing = false;
  const [first, second] = await Promise.allSettled([engine.ask(next), engine.ask(next)]);
  expect(first).toMatchObject({ status: "fulfilled" });
  expect(second).toMatchObject({ status: "rejected", reason: { message: "the program is running; pause it first" } });
});

test("a pause that is asked for while a step begins is not lost", async () => {
  const engine = new FakeEngine();
  await engine.stop();
  engine.failing = false;
  engine.events.length = 0;
  const step = engine.ask(next);
  await engine.program.pause();
  expect(engine.events).toEqual([]);
  await step;
  expect(engine.events).toEqual(["asked to pause"]);
});
