import { availableParallelism } from "node:os";
import { tsImport } from "tsx/esm/api";
import { input } from "./debug-session.mjs";

const { engineOptions } = await tsImport("../../../client/src/engine-options.ts", import.meta.url);

/** The program and arguments of our language server, started as the extension starts it. */
export const languageServer = [process.execPath, ...engineOptions(availableParallelism(), false), input("dist/server.cjs"), "--stdio"];
