import { fileURLToPath } from "node:url";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { UserFrame, UserScriptFrame, UserWasmFrame } from "../stack/user-frame.ts";
import { protocolSource } from "./protocol-source.ts";
import { programOf, request, RequestError, type SessionState, toClientColumn, toClientLine } from "./request.ts";

const defaultDepth = 50;

type Arguments = Partial<DebugProtocol.StackTraceArguments>;
type Body = DebugProtocol.StackTraceResponse["body"];

export const stackTrace = request<Arguments, Body>("stackTrace", async (state, args) => {
  const stacks = programOf(state).stacks;
  if (!stacks) throw new RequestError("the program is running");
  const stack = await stacks.stack(args.threadId ?? (await stacks.currentThread()));
  if (!stack) throw new RequestError(`there is no thread ${args.threadId} any more`);
  const start = args.startFrame ?? 0;
  // No levels, or 0: all frames, which the user may have limited.
  const levels = args.levels ? args.levels : (state.launch?.args.stackTraceDepth ?? defaultDepth);
  const frames = await stack.frames(start, levels);
  const isError = programOf(state).exception !== undefined;
  return { stackFrames: frames.map((frame) => toProtocol(state, frame, isError)), totalFrames: stack.total };
});

/** Folders of the libraries that come with a compiler: an error that was found there is shown in the frame of the user. */
function isLibrary(path: string): boolean {
  return /\/(?:c\+\+\/v1|rustlib\/src|rustc\/[0-9a-f]+\/library|\.cargo\/registry|zig\/(?:lib\/)?std|tinygo[^/]*\/src\/runtime)\//.test(
    path.replaceAll("\\", "/"),
  );
}

function toProtocol(state: SessionState, frame: UserFrame, isError: boolean): DebugProtocol.StackFrame {
  const id = state.frames.add(frame);
  return frame.kind === "wasm" ? wasmFrame(state, id, frame, isError) : scriptFrame(state, id, frame);
}

function wasmFrame(state: SessionState, id: number, frame: UserWasmFrame, isError: boolean): DebugProtocol.StackFrame {
  const { name, line, column, engine, place, lostSource } = frame;
  const isSubtle = frame.unwound?.subtle ?? (isError && place !== undefined && "path" in place && isLibrary(place.path));
  const hint = isSubtle ? { presentationHint: "subtle" as const } : {};
  const base = { id, name, instructionPointerReference: programOf(state).addresses.reference(engine), ...hint };
  if (!place || !frame.source) return { ...base, line: 0, column: 0, presentationHint: "subtle" };
  // VS Code shows an exception in the innermost frame whose source is not set back: the user's, below the runtime's own.
  const source = {
    ...protocolSource(state, place, frame.source.name),
    ...(isSubtle ? { presentationHint: "deemphasize" as const } : {}),
  };
  const disassembled = frame.symbols.kind === "disassembly";
  return {
    ...base,
    line: toClientLine(state, line),
    column: toClientColumn(state, Math.max(column, 1)),
    source: disassembled
      ? {
          ...source,
          presentationHint: "deemphasize",
          origin:
            lostSource === undefined ? "disassembly" : `disassembly; ${lostSource} was not found, map its folder with "substitutePath"`,
        }
      : source,
    ...(disassembled && frame.module.symbols.kind !== "disassembly" ? { presentationHint: "subtle" as const } : {}),
  };
}

function scriptFrame(state: SessionState, id: number, { name, engine }: UserScriptFrame): DebugProtocol.StackFrame {
  const path = engine.url.startsWith("file://") ? fileURLToPath(engine.url) : undefined;
  return {
    id,
    name,
    line: toClientLine(state, engine.line),
    column: toClientColumn(state, engine.column),
    presentationHint: "subtle",
    ...(path === undefined ? {} : { source: protocolSource(state, { path }, path) }),
  };
}
