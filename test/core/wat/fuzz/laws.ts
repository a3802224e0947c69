/** What holds for every text, whatever is wrong with it. */
import { readModule } from "#core/wasm/module.ts";
import { moduleText } from "#core/wasm/strict/module-text.ts";
import { WatDocument } from "#core/wat/document.ts";
import type { WatProblem } from "#core/wat/document.ts";
import { encodeWat } from "#core/wat/encode.ts";
import { featuresOfModule, neededFeatures } from "#core/wat/needed-features.ts";
import { isInProfile } from "#core/wasm/features.ts";
import { isJudged, wasmToolsBytes, wasmToolsProblem } from "../../../support/wasm-tools.ts";
import type { Random } from "./random.ts";

/** A law that does not hold, and how. */
export interface Broken {
  readonly law: string;
  readonly how: string;
}

/** Which law a text breaks; `undefined` where none. */
export async function brokenLaw(text: string, random: Random): Promise<Broken | undefined> {
  const begin = performance.now();
  try {
    const broken = (await brokenByModule(text)) ?? brokenByScript(text) ?? brokenByEdit(text, random);
    const time = performance.now() - begin;
    return broken ?? (time > 5_000 ? { law: "nothing hangs", how: `${Math.round(time)} ms` } : undefined);
  } catch (error) {
    return { law: "nothing crashes", how: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function brokenByScript(text: string): Broken | undefined {
  return brokenProblems(WatDocument.open(text, "wast"));
}

function brokenProblems(document: WatDocument): Broken | undefined {
  const { text, fields, starts } = document;
  const law = "what is told is in the text";
  let end = 0;
  for (const [at, { length }] of fields.entries()) {
    if (starts[at] !== end) return { law: "the pieces are the text", how: `field ${at} starts at ${starts[at]} and not at ${end}` };
    end += length;
  }
  if (end !== text.length) return { law: "the pieces are the text", how: `they end at ${end}` };
  const outside = document.problems().find(({ span, message }) => !(span.start >= 0 && span.start <= span.end && span.end <= text.length && message !== "")); // prettier-ignore
  return outside === undefined ? undefined : { law, how: shown(outside) };
}

function shown({ code, message, span }: WatProblem): string {
  return `${code} ${span.start}-${span.end}: ${message}`;
}

/** Texts of edits. */
const typed = ["(", ")", " ", '"', "(;", ";)", "0", "$x", "end", "(func)", ""];

function brokenByEdit(text: string, random: Random): Broken | undefined {
  const document = WatDocument.open(text, "wat");
  document.problems();
  const start = random.below(text.length + 1);
  const end = Math.min(text.length, start + random.below(4));
  const edited = document.edit([{ span: { start, end }, text: random.of(typed) }]);
  const anew = WatDocument.open(edited.text, "wat");
  const [after, whole] = [edited, anew].map((one) => JSON.stringify([Array.from(one.starts), one.fields.map(({ nodes, tags, spans }) => [nodes.join(), tags.join(), spans.join()]), one.problems()])); // prettier-ignore
  if (after === whole) return undefined;
  return { law: "an edit equals a full parse", how: `${start}-${end} gave ${JSON.stringify(edited.text.slice(start, start + 10))}` };
}

async function brokenByModule(text: string): Promise<Broken | undefined> {
  const document = WatDocument.open(text, "wat");
  const broken = brokenProblems(document);
  if (broken !== undefined) return broken;
  const problems = document.problems();
  const syntax = document.syntaxProblems();
  if (problems.length === 0 && syntax.length > 0) return { law: "problems are syntax problems too", how: shown(syntax[0]!) };
  // For wasm-tools there is no text without a module.
  if (document.modules.length !== 1) return undefined;
  const theirs = await wasmToolsBytes(text);
  if (syntax.length > 0) {
    if (theirs.bytes === undefined || !isJudged(theirs.bytes) || (await wasmToolsProblem(theirs.bytes)) !== undefined) return undefined;
    // It lets instructions without parentheses stand inside of those of another one.
    if (syntax[0]!.message.startsWith("Inside the parentheses of an instruction")) return undefined;
    return { law: "wasm-tools takes no text that has problems", how: shown(syntax[0]!) };
  }
  const { bytes, problems: unencoded } = encodeWat(document);
  if (bytes === undefined) {
    return problems.length > 0 ? undefined : { law: "a valid text is encoded", how: unencoded[0]!.message };
  }
  return (
    brokenByDecoding(bytes, problems.length === 0) ?? brokenByEngine(document, bytes, problems) ?? (await brokenByOther(document, bytes))
  );
}

function brokenByDecoding(bytes: Uint8Array, isValid: boolean): Broken | undefined {
  const law = "decoding gives the encoded module";
  const { problems } = readModule(bytes);
  // Constants with blocks, which are never valid, are not read to their ends.
  if (isValid && problems.length > 0) return { law, how: problems[0]!.message };
  const read = moduleText(bytes);
  if ("fault" in read) return isValid ? { law, how: `${read.fault}: ${read.message}` } : undefined;
  const again = WatDocument.open(read.text, "wat");
  const { bytes: second, problems: lost } = encodeWat(again);
  if (second === undefined) return isValid ? { law, how: lost[0]!.message } : undefined;
  if (isValid && again.problems().length > 0) return { law, how: shown(again.problems()[0]!) };
  const same = moduleText(second);
  return "fault" in same || same.text !== read.text ? { law, how: "the second text is another one" } : undefined;
}

/** WebAssembly 2.0 and threads are in every V8 that runs this; a newer feature may be in it or not. */
function brokenByEngine(document: WatDocument, bytes: Uint8Array<ArrayBuffer>, problems: readonly WatProblem[]): Broken | undefined {
  const module = document.modules[0];
  if (module === undefined) return undefined;
  const needed = [
    ...document.fields.flatMap((_, at) => neededFeatures(document.fieldText(at))),
    ...featuresOfModule(module, (at) => document.fieldText(at)),
  ];
  if (!needed.every(({ feature }) => feature === "threads" || isInProfile(feature, "2.0"))) return undefined;
  if (hasLimitsOfEngines(document.text)) return undefined;
  const isTaken = WebAssembly.validate(bytes);
  if (isTaken === (problems.length === 0)) return undefined;
  return { law: "V8 says the same", how: problems[0] === undefined ? "V8 refuses it" : shown(problems[0]) };
}

async function brokenByOther(document: WatDocument, bytes: Uint8Array): Promise<Broken | undefined> {
  const [first] = document.problems();
  if (!isJudged(bytes)) return undefined;
  const theirs = await wasmToolsBytes(document.text);
  if (theirs.bytes === undefined) return first === undefined ? { law: "wasm-tools parses what is valid", how: theirs.why } : undefined;
  const why = await wasmToolsProblem(bytes);
  if ((why === undefined) === (first === undefined)) return undefined;
  // It knows stack switching in all modules, and custom descriptors, which let casts go upwards.
  if (first?.code === "tag-results" || first?.message.includes("can only cast to a subtype") === true) return undefined;
  return { law: "wasm-tools says the same", how: why ?? shown(first!) };
}

/** Engines have limits: sizes of tables and memories, numbers of locals. */
function hasLimitsOfEngines(text: string): boolean {
  return /\b(?:0x[\da-f_]{4,}|\d[\d_]{4,})/i.test(text) && /\((?:memory|table)/.test(text);
}
