import { DebugAdapterExecutable, type DebugAdapterDescriptorFactory } from "vscode";

/**
 * Starts the adapter on the runtime that the extension itself runs on, so that no Node.js need be installed.
 * The variable makes Electron a plain Node.js; in a remote extension host, which is one already, it does nothing.
 */
export function adapterFactory(bundle: string): DebugAdapterDescriptorFactory {
  return {
    createDebugAdapterDescriptor: () => new DebugAdapterExecutable(process.execPath, [bundle], { env: { ELECTRON_RUN_AS_NODE: "1" } }),
  };
}
