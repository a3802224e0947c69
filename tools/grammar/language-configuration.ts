// How the editor treats WAT and scripts as text: brackets, comments, words, indentation. Regular expressions are JavaScript's.
import { idCharacter } from "./tokens.ts";

/** Lines longer than this are data, not code: counting their parentheses would take time that nobody gains from. */
const lineLimit = "(?=.{0,400}$)";

const text = '"(?:[^"\\\\]|\\\\.)*"';
const plain = `[^()";]|;(?!;)|${text}`;
/** A parenthesis and its partner, with pairs in it down to a depth: regular expressions cannot count further. */
const pair = [1, 2, 3, 4].reduce((inner) => `\\((?:[^()"]|${text}${inner && `|${inner}`})*\\)`, "");
const comment = "(?:;;.*)?";

/** A line that leaves more parentheses open than it closes. */
const opening = `^${lineLimit}(?:${plain}|${pair})*\\((?!;)(?:${plain}|${pair}|\\((?!;))*${comment}$`;
/** A line that closes a parenthesis of a line above, and does not begin with that. */
const closing = `^${lineLimit}(?!\\s*\\))(?:${plain}|${pair})*\\)(?:${plain}|${pair}|\\))*${comment}$`;

const wordEnd = `(?!${idCharacter})`;
/** Flat code: these begin a block, or a part of one, unless it ends on the same line. */
const flatOpening = `^\\s*(?:block|loop|if|else|try_table|try|catch|catch_all)${wordEnd}(?!.*\\send${wordEnd})`;

export const languageConfiguration = {
  comments: { lineComment: ";;", blockComment: ["(;", ";)"] },
  brackets: [["(", ")"]],
  autoClosingPairs: [
    { open: "(", close: ")", notIn: ["string", "comment"] },
    { open: "(;", close: ";)", notIn: ["string"] },
    { open: '"', close: '"', notIn: ["string", "comment"] },
  ],
  autoCloseBefore: "; \n\t)",
  surroundingPairs: [
    { open: "(", close: ")" },
    { open: '"', close: '"' },
  ],
  wordPattern: `\\$${text}|${idCharacter}+`,
  folding: { markers: { start: "^\\s*;;\\s*#?region\\b", end: "^\\s*;;\\s*#?endregion\\b" } },
  indentationRules: {
    increaseIndentPattern: `${opening}|${flatOpening}`,
    decreaseIndentPattern: `^\\s*(?:\\)|(?:end|else|catch|catch_all|delegate)${wordEnd})`,
  },
  onEnterRules: [
    { beforeText: "^\\s*;;", afterText: "\\S", action: { indent: "none", appendText: ";; " } },
    { beforeText: opening, afterText: "^\\s*\\)", action: { indent: "indentOutdent" } },
    { beforeText: closing, afterText: "^\\s*$", action: { indent: "outdent" } },
  ],
};
