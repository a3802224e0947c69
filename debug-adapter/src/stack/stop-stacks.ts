import type { EngineFrame, ScriptFrame, Stop, WasmFrame } from "../engine/engine.ts";
import type { LoadedModule } from "../program/loaded-module.ts";
import type { SymbolThread, ThreadStacks } from "../symbols/thread-source.ts";
import { CallStack } from "./call-stack.ts";
import type { FrameContext } from "./user-frame.ts";

interface OwnThreads {
  readonly stacks: ThreadStacks;
  readonly module: LoadedModule;
  readonly engine: WasmFrame;
}

/** All threads of one stop with their stacks: those that symbols know, else the engine's one. */
export class StopStacks {
  readonly stop: Stop;
  readonly #context: FrameContext;
  readonly #stacks = new Map<number, Promise<CallStack | undefined>>();
  #own: Promise<OwnThreads | undefined> | undefined;

  constructor(context: FrameContext, stop: Stop) {
    this.#context = context;
    this.stop = stop;
  }

  async threads(): Promise<readonly SymbolThread[]> {
    const own = await this.#ownThreads();
    return own ? own.stacks.list() : [{ id: this.stop.target.id, name: this.stop.target.name }];
  }

  async currentThread(): Promise<number> {
    return (await this.#ownThreads())?.stacks.current ?? this.stop.target.id;
  }

  /** The stack of the thread that is stopped. */
  async current(): Promise<CallStack> {
    const id = await this.currentThread();
    return (await this.stack(id)) ?? new CallStack(this.#context, this.stop, id, this.stop.frames);
  }

  /** `undefined` where there is no such thread. */
  stack(threadId: number): Promise<CallStack | undefined> {
    let stack = this.#stacks.get(threadId);
    if (!stack) this.#stacks.set(threadId, (stack = this.#makeStack(threadId)));
    return stack;
  }

  async #makeStack(threadId: number): Promise<CallStack | undefined> {
    const own = await this.#ownThreads();
    if (!own) return threadId === this.stop.target.id ? new CallStack(this.#context, this.stop, threadId, this.stop.frames) : undefined;
    const { stacks, module, engine } = own;
    const frames = await stacks.frames(threadId);
    const entries = frames?.map((unwound) => ({ kind: "unwound" as const, module, engine, unwound }));
    if (!entries) return undefined;
    const { above, below } = threadId === stacks.current ? scriptFramesAround(this.stop) : { above: [], below: [] };
    return new CallStack(this.#context, this.stop, threadId, [...above, ...entries, ...below]);
  }

  #ownThreads(): Promise<OwnThreads | undefined> {
    this.#own ??= this.#findOwnThreads();
    return this.#own;
  }

  async #findOwnThreads(): Promise<OwnThreads | undefined> {
    if (this.stop.unwound) return undefined;
    const engine = this.stop.frames.find((frame) => frame.kind === "wasm");
    const module = engine && this.#context.moduleOf(engine);
    const stacks = await module?.symbols.threads?.at(this.stop);
    return stacks && module && { stacks, module, engine };
  }
}

/** Frames of JavaScript that the running thread has called, and those by which it was entered last. */
function scriptFramesAround({ frames }: Stop): { readonly above: readonly ScriptFrame[]; readonly below: readonly ScriptFrame[] } {
  const first = frames.findIndex((frame) => frame.kind === "wasm");
  const entered = frames.findIndex((frame, at) => at > first && frame.kind === "script");
  const next = entered < 0 ? -1 : frames.findIndex((frame, at) => at > entered && frame.kind === "wasm");
  const below = entered < 0 ? [] : frames.slice(entered, next < 0 ? undefined : next);
  return { above: frames.slice(0, Math.max(first, 0)).filter(isScript), below: below.filter(isScript) };
}

const isScript = (frame: EngineFrame): frame is ScriptFrame => frame.kind === "script";
