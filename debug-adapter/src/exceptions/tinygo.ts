import { interfaceText } from "../values/tinygo.ts";
import { type PanicFunction, textAt } from "./panic-function.ts";

/** Nothing recovers from a panic on wasm. Source: TinyGo, src/runtime/panic.go. */
export const tinyGoFunctions: readonly PanicFunction[] = [
  {
    name: /^runtime\._panic$/,
    params: 3,
    filter: "unrecovered-panic",
    kind: "panic",
    text: ([typecode = 0, value = 0], context) => interfaceText(typecode, value, context),
  },
  {
    name: /^runtime\.runtimePanicAt$/,
    params: 4,
    filter: "unrecovered-panic",
    kind: "panic",
    text: async ([, address = 0, length = 0], context) => {
      const text = await textAt(context, address, length);
      return text === undefined ? undefined : `runtime error: ${text}`;
    },
  },
];
