import type { BuildOptions } from "esbuild";

/** Options of one call; `entryPoints` are by the name of the bundle. */
type Bundles = Omit<BuildOptions, "entryPoints"> & { readonly entryPoints: Readonly<Record<string, string>> };

export const nodeBundles: Bundles;
export const nodeServer: Bundles;
export const browserExtension: Bundles;
export const browserServer: Bundles;
