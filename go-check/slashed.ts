import { sep } from "node:path";

/** The same path with `/` between its parts, which Node takes on every platform. */
export function slashed(path: string): string {
  return sep === "/" ? path : path.replaceAll(sep, "/");
}
