import type { Command } from "./command.ts";

/** Ends the language server and starts it again. */
export const restartServer: Command = async ({ server }) => server.restart();
