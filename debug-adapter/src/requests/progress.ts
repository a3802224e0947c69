import type { BuildListener } from "../launch/launch-plan.ts";
import { debugEvents } from "#core/contract/debug-events.ts";
import type { Launch, SessionState } from "./request.ts";

/** Tells the client how a launch gets on. */
export function buildListener(state: SessionState, current: Launch): BuildListener {
  return {
    tell: (text) => state.peer.send("output", { category: "console", output: `${text}\n` }),
    begin: (title) => beginProgress(state, current, title),
    built: (event) => state.peer.send(debugEvents.built, event),
  };
}

/** The client shows it after a moment, with a button that sends the request `cancel`. */
function beginProgress(state: SessionState, current: Launch, title: string): () => void {
  if (!state.client.showsProgress) return () => undefined;
  const progressId = `launch-${++state.lastProgress}`;
  current.progressId = progressId;
  state.peer.send("progressStart", { progressId, title, cancellable: true });
  return () => {
    current.progressId = undefined;
    state.peer.send("progressEnd", { progressId });
  };
}
