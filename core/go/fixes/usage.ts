/** A directive with too few or too many words gets those that it needs. */
import type { FuncDeclaration, WasmDirective } from "../source/syntax.ts";
import { Draft } from "./draft.ts";
import { quickFix, type FixRequest, type Offer, type Recipe } from "./fix.ts";
import { indentationOf, lineBreakOf, withoutCommentLine } from "./lines.ts";

export const usage: Recipe = {
  codes: ["usage"],
  offer(request) {
    const { file } = request.context;
    const directive = file.directives.find(({ span }) => span.start === request.problem.span.start);
    if (directive === undefined) return [];
    const needed = directive.kind === "wasmimport" ? 2 : 1;
    const offers = directive.words.length > needed ? [withRestAbove(request, directive, needed)] : [];
    if (directive.words.length < needed && typeof directive.target !== "string")
      offers.push(withName(request, directive, directive.target));
    return [...offers, deletion(request, directive, offers.length === 0)];
  },
};

/** What stands behind the names becomes a comment, set apart from the directive as gofmt does. */
function withRestAbove({ context: { file } }: FixRequest, directive: WasmDirective, needed: number): Offer {
  const draft = new Draft();
  const names = directive.words.slice(0, needed).map(({ text }) => text);
  const from = directive.words[needed]!.span.start;
  const rest = file.text
    .slice(from, directive.span.end)
    .trimEnd()
    .replace(/^\/\/\s*/u, "");
  const newline = lineBreakOf(file.text);
  const indentation = indentationOf(file.text, directive.span.start);
  const own = `//go:${directive.kind} ${names.join(" ")}`;
  const comment = rest === "" ? "" : `// ${rest}${newline}${indentation}//${newline}${indentation}`;
  draft.replace(file, directive.span, `${comment}${own}`);
  return quickFix(`Move ${JSON.stringify(rest)} to a comment above`, draft);
}

function withName({ context: { file } }: FixRequest, { kind, words, span }: WasmDirective, target: FuncDeclaration): Offer {
  const draft = new Draft();
  const names = kind === "wasmexport" ? target.name.text : `${words[0]?.text ?? "env"} ${target.name.text}`;
  draft.replace(file, span, `//go:${kind} ${names}`);
  return quickFix(`Write //go:${kind} ${names}`, draft);
}

function deletion({ context: { file } }: FixRequest, { kind, span }: WasmDirective, preferred: boolean): Offer {
  const draft = new Draft();
  const change = withoutCommentLine(file.text, span);
  draft.replace(file, change.span, change.text);
  return quickFix(`Delete the ${kind} directive`, draft, preferred);
}
