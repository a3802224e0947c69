import { debug } from "vscode";

/** What of the protocol's messages is looked at here. */
interface Message {
  readonly type: string;
  readonly seq: number;
  readonly command?: string;
  readonly request_seq?: number;
  readonly arguments?: { readonly breakpoints?: readonly unknown[] };
}

export interface RemovedBreakpoints {
  /** Whether the session's adapter has answered that a source has no breakpoints any more. */
  has(sessionId: string): boolean;
  dispose(): void;
}

/** Listens to the sessions that start from now on. */
export function watchRemovedBreakpoints(): RemovedBreakpoints {
  const removed = new Set<string>();
  const registration = debug.registerDebugAdapterTrackerFactory("wasm", {
    createDebugAdapterTracker({ id }) {
      const asked = new Set<number>();
      return {
        onWillReceiveMessage({ type, seq, command, arguments: args }: Message) {
          if (type === "request" && command === "setBreakpoints" && args?.breakpoints?.length === 0) asked.add(seq);
        },
        onDidSendMessage({ type, request_seq: answered }: Message) {
          if (type === "response" && answered !== undefined && asked.has(answered)) removed.add(id);
        },
      };
    },
  });
  return { has: (sessionId) => removed.has(sessionId), dispose: () => void registration.dispose() };
}
