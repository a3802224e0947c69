/** The platform that gopls checks for: `build.env` in the Go extension's setting `gopls`. */
import { extensions, workspace, type Uri } from "vscode";
import { settingsPlace, type GoTarget } from "./go-target.ts";

type Environment = Readonly<Record<string, string>>;

const platforms: Readonly<Record<GoTarget, Environment>> = {
  auto: {},
  wasip1: { GOOS: "wasip1", GOARCH: "wasm" },
  "wasip1-reactor": { GOOS: "wasip1", GOARCH: "wasm" },
  js: { GOOS: "js", GOARCH: "wasm" },
  host: {},
};

/** Whether there is such a setting: only the Go extension declares it. */
export function hasGopls(): boolean {
  return extensions.getExtension("golang.go") !== undefined || workspace.getConfiguration().inspect("gopls")?.defaultValue !== undefined;
}

/** The platform of a target in words; for the machine's own, none. */
export function platformWords(target: GoTarget): string {
  const { GOOS, GOARCH } = platforms[target];
  return GOOS === undefined || GOARCH === undefined ? "" : `GOOS=${GOOS} GOARCH=${GOARCH}`;
}

/** Whether gopls checks for another platform than the target's. */
export function differsFromGopls(uri: Uri | undefined, target: GoTarget): boolean {
  const now = environmentIn(workspace.getConfiguration(undefined, uri).get("gopls"));
  return now["GOOS"] !== platforms[target]["GOOS"] || now["GOARCH"] !== platforms[target]["GOARCH"];
}

/** Stores the target's platform where the target is stored, and leaves all else of the setting as it is there. */
export async function setGoplsPlatform(uri: Uri | undefined, target: GoTarget): Promise<void> {
  const place = settingsPlace(uri);
  const configuration = workspace.getConfiguration(undefined, uri);
  const stored = configuration.inspect<Readonly<Record<string, unknown>>>("gopls");
  const gopls = [undefined, stored?.globalValue, stored?.workspaceValue, stored?.workspaceFolderValue][place] ?? {};
  const { GOOS: _system, GOARCH: _architecture, ...others } = environmentIn(gopls);
  const environment = { ...others, ...platforms[target] };
  const { [setting]: _before, ...rest } = gopls;
  const after = Object.keys(environment).length === 0 ? rest : { ...rest, [setting]: environment };
  await configuration.update("gopls", Object.keys(after).length === 0 ? undefined : after, place);
}

const setting = "build.env";

function environmentIn(gopls: unknown): Environment {
  const value: unknown = typeof gopls === "object" && gopls !== null ? (gopls as Readonly<Record<string, unknown>>)[setting] : undefined;
  return typeof value === "object" && value !== null ? (value as Environment) : {};
}
