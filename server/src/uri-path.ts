import { fileURLToPath } from "node:url";

export { slashed } from "#go-check/slashed.ts";

/** The file path that `uri` names; for other schemes than `file`, and for what is no URI, its path part. */
export function uriToPath(uri: string): string {
  try {
    return fileURLToPath(uri);
  } catch {
    const path = uri.replace(/^[a-z][\w+.-]*:(\/\/[^/]*)?/i, "").replace(/[?#].*$/, "");
    return decoded(path);
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
