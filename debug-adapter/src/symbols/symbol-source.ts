type Awaitable<T> = T | Promise<T>;

/** A source that debug information names. */
export interface SymbolSource {
  /** Unique within the module. */
  readonly key: string;
  /** Name as the debug information has it: relative, absolute, or a URL. */
  readonly name: string;
  /** Further spellings to try, such as the name with the compilation folder or `sourceRoot` before it. */
  readonly candidates: readonly string[];
  /** MD5 of its bytes in hexadecimal, where the debug information says it. */
  readonly md5?: string;
  /** The text, where the debug information holds it (`sourcesContent`, generated disassembly). */
  content?(): Awaitable<string | undefined>;
}
