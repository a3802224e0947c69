import type { GoFiles } from "./files.ts";

/** Of documents that are not on disk. */
export const noFiles: GoFiles = { document: () => undefined, files: () => undefined, folders: () => [], recheck: () => undefined };
