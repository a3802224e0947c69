/** `(type $t)` where a type is used as the parameters and results that it stands for. */
import { definitionNodes } from "../check/type-reader.ts";
import type { BoundModule } from "../bind.ts";
import type { WatDocument } from "../document.ts";
import { nodeWith, tokenAt } from "../features/place.ts";
import { cut } from "../features/text.ts";
import { Space } from "../field.ts";
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import { signatureNodes, signatureOf } from "./extract-type.ts";
import { hasCommentBetween, moduleToRewrite, nodeRemoval } from "./fields.ts";
import type { Refactor } from "./refactoring.ts";

export const inlineType: Refactor = ({ document, selection }) => {
  const place = tokenAt(document, selection.start);
  const module = place === undefined ? undefined : moduleToRewrite(document, place.at);
  if (place === undefined || module === undefined) return [];
  const { source, token } = place;
  const { field } = source;
  const node = nodeWith(field, token);
  if (field.kindOf(node) !== Node.typeUse || hasCommentBetween(source, field.firstToken(node), field.endToken(node))) return [];
  const index = module.names.resolve(Space.type, source, field.wordToken(node) + 1);
  const signature = index === undefined ? undefined : signatureAt(document, module, index);
  if (signature === undefined) return [];
  const isWritten = signatureNodes(field, field.parentOf(node)).length > 0;
  const edit = isWritten || signature === "" ? nodeRemoval(source, node) : { span: source.nodeSpan(node), text: signature };
  const written = cut(source.tokenText(field.wordToken(node) + 1), 40);
  return [{ title: `Write the parameters and results of \`${written}\` here`, kind: "inline", edits: [edit] }];
};

/** Parameters and results of a type; `undefined` where these alone would mean another type. */
function signatureAt(document: WatDocument, module: BoundModule, index: number): string | undefined {
  const place = module.names.placeOf(Space.type, index);
  const { scope, environment } = document.viewOf(module);
  const identity = scope.typeIdentity(index);
  const type = environment.types.function(identity);
  if (place === undefined || type === undefined || environment.types.functionType(type.params, type.results) !== identity) return undefined;
  const source = document.fieldText(module.first + place.field);
  const { field } = source;
  const definition = definitionNodes(source).find((node) => (field.nameToken(node) ?? field.wordToken(node)) === place.token);
  const composite = definition === undefined ? undefined : functionTypeIn(source, definition);
  return composite === undefined ? undefined : signatureOf(source, signatureNodes(field, composite));
}

function functionTypeIn({ field }: FieldText, definition: number): number | undefined {
  const sub = field.childOf(definition, Node.subType);
  return field.childOf(sub ?? definition, Node.funcType);
}
