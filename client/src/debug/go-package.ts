/** Go packages for WebAssembly: F5 without a launch.json. */
import { window, workspace, type DebugConfiguration, type DebugConfigurationProvider, type Uri } from "vscode";
import { activeFile, hasEnding } from "../module-file.ts";

/**
 * A second type of debugger, which the manifest offers for Go files only where the user has chosen a target of WebAssembly: whoever debugs Go
 * natively is not even asked. Every session is one of the other type.
 */
export const goDebugType = "wasm-go";

/** Debugs the package of `file`, a Go file; the tests of the package where it is one of them. */
export function goPackageConfiguration(file: Uri, debugType: string): DebugConfiguration {
  const name = file.fsPath.replace(/[\\/][^\\/]*$/, "");
  const mode = file.path.endsWith("_test.go") ? "test" : "debug";
  const target = workspace.getConfiguration("goWasm", file).get<string>("go.target");
  return {
    type: debugType,
    request: "launch",
    name: `WebAssembly: Go package ${name.replace(/^.*[\\/]/, "")}`,
    mode,
    program: name,
    ...(target === "js" ? { host: "js" } : {}),
    ...(target === "wasip1-reactor" && mode === "debug" ? { buildMode: "c-shared" } : {}),
  };
}

/** Turns configurations of {@link goDebugType} into those of `debugType`. */
export function goConfigurationProvider(debugType: string): DebugConfigurationProvider {
  return {
    resolveDebugConfiguration(_folder, configuration) {
      if (configuration.program !== undefined || configuration.request !== undefined) return { ...configuration, type: debugType };
      const file = activeFile();
      if (file?.scheme === "file" && hasEnding(file, [".go"])) return { ...configuration, ...goPackageConfiguration(file, debugType) };
      void window.showErrorMessage("Open a Go file of the package that is to be debugged, and save it on disk.");
      return undefined;
    },
  };
}
