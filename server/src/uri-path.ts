import { sep } from "node:path";
import { fileURLToPath } from "node:url";

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

/** The same path with `/` between its parts, which Node takes on every platform. */
export function slashed(path: string): string {
  return sep === "/" ? path : path.replaceAll(sep, "/");
}
