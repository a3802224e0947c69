/** The end of the program by its own wish; not while the debugger calls one of its functions, which fails then. */
export function exit(code: number): never {
  refuseExit();
  process.exit(code);
}

/** Throws where the debugger calls a function. The name is that of the engine's `callingName`, which is true meanwhile. */
export function refuseExit(): void {
  const { __goWasmCalling: isCalling } = globalThis as { readonly __goWasmCalling?: boolean };
  if (isCalling === true) throw new Error("the program was about to exit");
}
