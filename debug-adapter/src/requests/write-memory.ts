import type { DebugProtocol } from "@vscode/debugprotocol";
import { memoryWritten } from "./memory-written.ts";
import { programOf, request, RequestError } from "./request.ts";

type Arguments = DebugProtocol.WriteMemoryArguments;
type Body = NonNullable<DebugProtocol.WriteMemoryResponse["body"]>;

export const writeMemory = request<Arguments, Body>("writeMemory", async (state, args) => {
  const { stack, modules } = programOf(state);
  const top = await stack?.top();
  if (!stack || !top) throw new RequestError("the program is running; pause it to write its memory");
  const address = Number(args.memoryReference) + (args.offset ?? 0);
  const bytes = new Uint8Array(Buffer.from(args.data, "base64"));
  if (!Number.isSafeInteger(address) || address < 0) throw new RequestError("this is no address in memory");
  const module = (top.kind === "wasm" ? top.module : modules[0])?.engine;
  if (!module) throw new RequestError("there is no module whose memory could be written");
  const [there] = await stack.stop.readMemory(module, 0, [{ address, length: bytes.length }]);
  const writable = there?.length ?? 0;
  if (writable < bytes.length && !args.allowPartial)
    throw new RequestError(`the memory ends behind ${writable} of these ${bytes.length} bytes: nothing was written`);
  if (writable > 0) await stack.stop.writeMemory(module, 0, address, bytes.subarray(0, writable));
  memoryWritten(state, stack.stop);
  return { offset: 0, bytesWritten: writable };
});
