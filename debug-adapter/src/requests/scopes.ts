import type { DebugProtocol } from "@vscode/debugprotocol";
import { logicalFrame, type UserWasmFrame } from "../stack/user-frame.ts";
import type { Scope } from "../symbols/module-symbols.ts";
import { setFrame } from "../variables/container-frames.ts";
import { scopeContainer, type VariableContainer } from "../variables/variable-container.ts";
import { programOf, request, RequestError, type SessionState } from "./request.ts";

export const scopes = request<DebugProtocol.ScopesArguments, DebugProtocol.ScopesResponse["body"]>("scopes", async (state, args) => {
  const frame = state.frames.get(args.frameId);
  if (!frame) throw new RequestError("this frame is gone: the program has run since");
  // The variables of JavaScript are the host's; the frames of an error that has ended the program have none.
  if (frame.kind === "script" || frame.stop.unwound) return { scopes: [] };
  const context = programOf(state).values.of(frame.stop, frame.module);
  const all = await frame.symbols.scopesAt(await logicalFrame(frame));
  const found = all.filter((scope) => isAsked(state, frame, scope)).map(listed);
  return {
    scopes: found
      .filter((scope) => scope.variables.length > 0 || frame.symbols.kind === "go")
      .map((scope) => toProtocol(state, scope, scopeContainer(scope.variables, context), frame)),
  };
});

const listed = (scope: Scope): Scope => ({ ...scope, variables: scope.variables.filter(({ isImplicit }) => !isImplicit) });

/** Packages of Go may have very many variables; as with Delve they are shown on request only. */
function isAsked(state: SessionState, { symbols }: UserWasmFrame, { kind }: Scope): boolean {
  return symbols.kind !== "go" || kind !== "globals" || (state.launch?.args.showGlobalVariables ?? false);
}

function toProtocol(
  state: SessionState,
  { name, kind, variables }: Scope,
  container: VariableContainer,
  frame: UserWasmFrame,
): DebugProtocol.Scope {
  setFrame(container, frame);
  return {
    name,
    ...(kind === "globals" ? {} : { presentationHint: kind }),
    variablesReference: state.variables.add(container),
    namedVariables: variables.length,
    expensive: kind === "globals",
  };
}
