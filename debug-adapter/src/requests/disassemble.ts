import type { DebugProtocol } from "@vscode/debugprotocol";
import { printableLine } from "#core/text/printable.ts";
import { moduleOffset, type ModuleOffset } from "#core/wasm/offsets.ts";
import { functionName } from "#core/wasm/function-name.ts";
import { InstructionList, type ListedInstruction } from "../disassembly/instruction-list.ts";
import type { LoadedModule } from "../program/loaded-module.ts";
import type { Program } from "../program/program.ts";
import { protocolSource } from "./protocol-source.ts";
import { programOf, request, RequestError, type SessionState, toClientColumn, toClientLine } from "./request.ts";

type Arguments = DebugProtocol.DisassembleArguments;
type Body = NonNullable<DebugProtocol.DisassembleResponse["body"]>;

/** Clients ask for some hundred instructions around the one that is shown. */
const mostInstructions = 10_000;
const bytesShown = 16;

const lists = new WeakMap<LoadedModule, InstructionList>();

/** Instructions around a place, in exactly the number that is asked for, as the protocol has it. */
export const disassemble = request<Arguments, Body>("disassemble", async (state, args) => {
  const program = programOf(state);
  const place = program.addresses.placeOf(args.memoryReference, args.offset ?? 0);
  const module = place && program.modules.find(({ engine }) => engine === place.module);
  if (!place || !module) throw new RequestError(`${printableLine(args.memoryReference)} is no place in the code of a module`);
  const skip = Math.min(Math.max(args.instructionOffset ?? 0, -mostInstructions), mostInstructions);
  const count = Math.min(Math.max(args.instructionCount, 0), mostInstructions);
  const list = lists.get(module) ?? new InstructionList(module.wasm);
  lists.set(module, list);
  return { instructions: await described(state, module, list.slice(place.offset, skip, count)) };
});

async function described(
  state: SessionState,
  module: LoadedModule,
  listed: readonly (ListedInstruction | undefined)[],
): Promise<DebugProtocol.DisassembledInstruction[]> {
  const program = programOf(state);
  const first = listed.findIndex((entry) => entry !== undefined);
  const last = listed.findLastIndex((entry) => entry !== undefined);
  // Each has an address of its own, also where there is no instruction.
  const edge = (at: number): ModuleOffset => {
    if (first < 0) return moduleOffset(at);
    return moduleOffset(at < first ? Math.max(0, listed[first]!.range.start - (first - at)) : listed[last]!.range.end + at - last - 1);
  };
  const found: DebugProtocol.DisassembledInstruction[] = [];
  let before: string | undefined;
  for (const [at, entry] of listed.entries()) {
    if (!entry) {
      const address = program.addresses.reference({ module: module.engine, offset: edge(at) });
      found.push({ address, instruction: "", presentationHint: "invalid" });
      continue;
    }
    const source = await placeOf(state, program, module, entry);
    found.push({
      address: program.addresses.reference({ module: module.engine, offset: entry.range.start }),
      instructionBytes: bytesText(module.wasm.bytes.subarray(entry.range.start, entry.range.end)),
      instruction: printableLine(entry.text),
      ...(entry.isFirst ? { symbol: printableLine(functionName(module.wasm, entry.fn)) } : {}),
      ...(source ? { line: source.line, column: source.column } : {}),
      ...(source && source.key !== before ? { location: source.location } : {}),
    });
    before = source?.key;
  }
  return found;
}

interface Position {
  /** Names the source. */
  readonly key: string;
  readonly location: DebugProtocol.Source;
  readonly line: number;
  readonly column: number;
}

/** Where the instruction comes from. */
async function placeOf(
  state: SessionState,
  program: Program,
  module: LoadedModule,
  { range }: ListedInstruction,
): Promise<Position | undefined> {
  const { symbols } = module;
  if (symbols.kind === "disassembly") return undefined;
  const position = await symbols.positionOf(range.start);
  const place = position && (await program.registry.place({ module, symbols, source: position.source }));
  if (!position || !place) return undefined;
  return {
    key: position.source.key,
    location: protocolSource(state, place, position.source.name),
    line: toClientLine(state, position.line),
    column: toClientColumn(state, position.column),
  };
}

function bytesText(bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, bytesShown), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
  return bytes.length > bytesShown ? `${shown} ...` : shown;
}
