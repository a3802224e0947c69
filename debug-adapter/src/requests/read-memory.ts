import type { DebugProtocol } from "@vscode/debugprotocol";
import { programOf, request, RequestError } from "./request.ts";

const mostBytes = 16 * 1024 * 1024;

type Body = NonNullable<DebugProtocol.ReadMemoryResponse["body"]>;

export const readMemory = request<DebugProtocol.ReadMemoryArguments, Body>("readMemory", async (state, args) => {
  const { stack, modules } = programOf(state);
  const top = await stack?.top();
  if (!stack || !top) throw new RequestError("the program is running; pause it to read its memory");
  const address = Number(args.memoryReference) + (args.offset ?? 0);
  if (!Number.isSafeInteger(address) || !Number.isSafeInteger(args.count)) throw new RequestError("this is no address in memory");
  // Below 0 there is nothing; what was asked for there is told as unreadable by where the answer starts.
  const from = Math.max(address, 0);
  const length = Math.min(Math.max(args.count - (from - address), 0), mostBytes);
  const module = (top.kind === "wasm" ? top.module : modules[0])?.engine;
  if (!module) throw new RequestError("there is no module whose memory could be read");
  const [bytes] = await stack.stop.readMemory(module, 0, [{ address: from, length }]);
  const read = bytes ?? new Uint8Array(0);
  return {
    address: `0x${from.toString(16)}`,
    data: Buffer.from(read).toString("base64"),
    ...(read.length < length ? { unreadableBytes: length - read.length } : {}),
  };
});
