import type { BuildOptions } from "esbuild";

export const nodeBundles: BuildOptions;
export const browserExtension: BuildOptions;
export const browserServer: BuildOptions;
