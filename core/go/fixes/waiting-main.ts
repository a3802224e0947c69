/** A program for wasm_exec.js whose exports are to be called has to go on running. */
import { tokenKind as kind } from "../source/tokens.ts";
import { Draft } from "./draft.ts";
import { quickFix, type Recipe } from "./fix.ts";
import { lineBreakOf } from "./lines.ts";

export const waitingMain: Recipe = {
  codes: ["uncallable-export"],
  offer({ context, isEditable }) {
    const main = context.package.members.get("main");
    if (context.target.goos !== "js" || main?.kind !== "func" || main.declaration.body === undefined || !isEditable(main.file)) return [];
    const { file, declaration } = main;
    const { tokens } = file;
    const { from, to } = declaration.body!;
    if (to - from !== 2 || tokens.kinds[from] !== kind.openBrace) return [];
    const inside = { start: tokens.ends[from]!, end: tokens.starts[to - 1]! };
    // A comment in there says something that is not ours to delete.
    if (file.text.slice(inside.start, inside.end).trim() !== "") return [];
    const newline = lineBreakOf(file.text);
    const draft = new Draft();
    draft.replace(file, inside, `${newline}\tselect {}${newline}`);
    return [quickFix("Keep main waiting, with select {}", draft)];
  },
};
