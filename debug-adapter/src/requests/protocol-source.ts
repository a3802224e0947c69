import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { printableLine } from "#core/text/printable.ts";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { SourcePlace } from "../sources/source-registry.ts";
import type { SessionState } from "./request.ts";

/** A source as the client gets it; `name` is what the debug information calls it. */
export function protocolSource(state: SessionState, place: SourcePlace, name: string): DebugProtocol.Source {
  if ("path" in place) return { name: basename(place.path), path: state.client.pathsAreUris ? pathToFileURL(place.path).href : place.path };
  const shown = printableLine(name);
  return { name: shown.split(/[\\/]/).at(-1) ?? shown, path: shown, sourceReference: place.reference };
}
