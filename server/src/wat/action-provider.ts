import type { CodeAction, CodeActionContext, Range } from "vscode-languageserver-types";
import type { WatRequest } from "./feature.ts";

export interface ActionParams {
  readonly range: Range;
  readonly context: CodeActionContext;
}

/** Actions for a range; those of other kinds than the client asks for are left out behind it. */
export type WatActionProvider = (request: WatRequest, params: ActionParams) => readonly CodeAction[];
