/** Go files on disk, read when they are needed and kept while they do not change. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { joinPath } from "#core/go/packages/paths.ts";
import { GoDocument } from "./go-document.ts";

/** Reading is synchronous: an answer needs a handful of files, most of them known, and many small waits would take longer. */
export interface GoFiles {
  /**
   * Undefined where there is no such file, or none that can be read. What was looked at within the last `maximalAge`
   * milliseconds is not looked at again. The same object as long as the file does not change.
   */
  document(path: string, maximalAge: number): GoDocument | undefined;
  /** Names of the files in a folder, without those of folders. */
  files(folder: string, maximalAge: number): readonly string[] | undefined;
  /** Names of the folders in a folder; links are not followed. */
  folders(folder: string, maximalAge: number): readonly string[];
  /** Files have changed: everything is looked at again when it is asked for next. */
  recheck(): void;
}

/** Beyond these a file is no source that somebody reads, and a folder no package. */
const maximalFileBytes = 4_000_000;
const maximalNames = 2_000;
/** Characters of files that are kept at a time. */
const maximalSize = 64_000_000;
/** A time of change as fresh as this may stay the same with the next change. */
const clockTick = 50;

interface Known<T> {
  readonly stamp: string;
  readonly value: T;
  /** The file may have been changed again in the same tick of the clock. */
  readonly doubtful: boolean;
  checked: number;
}

interface Listing {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** `now` is in milliseconds since 1970, as the times of files are. */
export class DiskFiles implements GoFiles {
  readonly #documents = new Map<string, Known<GoDocument | undefined>>();
  readonly #listings = new Map<string, Known<Listing | undefined>>();
  readonly #now: () => number;
  /** Characters read since the documents were forgotten last. */
  #size = 0;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  document(path: string, maximalAge: number): GoDocument | undefined {
    return this.#get(this.#documents, path, maximalAge, "file", () => {
      const document = new GoDocument(path, readFileSync(path, "utf8"));
      this.#size += document.text.length;
      return document;
    });
  }

  files(folder: string, maximalAge: number): readonly string[] | undefined {
    return this.#listing(folder, maximalAge)?.files;
  }

  folders(folder: string, maximalAge: number): readonly string[] {
    return this.#listing(folder, maximalAge)?.folders ?? [];
  }

  recheck(): void {
    for (const known of [...this.#documents.values(), ...this.#listings.values()]) known.checked = Number.NEGATIVE_INFINITY;
  }

  #listing(folder: string, maximalAge: number): Listing | undefined {
    return this.#get(this.#listings, folder, maximalAge, "folder", () => {
      const entries = readdirSync(folder, { withFileTypes: true }).slice(0, maximalNames);
      const isFile = (name: string): boolean => statSync(joinPath(folder, name), { throwIfNoEntry: false })?.isFile() === true;
      return {
        files: entries
          .filter((entry) => entry.isFile() || (entry.isSymbolicLink() && isReadable(() => isFile(entry.name))))
          .map(({ name }) => name),
        folders: entries.filter((entry) => entry.isDirectory()).map(({ name }) => name),
      };
    });
  }

  #get<T>(
    known: Map<string, Known<T | undefined>>,
    path: string,
    maximalAge: number,
    kind: "file" | "folder",
    read: () => T,
  ): T | undefined {
    const before = known.get(path);
    const now = this.#now();
    if (before !== undefined && maximalAge > 0 && now - before.checked <= maximalAge) return before.value;
    const { stamp, changed } = stampOf(path, kind);
    if (before?.stamp === stamp && !before.doubtful) {
      before.checked = now;
      return before.value;
    }
    if (this.#size > maximalSize) {
      this.#documents.clear();
      this.#size = 0;
    }
    const value = stamp === nothing ? undefined : attempt(read);
    known.set(path, { stamp, value, doubtful: now - changed < clockTick, checked: now });
    return value;
  }
}

const nothing = "";

/** Size and time of change; "" for what is not there, too large, or of another kind. */
function stampOf(path: string, kind: "file" | "folder"): { readonly stamp: string; readonly changed: number } {
  const found = attempt(() => statSync(path, { throwIfNoEntry: false }));
  const fits = kind === "file" ? found?.isFile() === true && found.size <= maximalFileBytes : found?.isDirectory() === true;
  return found === undefined || !fits
    ? { stamp: nothing, changed: 0 }
    : { stamp: `${found.size} ${found.mtimeMs}`, changed: found.mtimeMs };
}

/** What cannot be read (no permission, a circle of links) counts as not there. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function isReadable(test: () => boolean): boolean {
  return attempt(test) === true;
}
