import type { ValueContext } from "../values/value.ts";
import { cTextAt, type PanicFunction, wordsAt } from "./panic-function.ts";

const nothing = (): Promise<undefined> => Promise.resolve(undefined);

export const cFunctions: readonly PanicFunction[] = [
  { name: /^abort$/, plainName: "abort", params: 0, filter: "abort", kind: "abort", text: nothing },
  {
    // Source: musl, src/exit/assert.c.
    name: /^__assert_fail$/,
    plainName: "__assert_fail",
    params: 4,
    filter: "abort",
    kind: "assertion failed",
    text: async ([expression = 0, file = 0, line = 0, func = 0], context) => {
      const [said, path, name] = await Promise.all([expression, file, func].map((address) => cTextAt(context, address)));
      if (said === undefined) return undefined;
      const where = path === undefined ? "" : ` (${path}:${line}${name === undefined ? "" : `, ${name}`})`;
      return `${said}${where}`;
    },
  },
  // Source: LLVM, libcxxabi/src/abort_message.cpp, libcxxabi/src/cxa_handlers.cpp, libcxx/src/verbose_abort.cpp.
  { name: /^abort_message$/, plainName: "abort_message", params: 2, filter: "abort", kind: "abort", text: formatted },
  {
    name: /^(?:_ZNSt\w*22__libcpp_verbose_abortEPKcz|std::\w+::__libcpp_verbose_abort\(char const\*, \.\.\.\))$/,
    plainName: "__libcpp_verbose_abort",
    params: 2,
    filter: "abort",
    kind: "abort",
    text: formatted,
  },
  {
    name: /^(?:_ZSt11__terminatePFvvE|std::__terminate\(void \(\*\)\(\)\))$/,
    plainName: "__terminate",
    params: 1,
    filter: "abort",
    kind: "std::terminate",
    text: nothing,
  },
];

const mostArguments = 8;

/** What `printf` makes of a format with texts and numbers; other directives stay as they are written. The arguments lie in memory, one after the other. */
async function formatted([format = 0, list = 0]: readonly number[], context: ValueContext): Promise<string | undefined> {
  const text = await cTextAt(context, format);
  if (text === undefined) return undefined;
  const words = await wordsAt(context, list, mostArguments);
  const parts = text.split(/(%[sdu])/);
  let used = 0;
  // Behind a directive of another size nobody knows where the next argument is.
  const isPlain = !/%[^%sdu]/.test(text);
  const written: string[] = [];
  for (const part of parts) {
    const word = isPlain && /^%[sdu]$/.test(part) ? words[used++] : undefined;
    if (word === undefined) written.push(part);
    else if (part === "%s") written.push((await cTextAt(context, word)) ?? part);
    else written.push(String(part === "%d" ? word | 0 : word));
  }
  return written.join("").trimEnd();
}
