/** Code actions for WebAssembly text; a new kind is a file and a line here. */
import type { CodeAction } from "vscode-languageserver-types";
import type { ActionParams, WatActionProvider } from "./action-provider.ts";
import type { WatRequest } from "./feature.ts";
import { lintActions } from "./lint-actions.ts";
import { moduleActions } from "./module-actions.ts";
import { problemActions } from "./problem-actions.ts";
import { refactorActions } from "./refactor-actions.ts";

const providers: readonly WatActionProvider[] = [problemActions, lintActions, refactorActions, moduleActions];

export function watCodeActions(request: WatRequest, params: ActionParams): CodeAction[] {
  const { only } = params.context;
  const isWanted = (kind = ""): boolean =>
    only === undefined || only.some((asked) => asked === "" || kind === asked || kind.startsWith(`${asked}.`));
  return providers.flatMap((provider) => provider(request, params)).filter(({ kind }) => isWanted(kind));
}
