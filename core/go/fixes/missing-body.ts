/** A function without a body gets one, or comes from the host. */
import { Draft } from "./draft.ts";
import { ownerOf, quickFix, type FixRequest, type Offer, type Recipe } from "./fix.ts";
import { indentationOf, lineBreakOf, lineStartOf, withoutCommentLine } from "./lines.ts";
import type { FuncDeclaration, WasmDirective } from "../source/syntax.ts";

export const missingBody: Recipe = {
  codes: ["missing-body", "generic-body", "init-body"],
  offer(request) {
    const { context, problem } = request;
    const declaration = ownerOf(request);
    if (declaration === undefined) return [];
    const own = context.file.directives.filter(({ target }) => target === declaration);
    const isInertImport = problem.code === "missing-body" && !context.isWasm && own.some(({ kind }) => kind === "wasmimport");
    if (problem.code === "init-body" && own.some(({ kind }) => kind === "wasmimport")) return [hostInit(request, declaration)];
    const offers = [withBody(request, declaration, own)];
    if (problem.code === "missing-body" && context.isWasm && declaration.name.text !== "main")
      offers.push(asImport(request, declaration, own));
    // What is imported for wasm needs no body there: a constraint is the better answer.
    return isInertImport ? [] : offers;
  },
};

function withBody({ context: { file }, problem }: FixRequest, declaration: FuncDeclaration, own: readonly WasmDirective[]): Offer {
  const draft = new Draft();
  const newline = lineBreakOf(file.text);
  const indentation = indentationOf(
    file.text,
    lineStartOf(file.text, declaration.span.start) +
      /^[ \t]*/u.exec(file.text.slice(lineStartOf(file.text, declaration.span.start)))![0].length,
  );
  const isInit = problem.code === "init-body";
  draft.insert(
    file,
    declaration.span.end,
    isInit ? " {}" : ` {${newline}${indentation}\tpanic("not implemented")${newline}${indentation}}`,
  );
  // With a body, the import would be the next mistake.
  for (const { kind, span } of own) {
    if (kind !== "wasmimport") continue;
    const change = withoutCommentLine(file.text, span);
    draft.replace(file, change.span, change.text);
  }
  return quickFix(`Give ${declaration.name.text} a body`, draft);
}

function asImport({ context: { file } }: FixRequest, declaration: FuncDeclaration, own: readonly WasmDirective[]): Offer {
  const draft = new Draft();
  const name = declaration.name.text;
  const exporting = own.filter(({ kind }) => kind === "wasmexport");
  const last = exporting[exporting.length - 1];
  const importing = `//go:wasmimport env ${name}`;
  for (const { span } of exporting.slice(0, -1)) {
    const change = withoutCommentLine(file.text, span);
    draft.replace(file, change.span, change.text);
  }
  if (last !== undefined) draft.replace(file, last.span, importing);
  else {
    const start = lineStartOf(file.text, declaration.span.start);
    const isFirst = file.text.slice(start, declaration.span.start).trim() === "";
    const newline = lineBreakOf(file.text);
    draft.insert(file, isFirst ? start : declaration.span.start, isFirst ? `${importing}${newline}` : `${newline}${importing}${newline}`);
  }
  return quickFix(`Import ${name} from the host's module env`, draft, false);
}

/** The host's function gets a name of its own, which `init` calls. */
function hostInit({ context }: FixRequest, declaration: FuncDeclaration): Offer {
  const { file } = context;
  const draft = new Draft();
  const newline = lineBreakOf(file.text);
  let name = "hostInit";
  for (let count = 2; context.package.members.has(name); count++) name = `hostInit${count}`;
  draft.replace(file, declaration.name.span, name);
  draft.insert(file, declaration.span.end, `${newline}${newline}func init() { ${name}() }`);
  return quickFix(`Import it as ${name}, and call that in init`, draft);
}
