import { type PanicFunction, textAt } from "./panic-function.ts";

/**
 * `defaultPanic(msg: []const u8, first_trace_addr: ?usize)`, before which the compiler passes the trace of the errors returned so far.
 * Source: Zig, lib/std/debug.zig.
 */
export const zigFunctions: readonly PanicFunction[] = [
  {
    name: /^debug\.defaultPanic$/,
    plainName: "defaultPanic",
    params: 4,
    filter: "unrecovered-panic",
    kind: "panic",
    text: ([, address = 0, length = 0], context) => textAt(context, address, length),
  },
];
