import { debug, type ExtensionContext } from "vscode";
import type { ServerConnection } from "../language-client.ts";
import { adapterFactory } from "./adapter-factory.ts";
import { showBuildProblems } from "./build-problems.ts";
import { registerGoStarts } from "./start-go.ts";
import { goConfigurationProvider, goDebugType } from "./go-package.ts";
import { configurationProvider } from "./configuration-provider.ts";

/** The debug type that the manifest declares. */
const debugType = "wasm";

export function registerDebugging(context: ExtensionContext, server: ServerConnection): void {
  context.subscriptions.push(
    debug.registerDebugConfigurationProvider(debugType, configurationProvider(server)),
    debug.registerDebugConfigurationProvider(goDebugType, goConfigurationProvider(debugType)),
    registerGoStarts(debugType, context.workspaceState),
    showBuildProblems(debugType),
    debug.registerDebugAdapterDescriptorFactory(debugType, adapterFactory(context.asAbsolutePath("dist/debug-adapter.cjs"))),
  );
}
