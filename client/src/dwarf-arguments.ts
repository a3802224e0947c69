import type { SettingValues } from "#core/contract/settings.ts";

/** The command line of `go-wasm dwarf` for a Go file, whose package is meant, or a module; both absolute. Slashes of either kind. */
export function dwarfArguments(path: string, settings: Pick<SettingValues, "go.target" | "go.buildTags">): string[] {
  if (/\.wasm$/i.test(path)) return ["dwarf", path];
  const folder = path.replace(/[\\/][^\\/]*\.go$/i, "");
  const target = settings["go.target"];
  const tags = settings["go.buildTags"];
  return [
    "dwarf",
    folder,
    ...(target === "js" ? ["--target=js"] : target.startsWith("wasip1") ? ["--target=wasip1"] : []),
    ...(target === "wasip1-reactor" ? ["--reactor"] : []),
    // In quotes, for tags may have spaces between them; none has a quote in it.
    ...(tags === "" ? [] : [`--build-flags='-tags=${tags.replaceAll("'", "")}'`]),
  ];
}
