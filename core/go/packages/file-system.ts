/** The files that packages are looked up in: those on disk, with what is open in the editor in their place. */

export interface GoFileSystem {
  /** Text of a file; undefined where there is none, or none that can be read. Paths have `/` between their parts. */
  readText(path: string): string | undefined;
  /** Names of the files right in a folder, in no order; undefined where there is no such folder. */
  listFiles(folder: string): readonly string[] | undefined;
}
