import type { Command, Services } from "./command.ts";

/** Ends the language server and starts it again. */
export const restartServer: Command<Pick<Services, "server">> = async ({ server }) => server.restart();
