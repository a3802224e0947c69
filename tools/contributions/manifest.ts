/** The parts of package.json that the contract's tables say. */
import { commandCategory, commands } from "#core/contract/commands.ts";
import type { JsonSchema } from "#core/contract/json-schema.ts";
import { launchAttributes } from "#core/contract/launch-attributes.ts";
import { settings, type Setting } from "#core/contract/settings.ts";

type Json = Record<string, unknown>;

/** A copy of `manifest`, the parsed package.json, with those parts as the tables have them; all else, and all order, is kept. */
export function withContract(manifest: Json): Json {
  const contributes = manifest["contributes"] as Json;
  const capabilities = manifest["capabilities"] as { untrustedWorkspaces: Json };
  const [debugger_, ...others] = contributes["debuggers"] as Json[];
  return {
    ...manifest,
    capabilities: {
      ...capabilities,
      untrustedWorkspaces: { ...capabilities.untrustedWorkspaces, restrictedConfigurations: restrictedSettings() },
    },
    contributes: {
      ...contributes,
      commands: Object.entries<{ title: string; icon?: string }>(commands).map(([command, row]) => ({
        command,
        category: commandCategory,
        ...row,
      })),
      configuration: { title: commandCategory, properties: settingProperties() },
      debuggers: [
        { ...debugger_, configurationAttributes: { launch: { required: ["program"], properties: launchProperties() } } },
        ...others,
      ],
    },
  };
}

function settingProperties(): Json {
  const rows = Object.entries<Setting>(settings).map(([name, row]) => [`goWasm.${name}`, settingSchema(row)]);
  return Object.fromEntries(rows) as Json;
}

/** A setting that is restricted is so by a list of its own. */
function settingSchema(row: Setting): Json {
  const property = schema(row);
  delete property["restricted"];
  return property;
}

function launchProperties(): Json {
  return Object.fromEntries(Object.entries<JsonSchema>(launchAttributes).map(([name, row]) => [name, schema(row)]));
}

function restrictedSettings(): string[] {
  return Object.entries<Setting>(settings)
    .filter(([, row]) => row.restricted)
    .map(([name]) => `goWasm.${name}`);
}

/** Our texts are Markdown, for which VS Code has properties of its own. */
function schema({ description, enumDescriptions, ...row }: JsonSchema): Json {
  return { ...row, ...(enumDescriptions ? { markdownEnumDescriptions: enumDescriptions } : {}), markdownDescription: description };
}
