import type { DebugProtocol } from "@vscode/debugprotocol";
import { completeText } from "../expressions/complete-text.ts";
import type { Completion } from "../symbols/expression-source.ts";
import { programOf, request } from "./request.ts";
import { wasmFrame } from "./wasm-frame.ts";

type Arguments = DebugProtocol.CompletionsArguments;
type Body = DebugProtocol.CompletionsResponse["body"];

const mostTargets = 1000;
const types: Readonly<Record<Completion["kind"], DebugProtocol.CompletionItemType>> = {
  variable: "variable",
  field: "field",
  function: "function",
  module: "module",
  constant: "value",
};

export const completions = request<Arguments, Body>("completions", async (state, args) => {
  const frame = await wasmFrame(state, args.frameId);
  const lines = args.text.split("\n");
  const line = Math.max((args.line ?? (state.client.linesStartAt1 ? 1 : 0)) - (state.client.linesStartAt1 ? 1 : 0), 0);
  const column = args.column - (state.client.columnsStartAt1 ? 1 : 0);
  const before = (lines[line] ?? "").slice(0, Math.max(column, 0));
  const typed = /[\p{L}\p{Nd}_$]*$/u.exec(before)![0];
  const found = await completeText(before, frame, programOf(state).values);
  const fitting = new Map(found.filter(({ name }) => name.startsWith(typed)).map((entry) => [entry.name, entry]));
  return {
    targets: [...fitting.values()].slice(0, mostTargets).map(({ name, kind, type }) => ({
      label: name,
      type: types[kind],
      ...(type === undefined ? {} : { detail: type }),
      start: column - typed.length + (state.client.columnsStartAt1 ? 1 : 0),
      length: typed.length,
    })),
  };
});
