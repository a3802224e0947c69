import type { DebugProtocol } from "@vscode/debugprotocol";
import { printableText } from "#core/text/printable.ts";
import type { ProgramListener, UserStop } from "../program/program-listener.ts";
import { protocolSource } from "./protocol-source.ts";
import { printedPieces } from "./trace-lines.ts";
import { type Launch, type SessionState, toClientLine } from "./request.ts";

/** Tells the client what the program does. */
export function programListener(state: SessionState, current: Launch): ProgramListener {
  return {
    stopped: (stop) => {
      forgetStop(state);
      state.stop = stop;
      state.peer.send("stopped", stoppedBody(stop));
    },
    resumed: () => forgetStop(state),
    output: ({ category, text }) => {
      // What the program prints is its own; the debugger's words may hold names and texts out of the module.
      if (category === "stderr") return sendPieces(state, text);
      state.peer.send("output", { category, output: category === "stdout" ? text : printableText(text) });
    },
    taken: () => state.peer.taken(),
    breakpointsChanged: (breakpoints) => {
      for (const { id, verified, found, message } of breakpoints) {
        const line = found === undefined ? {} : { line: toClientLine(state, found.line) };
        const breakpoint = { id, verified, ...line, ...(message === undefined ? {} : { message: printableText(message) }) };
        state.peer.send("breakpoint", { reason: "changed", breakpoint });
      }
    },
    ended: (exitCode) => {
      forgetStop(state);
      // A launch that fails is told by its response, and no session has begun.
      if (!current.program) return;
      if (exitCode !== undefined) state.peer.send("exited", { exitCode });
      state.peer.send("terminated");
    },
  };
}

/** A trace leads to its places, wherever the client runs: an editor finds names of files only on the machine that it runs on itself. */
function sendPieces(state: SessionState, printed: string): void {
  for (const { text, place } of printedPieces(printed)) {
    const at = place && { source: protocolSource(state, { path: place.path }, place.path), line: toClientLine(state, place.line) };
    state.peer.send("output", { category: "stderr", output: text, ...at });
  }
}

/** All that was said of a stop is void when the program goes on. */
function forgetStop(state: SessionState): void {
  state.stop = undefined;
  state.frames.clear();
  state.variables.clear();
}

function stoppedBody({ reason, threadId, breakpointIds, exception }: UserStop): DebugProtocol.StoppedEvent["body"] {
  return {
    reason,
    threadId,
    allThreadsStopped: true,
    ...(breakpointIds.length > 0 ? { hitBreakpointIds: [...breakpointIds] } : {}),
    ...(exception ? { description: exception.headline, text: exception.text } : {}),
  };
}
