import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test, vi } from "vitest";
import { commands } from "#core/contract/commands.ts";
import { checkLaunchArguments } from "#core/contract/launch-attributes.ts";
import { handlers } from "../../client/src/commands/index.ts";
import { codeActionKinds } from "../../server/src/go/code-action.ts";
import { launchPage, settingsPage } from "../../tools/contributions/pages.ts";
import { withContract } from "../../tools/contributions/manifest.ts";

// The commands are only named here, not run: that takes a real VS Code (test/e2e).
vi.mock("vscode", () => ({}));

interface Manifest {
  readonly icon: string;
  readonly files: readonly string[];
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly supported: unknown; readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly codeActions: readonly { readonly languages: readonly string[]; readonly actions: readonly { readonly kind: string }[] }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when: string }[]>>;
    readonly languages: readonly { readonly id: string; readonly extensions: readonly string[]; readonly configuration: string }[];
    readonly grammars: readonly { readonly path: string; readonly scopeName: string }[];
    readonly breakpoints: readonly { readonly language: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly default?: unknown }>> };
    readonly debuggers: readonly {
      readonly type: string;
      readonly languages: readonly string[];
      readonly when?: string;
      readonly initialConfigurations?: readonly Record<string, unknown>[];
      readonly configurationSnippets?: readonly { readonly label: string; readonly body: Record<string, unknown> }[];
    }[];
  };
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const text = (path: string): string => readFileSync(`${root}/${path}`, "utf8");
const manifest = JSON.parse(text("package.json")) as Manifest;
const { contributes } = manifest;

test("what is generated from the contract is up to date", () => {
  const parsed = JSON.parse(text("package.json")) as Record<string, unknown>;
  expect(JSON.stringify(parsed)).toBe(JSON.stringify(withContract(parsed)));
  expect(text("docs/settings.md")).toBe(settingsPage());
  expect(text("docs/launch.md")).toBe(launchPage());
});

describe("commands", () => {
  test("are those of the contract, and each is implemented", () => {
    expect(contributes.commands.map(({ command }) => command)).toEqual(Object.keys(commands));
    expect(Object.keys(handlers).sort()).toEqual(Object.keys(commands).sort());
    for (const handler of Object.values(handlers)) expect(handler).toBeTypeOf("function");
  });

  test("menus name existing commands, and say when", () => {
    const { commandPalette: palette, ...others } = contributes.menus;
    const items = Object.values(others).flat();
    expect(items.length).toBeGreaterThan(0);
    for (const { command, when } of items) {
      expect(Object.keys(commands)).toContain(command);
      expect(when).toContain("resourceExtname");
    }
    // What is in a menu of files builds, prints or runs one, so it is not offered where there is no machine to do it.
    for (const { when } of [...palette!, ...items]) expect(when).toMatch(/(?:^| && )!goWasm\.inBrowser && \(!isWeb \|\| remoteName\)$/);
    for (const { command } of items) expect(palette!.map((item) => item.command)).toContain(command);
  });
});

test("the action that fixes all is one that the server offers", () => {
  expect(contributes.codeActions.flatMap(({ languages, actions }) => actions.map(({ kind }) => [languages, kind]))).toEqual([
    [["go"], codeActionKinds.find((kind) => kind.startsWith("source."))],
  ]);
});

test("every contributed path exists, and goes into the package", () => {
  const paths = [
    manifest.icon,
    ...contributes.languages.map(({ configuration }) => configuration),
    ...contributes.grammars.map(({ path }) => path),
  ];
  for (const path of paths) {
    const plain = path.replace(/^\.\//, "");
    expect(existsSync(`${root}/${plain}`), plain).toBe(true);
    expect(
      manifest.files.some((pattern) => new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", "[^/]*")}$`).test(plain)),
      plain,
    ).toBe(true);
  }
});

test("grammars have the scope that the manifest names", () => {
  for (const { path, scopeName } of contributes.grammars)
    expect((JSON.parse(text(path)) as { scopeName: string }).scopeName).toBe(scopeName);
});

test("the extension is activated by its languages and by F5", () => {
  for (const event of ["onLanguage:wat", "onLanguage:wast", "onLanguage:go", "onDebugResolve:wasm"])
    expect(manifest.activationEvents).toContain(event);
});

test("people who write native Go are left alone", () => {
  expect(contributes.languages.map(({ id }) => id)).toEqual(["wat", "wast"]);
  const unasked = contributes.debuggers.filter(({ when }) => when === undefined);
  expect(unasked.flatMap(({ languages }) => languages)).toEqual(["wat"]);
  // The target is "auto" unless somebody sets it.
  const asked = contributes.debuggers.filter(({ when }) => when !== undefined);
  expect(asked.map(({ when }) => when)).toEqual([
    ["wasip1", "wasip1-reactor", "js"].map((target) => `config.goWasm.go.target == ${target}`).join(" || "),
  ]);
});

/** What a snippet's body becomes when nothing is changed: "^" marks a string without quotes, "${1:text}" a place to fill in. */
function filled(body: Record<string, unknown>): Record<string, unknown> {
  const text = JSON.stringify(body)
    .replaceAll(/"\^((?:[^"\\]|\\.)*)"/g, (_, code: string) => JSON.parse(`"${code}"`) as string)
    .replaceAll(/\$\{\d+:([^}]*)\}/g, "$1")
    .replaceAll("\\$", "$");
  return JSON.parse(text) as Record<string, unknown>;
}

describe("debug configurations", () => {
  const [wasm] = contributes.debuggers;
  test.each(wasm!.configurationSnippets!.map((snippet) => [snippet.label, snippet.body] as const))(
    "snippet %s fits the launch attributes",
    (_, body) => {
      const configuration = filled(body);
      expect(configuration).toMatchObject({ type: "wasm", request: "launch" });
      expect(configuration["program"]).toMatch(/^\$\{workspaceFolder\}(\/.*\.(wasm|wat))?$/);
      expect(checkLaunchArguments(configuration)).toEqual([]);
    },
  );

  test("initial configurations fit the launch attributes", () => {
    expect(wasm!.initialConfigurations!.length).toBeGreaterThan(0);
    for (const configuration of wasm!.initialConfigurations!) expect(checkLaunchArguments(configuration)).toEqual([]);
  });
});

test("an untrusted workspace cannot name executables", () => {
  expect(manifest.capabilities.untrustedWorkspaces.supported).toBe("limited");
  const executables = Object.keys(contributes.configuration.properties).filter((name) => /executable|path|command/i.test(name));
  expect(executables.length).toBeGreaterThan(0);
  expect(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations).toEqual(executables);
});
