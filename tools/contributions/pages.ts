/** The pages of `docs/` that the contract's tables say. */
import type { JsonSchema } from "#core/contract/json-schema.ts";
import { launchAttributes } from "#core/contract/launch-attributes.ts";
import { settings, type Setting } from "#core/contract/settings.ts";

const generated = "<!-- Generated from core/contract by `npm run generate`. -->";

/** `docs/settings.md`. */
export function settingsPage(): string {
  const sections = Object.entries<Setting>(settings).map(([name, row]) => {
    const restricted = row.restricted ? ["In an untrusted workspace the workspace's value is ignored."] : [];
    return section(`goWasm.${name}`, row, restricted);
  });
  const intro =
    "Everything works without any setting.\nEditors other than VS Code hand the same keys, without `goWasm.`, to the language server in `initializationOptions.goWasm`.";
  return `${generated}\n\n# Settings\n\n${intro}\n\n${sections.join("\n")}`;
}

/** `docs/launch.md`. */
export function launchPage(): string {
  const sections = Object.entries<JsonSchema>(launchAttributes).map(([name, row]) => section(name, row, []));
  const intro =
    'Attributes of a configuration in `.vscode/launch.json` with `"type": "wasm"` and `"request": "launch"`.\nWhere Delve has an attribute of the same name, it means the same.';
  const example = JSON.stringify(
    { type: "wasm", request: "launch", name: "add(1, 2)", program: "${workspaceFolder}/add.wat", invoke: { export: "add", args: [1, 2] } },
    undefined,
    2,
  );
  return `${generated}\n\n# Launch attributes\n\n${intro}\n\n\`\`\`json\n${example}\n\`\`\`\n\n${sections.join("\n")}`;
}

function section(name: string, row: JsonSchema, notes: readonly string[]): string {
  const types = typeof row.type === "string" ? row.type : row.type.join(" or ");
  const fallback = row.default === undefined ? "" : `, default \`${JSON.stringify(row.default)}\``;
  const choices = (row.enum ?? []).map((choice, at) => {
    const meaning = row.enumDescriptions?.[at];
    return meaning === undefined ? `- \`${choice}\`` : `- \`${choice}\`: ${meaning}`;
  });
  const paragraphs = [`## \`${name}\``, `${types}${fallback}`, [row.description, ...notes].join("\n"), choices.join("\n")];
  return `${paragraphs.filter((paragraph) => paragraph !== "").join("\n\n")}\n`;
}
