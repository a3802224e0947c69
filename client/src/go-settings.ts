/** What the language server is told of the settings: what an untrusted workspace may not do is off, and the Go extension's tags are ours. */
import { Uri, workspace } from "vscode";
import { readSettings, type SettingValues } from "#core/contract/settings.ts";

/** Settings of the Go extension that change what {@link serverSettings} gives. */
export const goExtensionSettings = ["go.buildTags", "go.buildFlags"] as const;

/** The settings for a document, keyed as in the contract. */
export function serverSettings(uri: Uri | undefined): SettingValues {
  const values = readSettings(workspace.getConfiguration("goWasm", uri));
  return {
    ...values,
    "go.compileOnSave": values["go.compileOnSave"] && workspace.isTrusted,
    "go.buildTags": values["go.buildTags"] === "" ? goExtensionTags(uri) : values["go.buildTags"],
  };
}

/** As {@link serverSettings}, for the URI that the server has asked for. */
export function serverSettingsFor(scopeUri: string | undefined): SettingValues {
  return serverSettings(scopeUri === undefined ? undefined : Uri.parse(scopeUri));
}

/** The tags that the Go extension hands to its own language server: those of `go.buildTags`, unless `go.buildFlags` has some. */
function goExtensionTags(uri: Uri | undefined): string {
  const go = workspace.getConfiguration("go", uri);
  const flags: unknown = go.get("buildFlags");
  return tagsInFlags(Array.isArray(flags) ? flags.map(String) : []) ?? String(go.get("buildTags") ?? "");
}

/** The value of the last `-tags` among the flags of a go command, be it `-tags=a,b` or `-tags`, `a,b`. */
export function tagsInFlags(flags: readonly string[]): string | undefined {
  let tags: string | undefined;
  for (const [index, flag] of flags.entries()) {
    const assigned = /^--?tags=(.*)$/su.exec(flag)?.[1];
    if (assigned !== undefined) tags = assigned.replace(/^(["'])(.*)\1$/su, "$2");
    else if (/^--?tags$/u.test(flag)) tags = flags[index + 1] ?? tags;
    else tags = /^--?tags[ \t]+(.*)$/su.exec(flag)?.[1] ?? tags;
  }
  return tags;
}
