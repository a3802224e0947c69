/**
 * DW_LANG_C11, whatever the language is. LLDB, and with it the C/C++ extension of Chrome DevTools, has type systems for C, C++ and Rust only: of
 * units in Go or in assembly it gives neither names of functions nor variables (tried with LLDB 19.1). Zig and TinyGo say that they are C too.
 */
export const readableLanguage = 0x1d;
