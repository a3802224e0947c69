import { interfaceText } from "../values/tinygo.ts";
import { dynamicType } from "../values/tinygo/type-descriptor.ts";
import { type PanicContext, type PanicFunction, textAt, wordsAt } from "./panic-function.ts";

/** Nothing recovers from a panic on wasm. Source: TinyGo, src/runtime/panic.go. */
export const tinyGoFunctions: readonly PanicFunction[] = [
  {
    name: /^runtime\._panic$/,
    plainName: "runtime._panic",
    params: 3,
    filter: "unrecovered-panic",
    kind: "panic",
    text: async ([typecode = 0, value = 0], context) =>
      (await errorText(typecode, value, context)) ?? interfaceText(typecode, value, context),
  },
  {
    name: /^runtime\.runtimePanicAt$/,
    plainName: "runtime.runtimePanicAt",
    params: 4,
    filter: "unrecovered-panic",
    kind: "panic",
    text: async ([, address = 0, length = 0], context) => {
      const text = await textAt(context, address, length);
      return text === undefined ? undefined : `runtime error: ${text}`;
    },
  },
];

/** Errors of the standard library that begin with their text. Sources: Go, src/errors/errors.go and src/fmt/errors.go. */
const textFirst = /^\*(?:errors\.errorString|fmt\.wrapErrors?)$/;

async function errorText(typecode: number, value: number, context: PanicContext): Promise<string | undefined> {
  const type = await dynamicType(typecode, context);
  if (!type || !textFirst.test(type.name)) return undefined;
  const [address = 0, length = 0] = await wordsAt(context, value, 2);
  return textAt(context, address, length);
}
