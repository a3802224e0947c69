/** Names and indices of a whole module. What may change a whole file is worked out once it has been chosen, where the client can wait for that. */
import { CodeActionKind, CodeActionTriggerKind } from "vscode-languageserver-types";
import type { CodeAction } from "vscode-languageserver-types";
import type { WatDocument } from "#core/wat/document.ts";
import { moduleOf } from "#core/wat/features/place.ts";
import { Node } from "#core/wat/node.ts";
import { nameForms, offeredNameForms, rewriteNames, type NameForm } from "#core/wat/refactor/module-names.ts";
import type { WatActionProvider } from "./action-provider.ts";
import { Refusal } from "./feature.ts";

const titles: Readonly<Record<NameForm, string>> = {
  names: "Replace all indices of the module by names",
  indices: "Replace all uses of names in the module by indices",
  "no-names": "Replace all names of the module by indices and remove them",
};

/** What an action needs to be worked out later. */
interface ModuleAction {
  readonly uri: string;
  readonly version: number;
  /** A UTF-16 offset in the module. */
  readonly offset: number;
  readonly form: NameForm;
}

export const moduleActions: WatActionProvider = ({ document, uri, version, client }, { range, context }) => {
  const isAsked = context.only?.some((only) => only.split(".")[0] === CodeActionKind.Refactor) ?? false;
  const offset = document.lines.offsetAt(range.start);
  const at = document.fieldAt(offset);
  // Wherever the cursor goes, nobody means the whole module; at its word one may.
  const isMeant = isAsked || context.triggerKind === CodeActionTriggerKind.Invoked || document.fields[at]?.kind === Node.opening;
  const resolves = canResolve(client);
  const module = moduleOf(document, at);
  if (!isMeant || module === undefined || (!resolves && !isAsked)) return [];
  return offeredNameForms(document, module).map((form): CodeAction => {
    const action = { title: titles[form], kind: CodeActionKind.RefactorRewrite };
    const data: ModuleAction = { uri, version, offset, form };
    return resolves ? { ...action, data } : { ...action, edit: editOf(document, data) };
  });
};

function canResolve(client: Readonly<Record<string, unknown>>): boolean {
  const { dataSupport, resolveSupport } = (client["codeAction"] ?? {}) as {
    readonly dataSupport?: boolean;
    readonly resolveSupport?: { readonly properties?: readonly string[] };
  };
  return dataSupport === true && resolveSupport?.properties?.includes("edit") === true;
}

function editOf(document: WatDocument, { uri, offset, form }: ModuleAction): NonNullable<CodeAction["edit"]> {
  const module = moduleOf(document, document.fieldAt(offset));
  const edits = module === undefined ? [] : rewriteNames(document, module, form);
  return { changes: { [uri]: edits.map(({ span, text }) => ({ range: document.lines.rangeOf(span), newText: text })) } };
}

/** The action with its edit. Throws a refusal where the text is no longer the one for which it was offered. */
export function resolvedAction(
  action: CodeAction,
  documentOf: (uri: string) => { readonly version: number; readonly parsed: WatDocument } | undefined,
): CodeAction {
  const { data } = action;
  if (!isModuleAction(data)) return action;
  const document = documentOf(data.uri);
  if (document?.version !== data.version) throw new Refusal("The text has changed meanwhile. Ask for the refactoring again.");
  return { ...action, edit: editOf(document.parsed, data) };
}

function isModuleAction(data: unknown): data is ModuleAction {
  if (typeof data !== "object" || data === null) return false;
  const { uri, version, offset, form } = data as Partial<Record<keyof ModuleAction, unknown>>;
  const isForm = nameForms.some((known) => known === form);
  return isForm && typeof uri === "string" && typeof version === "number" && typeof offset === "number";
}
