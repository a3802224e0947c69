import { pathOfFileUrl } from "#platform";

export { slashed } from "#platform";

/** The file path that `uri` names; for other schemes than `file`, and for what is no URI, its path part. */
export function uriToPath(uri: string): string {
  return pathOfFileUrl(uri) ?? decoded(uri.replace(/^[a-z][\w+.-]*:(\/\/[^/]*)?/i, "").replace(/[?#].*$/, ""));
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
