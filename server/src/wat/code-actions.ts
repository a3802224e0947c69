/** Code actions for WebAssembly text; a new kind is a file and a line here. */
import type { CodeAction, CodeActionContext, Range } from "vscode-languageserver-types";
import type { WatRequest } from "./feature.ts";
import { spellingActions } from "./spelling-actions.ts";

export interface ActionParams {
  readonly range: Range;
  readonly context: CodeActionContext;
}

/** Actions for a range; those of other kinds than the client asks for are left out behind it. */
export type WatActionProvider = (request: WatRequest, params: ActionParams) => readonly CodeAction[];

const providers: readonly WatActionProvider[] = [spellingActions];

export function watCodeActions(request: WatRequest, params: ActionParams): CodeAction[] {
  const { only } = params.context;
  const isWanted = (kind = ""): boolean =>
    only === undefined || only.some((asked) => asked === "" || kind === asked || kind.startsWith(`${asked}.`));
  return providers.flatMap((provider) => provider(request, params)).filter(({ kind }) => isWanted(kind));
}
