/** Takes `mut` from a global that nothing can set: no instruction of the module, and nobody outside. */
import { exportNames } from "../features/references.ts";
import { nodeWith, tokenAt } from "../features/place.ts";
import { firstEntryOf } from "../features/symbol.ts";
import { Space } from "../field.ts";
import { ModuleUses } from "../lints/module-uses.ts";
import { Node } from "../node.ts";
import { hasCommentBetween, moduleToRewrite } from "./fields.ts";
import type { Refactor } from "./refactoring.ts";

export const removeMut: Refactor = ({ document, selection }) => {
  const place = tokenAt(document, selection.start);
  if (place?.source.field.kind !== Node.globalField) return [];
  const { at, source, token } = place;
  const { field } = source;
  const node = nodeWith(field, token);
  const module = moduleToRewrite(document, at);
  if (field.kindOf(node) !== Node.mutable || field.childOf(0, Node.inlineImport) !== undefined || module === undefined) return [];
  const index = firstEntryOf(module, Space.global, at);
  const isExported = exportNames(document, { kind: "entry", module, space: Space.global, index }).length > 0;
  if (isExported || new ModuleUses(document, module).isSet(index)) return [];
  const first = field.firstToken(node);
  const last = field.endToken(node) - 1;
  if (hasCommentBetween(source, first, last + 1)) return [];
  const edits = [{ span: source.nodeSpan(node), text: source.text.slice(source.startOf(first + 2), source.endOf(last - 1)) }];
  return [{ title: "Remove `mut`: nothing sets this global", kind: "rewrite", edits }];
};
