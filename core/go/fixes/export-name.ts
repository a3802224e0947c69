/** An export whose name is taken gets that of its function. */
import { borderFunctions } from "../rules/border.ts";
import { Draft } from "./draft.ts";
import { ownerOf, quickFix, type Recipe } from "./fix.ts";
import { borderOf } from "./signature.ts";

/** Names that some linker or host keeps for itself, whatever the target. */
const reserved = new Set(["_start", "_initialize", "memory", "run", "resume", "getsp", "mem"]);

export const exportName: Recipe = {
  codes: ["redeclared-export", "reserved-export-name", "linker-symbol-name", "duplicate-symbol"],
  offer(request) {
    const { context } = request;
    const border = borderOf(context, ownerOf(request));
    const word = border?.exporting?.words[0];
    if (border === undefined || word === undefined || border.declaration.parameters.length > 0) return [];
    const taken = new Set(context.package.files.flatMap(borderFunctions).map(({ exporting }) => exporting?.words[0]?.text));
    const base = border.declaration.name.text;
    const start = reserved.has(base) ? `${base.replace(/^_+/u, "")}Export` : base;
    let name = start;
    for (let count = 2; taken.has(name); count++) name = `${start}${count}`;
    const draft = new Draft();
    draft.replace(context.file, word.span, name);
    return [quickFix(`Export it as ${name}`, draft)];
  },
};
