/** Why goroutines wait, in the words of the program's own runtime. */
import { decodeUtf8 } from "#core/bytes/utf8.ts";
import { addressConstants } from "../binary/constants.ts";
import type { GoCode } from "./go-code.ts";
import { wordAt } from "./memory-task.ts";

const longest = 60;
const most = 200;
/** Every version has had it; so a table without it is another one. */
const expected = "chan receive";

/**
 * The texts by the numbers of `g.waitreason`. `runtime.waitReason.String` works with the array that holds them, so that its address is
 * one of the constants in that function. Empty where it was not found.
 */
export function readWaitReasons({ module, table }: GoCode, memory: Uint8Array): readonly string[] {
  const index = table.find("runtime.waitReason.String")[0];
  const func = index === undefined ? undefined : module.functions[module.importedFunctionCount + index];
  if (!func) return [];
  for (const address of addressConstants(module, func)) {
    const texts = readStrings(memory, address);
    if (texts.includes(expected)) return texts;
  }
  return [];
}

function readStrings(memory: Uint8Array, address: number): string[] {
  const texts: string[] = [];
  for (let at = address; texts.length < most; at += 16) {
    const start = wordAt(memory, at);
    const length = wordAt(memory, at + 8);
    if (start === undefined || length === undefined || length > longest || start + length > memory.length) break;
    texts.push(decodeUtf8(memory.subarray(start, start + length)));
  }
  return texts;
}
