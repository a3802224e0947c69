import { ByteError, ByteReader } from "#core/bytes/reader.ts";
import { decodeUtf8 } from "#core/bytes/utf8.ts";
import type { WasmModule } from "#core/wasm/module.ts";

export type FoundMap =
  | { readonly kind: "text"; readonly text: string; readonly url: string }
  /** The module names a map that cannot be had; `note` says why and what to do. */
  | { readonly kind: "missing"; readonly note: string };

/** The source map that the module's `sourceMappingURL` section names; `undefined` where it has no such section. URLs are never fetched. */
export async function findSourceMap(
  module: WasmModule,
  name: string,
  readFile: (name: string) => Promise<Uint8Array | undefined>,
): Promise<FoundMap | undefined> {
  const section = module.customSections("sourceMappingURL")[0];
  if (!section) return undefined;
  const url = sectionText(new ByteReader(module.bytes, section.start, section.end));
  if (url === undefined) return { kind: "missing", note: `The sourceMappingURL section of ${name} is damaged: build the module again.` };
  if (url.startsWith("data:")) return fromDataUrl(url, name);
  if (/^[a-z][a-z0-9+.-]+:/i.test(url) && !/^[a-z]:[\\/]/i.test(url)) {
    return {
      kind: "missing",
      note: `The source map of ${name} is at a URL (${url}), which is not fetched: put it beside the module and name it without the address.`,
    };
  }
  const path = withoutEscapes(url);
  const bytes = await readFile(path);
  if (!bytes)
    return {
      kind: "missing",
      note: `The source map ${path} of ${name} was not found: build the module again with its source map beside it.`,
    };
  return { kind: "text", text: decodeUtf8(bytes), url: path };
}

function sectionText(reader: ByteReader): string | undefined {
  try {
    return reader.name();
  } catch (error) {
    if (error instanceof ByteError) return undefined;
    throw error;
  }
}

function fromDataUrl(url: string, name: string): FoundMap {
  const comma = url.indexOf(",");
  const text = comma < 0 ? undefined : dataText(url.slice(5, comma), url.slice(comma + 1));
  if (text === undefined) return { kind: "missing", note: `The source map inside of ${name} is damaged: build the module again.` };
  return { kind: "text", text, url: "" };
}

function dataText(type: string, data: string): string | undefined {
  if (/;base64$/i.test(type)) return Buffer.from(data, "base64").toString("utf8");
  return decoded(data);
}

/** A path in a URL may have escapes such as `%20`; one that is no valid URL is taken as it is. */
const withoutEscapes = (path: string): string => decoded(path) ?? path;

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
