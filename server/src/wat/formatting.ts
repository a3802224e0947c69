/** Formatting: a whole document, a part of it, and the line that is being typed. */
import type { FormattingOptions, Position, Range, TextEdit } from "vscode-languageserver-types";
import type { SettingValues } from "#core/contract/settings.ts";
import type { WatDocument, WatEdit } from "#core/wat/document.ts";
import { formatEdits } from "#core/wat/format/format.ts";
import { indentLine } from "#core/wat/format/on-type.ts";
import type { FormatOptions } from "#core/wat/format/options.ts";
import type { DocumentParams, WatFeature } from "./feature.ts";

interface FormattingParams extends DocumentParams {
  readonly options: FormattingOptions;
}

const formattingFeature: WatFeature<FormattingParams> = {
  method: "textDocument/formatting",
  capability: { documentFormattingProvider: true },
  answer: ({ document, settings }, { options }) => textEdits(document, formatEdits(document, optionsOf(settings, options))),
};

interface RangeFormattingParams extends FormattingParams {
  readonly range: Range;
}

const rangeFormattingFeature: WatFeature<RangeFormattingParams> = {
  method: "textDocument/rangeFormatting",
  capability: { documentRangeFormattingProvider: { rangesSupport: true } },
  answer: ({ document, settings }, { options, range }) => inRange(document, optionsOf(settings, options), range),
};

interface RangesFormattingParams extends FormattingParams {
  readonly ranges: readonly Range[];
}

const rangesFormattingFeature: WatFeature<RangesFormattingParams> = {
  method: "textDocument/rangesFormatting",
  capability: {},
  answer: ({ document, settings }, { options, ranges }) => {
    const edits = ranges.flatMap((range) => inRange(document, optionsOf(settings, options), range));
    // Two ranges may touch one gap.
    return [...new Map(edits.map((edit) => [placeOf(edit), edit])).values()];
  },
};

interface OnTypeParams extends FormattingParams {
  readonly position: Position;
  readonly ch: string;
}

const onTypeFormattingFeature: WatFeature<OnTypeParams> = {
  method: "textDocument/onTypeFormatting",
  capability: { documentOnTypeFormattingProvider: { firstTriggerCharacter: "\n", moreTriggerCharacter: [")", "d", "e"] } },
  answer: ({ document, settings }, { options, position, ch }) => {
    const { lines, text } = document;
    const typed = text.slice(lines.lineStart(position.line), lines.offsetAt(position)).trim();
    // A letter moves a line only where it ends the word that the line begins with.
    if (ch !== "\n" && !/^(?:\)+|end|else)$/.test(typed)) return [];
    const edit = indentLine(document, lines.offsetAt(position), optionsOf(settings, options));
    return edit === undefined ? [] : textEdits(document, [edit]);
  },
};

function placeOf({ range: { start, end } }: TextEdit): string {
  return [start.line, start.character, end.line, end.character].join(" ");
}

export const formattingFeatures: readonly WatFeature<never>[] = [
  formattingFeature,
  rangeFormattingFeature,
  rangesFormattingFeature,
  onTypeFormattingFeature,
];

/** Whole lines, as an editor's selection means them. */
function inRange(document: WatDocument, options: FormatOptions, { start, end }: Range): TextEdit[] {
  const { lines } = document;
  const last = end.character === 0 && end.line > start.line ? end.line : end.line + 1;
  const limit = last < lines.lineCount ? lines.lineStart(last) - 1 : document.text.length;
  return textEdits(document, formatEdits(document, options, { start: lines.lineStart(start.line), end: limit }));
}

function textEdits(document: WatDocument, edits: readonly WatEdit[]): TextEdit[] {
  return edits.map(({ span, text }) => ({ range: document.lines.rangeOf(span), newText: text }));
}

/** The layout that the settings ask for, with the indentation of an editor. */
export function optionsOf(settings: SettingValues, { tabSize, insertSpaces }: FormattingOptions): FormatOptions {
  return {
    printWidth: Math.min(Math.max(settings["wat.format.printWidth"], 20), 1000),
    // An editor may send anything; a level is a few columns.
    indentWidth: Number.isInteger(tabSize) ? Math.min(Math.max(tabSize, 1), 16) : 2,
    useTabs: !insertSpaces,
    lineBreak: "auto",
    closingParens: settings["wat.format.closingParens"],
    oneInstructionPerLine: settings["wat.format.oneInstructionPerLine"],
    wrapBeforeLocals: settings["wat.format.wrapBeforeLocals"],
    multiLineLocals: settings["wat.format.multiLineLocals"],
    wrapBeforeFields: settings["wat.format.wrapBeforeFields"],
    multiLineFields: settings["wat.format.multiLineFields"],
    wrapBeforeConstExpr: settings["wat.format.wrapBeforeConstExpr"],
    formatComments: settings["wat.format.formatComments"],
    ignoreDirective: settings["wat.format.ignoreDirective"],
  };
}
