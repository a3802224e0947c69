import type { DebugProtocol } from "@vscode/debugprotocol";
import { exceptionFilters } from "../program/exception-filters.ts";
import { request } from "./request.ts";

export const initialize = request<Partial<DebugProtocol.InitializeRequestArguments>, DebugProtocol.Capabilities>(
  "initialize",
  (state, args) => {
    state.client.linesStartAt1 = args.linesStartAt1 ?? true;
    state.client.columnsStartAt1 = args.columnsStartAt1 ?? true;
    state.client.pathsAreUris = args.pathFormat === "uri";
    state.client.canRunInTerminal = args.supportsRunInTerminalRequest ?? false;
    state.client.takesInvalidated = args.supportsInvalidatedEvent ?? false;
    state.client.showsProgress = args.supportsProgressReporting ?? false;
    return {
      supportsConfigurationDoneRequest: true,
      supportsFunctionBreakpoints: true,
      supportsBreakpointLocationsRequest: true,
      supportsConditionalBreakpoints: true,
      supportsHitConditionalBreakpoints: true,
      supportsLogPoints: true,
      supportsEvaluateForHovers: true,
      supportsExceptionInfoRequest: true,
      supportsSteppingGranularity: true,
      supportsDelayedStackTraceLoading: true,
      supportsLoadedSourcesRequest: true,
      supportsDisassembleRequest: true,
      supportsInstructionBreakpoints: true,
      supportsReadMemoryRequest: true,
      supportsWriteMemoryRequest: true,
      supportsSetVariable: true,
      supportsSetExpression: true,
      supportsClipboardContext: true,
      supportsCompletionsRequest: true,
      completionTriggerCharacters: ["."],
      supportsCancelRequest: true,
      supportsTerminateRequest: true,
      supportTerminateDebuggee: true,
      exceptionBreakpointFilters: exceptionFilters.map((filter) => ({ ...filter })),
    };
  },
);
