/** Imports a function under another name with types that the host has; the old one stays for its callers, and converts. */
import type { BorderFunction } from "../rules/rule.ts";
import type { CarrierWriting } from "./carrier-writing.ts";
import { carrierOf } from "./carriers.ts";
import { grouped, isError } from "./export-wrapper.ts";
import { lineBreakOf, lineEndOf, lineStartOf } from "./lines.ts";
import { upperFirst } from "./names.ts";
import { nameFor, readSignature, receiverFallback, receiverTypeName, type SignatureValue } from "./signature.ts";
import { qualifier } from "./spell.ts";

/** False, and nothing written, where a type of the signature is not known. */
export function wrapImport(writing: CarrierWriting, { declaration }: BorderFunction): boolean {
  const { file, draft, names } = writing;
  const signature = declaration.parameters.length > 0 ? undefined : readSignature(writing, declaration);
  if (signature === undefined) return false;
  const typeName = receiverTypeName(declaration);
  const raw = names.take(typeName === undefined ? `${declaration.name.text}Raw` : `${typeName}${upperFirst(declaration.name.text)}Raw`);
  const clashes = signature.results.some(({ ownName }) => ownName !== undefined && names.isTaken(ownName));
  for (const { ownName } of signature.results) if (ownName !== undefined) names.reserve(ownName);
  const renamed: string[] = [];
  const passed = { before: [] as string[], values: [] as string[], after: [] as string[] };
  let lendsSlice = false;
  const rawParameters: { name: string; type: string }[] = [];
  const inputs: readonly SignatureValue[] =
    signature.receiver === undefined ? signature.parameters : [signature.receiver, ...signature.parameters];
  for (const [index, value] of inputs.entries()) {
    const name = nameFor(value, value === signature.receiver ? receiverFallback(declaration) : `p${index}`, names);
    renamed.push(name);
    const { parameter } = carrierOf(writing, { type: value.type, text: value.text, name });
    for (const part of parameter.parts)
      rawParameters.push({ name: part.suffix === "" ? name : names.take(name + part.suffix), type: part.type });
    if (value.text.startsWith("[]") && parameter.parts.length > 1) lendsSlice = true;
    const passage = parameter.toHost(name);
    passed.before.push(...passage.before);
    passed.values.push(...passage.values);
    passed.after.unshift(...passage.after);
  }
  const results = resultCode(writing, signature.results, declaration.name.text);
  const rawSignature = `(${grouped([...rawParameters, ...results.outs])})${results.type === "" ? "" : ` ${results.type}`}`;
  const call = `${raw}(${[...passed.values, ...results.outs.map(({ argument }) => argument)].join(", ")})`;
  const body = [...passed.before, ...results.body(call, passed.after)].map((line) => `\t${line.replaceAll("\n", "\n\t")}`);

  const newline = lineBreakOf(file.text);
  const start = signature.receiver === undefined ? declaration.name.span.start : declaration.position;
  draft.replace(file, { start, end: declaration.span.end }, `${raw}${rawSignature}`);
  // The host uses the slice's memory while it runs, so the slice may stay on the stack.
  const lineStart = lineStartOf(file.text, declaration.span.start);
  const above = file.text.slice(lineStart, declaration.span.start);
  if (lendsSlice && above.trim() === "" && !hasNoEscape(file.text, lineStart))
    draft.insert(file, lineStart, `${above}//go:noescape${newline}`);
  const parameterNames = signature.receiver === undefined ? renamed : renamed.slice(1);
  const parameters = signature.parameters.map(
    (value, index) => `${parameterNames[index]} ${value.variadic ? `...${value.text.slice(2)}` : value.text}`,
  );
  const receiver = signature.receiver === undefined ? "" : `(${renamed[0]} ${signature.receiver.text}) `;
  const { resultSpan } = declaration.signature;
  const types = signature.results.map(({ text }) => text).join(", ");
  const resultText = clashes ? `(${types})` : file.text.slice(resultSpan.start, resultSpan.end);
  const wrapper = `func ${receiver}${declaration.name.text}(${shortened(parameters)})${resultText === "" ? "" : ` ${resultText}`} {\n${body.join("\n")}\n}`;
  const added = [...writing.declarations, wrapper].join("\n\n").replaceAll("\n", newline);
  draft.insert(file, lineEndOf(file.text, declaration.span.end), `${newline}${newline}${added}`);
  return true;
}

/** Among the comments directly above. */
function hasNoEscape(text: string, declaration: number): boolean {
  for (let start = declaration; start > 0;) {
    const previous = lineStartOf(text, start - 1);
    const line = text.slice(previous, start).trim();
    if (!line.startsWith("//")) return false;
    if (line === "//go:noescape") return true;
    start = previous;
  }
  return false;
}

/** `a, b int` for `a int, b int`. */
function shortened(parameters: readonly string[]): string {
  return grouped(
    parameters.map((parameter) => ({
      name: parameter.slice(0, parameter.indexOf(" ")),
      type: parameter.slice(parameter.indexOf(" ") + 1),
    })),
  );
}

interface ResultCode {
  readonly type: string;
  readonly outs: readonly { readonly name: string; readonly type: string; readonly argument: string }[];
  body(call: string, after: readonly string[]): string[];
}

function resultCode(writing: CarrierWriting, results: readonly SignatureValue[], name: string): ResultCode {
  const only = results[0];
  if (only === undefined) return { type: "", outs: [], body: (call, after) => [call, ...after] };
  const failure = (): string => `${qualifier(writing, "errors")}New("${name} failed")`;
  if (results.length > 1) return severalResults(writing, results, failure);
  if (isError(only.type)) {
    const status = writing.names.take("status");
    return {
      type: "int32",
      outs: [],
      body: (call, after) => [`${status} := ${call}`, ...after, `if ${status} != 0 {\n\treturn ${failure()}\n}`, "return nil"],
    };
  }
  const form = carrierOf(writing, { type: only.type, text: only.text, name: only.ownName ?? "result" }).result;
  return {
    type: form.parts[0]!.type,
    outs: [],
    body: (call, after) => {
      const marker = "\u0000";
      const tried = form.toGo([marker]);
      const once = tried.before.length === 0 && tried.values[0]!.split(marker).length === 2;
      if (once && after.length === 0) return [`return ${form.toGo([call]).values[0]}`];
      const result = writing.names.take("result");
      const passage = form.toGo([result]);
      return [`${result} := ${call}`, ...after, ...passage.before, `return ${passage.values[0]}`];
    },
  };
}

/** The host writes the values through pointers; an error in the last place is its status. */
function severalResults(writing: CarrierWriting, results: readonly SignatureValue[], failure: () => string): ResultCode {
  const hasStatus = isError(results[results.length - 1]!.type);
  const values = hasStatus ? results.slice(0, -1) : results;
  const outs: { name: string; type: string; argument: string }[] = [];
  const variables: string[] = [];
  const rebuilt: string[] = [];
  for (const [index, value] of values.entries()) {
    const base = value.ownName ?? (values.length === 1 ? "out" : `r${index}`);
    const name = writing.names.take(value.ownName === undefined ? base : `${base}Out`);
    const { memory } = carrierOf(writing, { type: value.type, text: value.text, name });
    const names = memory.parts.map((part) => (part.suffix === "" ? name : writing.names.take(name + part.suffix)));
    for (const [at, part] of memory.parts.entries()) {
      variables.push(`var ${names[at]} ${part.type}`);
      outs.push({ name: names[at]!, type: `*${part.type}`, argument: `&${names[at]}` });
    }
    rebuilt.push(memory.toGo(names).values[0]!);
  }
  if (!hasStatus) return { type: "", outs, body: (call, after) => [...variables, call, ...after, `return ${rebuilt.join(", ")}`] };
  const status = writing.names.take("status");
  const error = writing.names.take("failure");
  return {
    type: "int32",
    outs,
    body: (call, after) => [
      ...variables,
      `${status} := ${call}`,
      ...after,
      `var ${error} error`,
      `if ${status} != 0 {\n\t${error} = ${failure()}\n}`,
      `return ${[...rebuilt, error].join(", ")}`,
    ],
  };
}
