// Entry of the debug adapter: speaks the Debug Adapter Protocol on stdin and stdout, or to one client at a time on a local socket.
import { createServer } from "node:net";
import { DebugAdapter } from "./session.ts";

const listen = process.argv
  .slice(2)
  .find((argument) => argument.startsWith("--listen="))
  ?.slice("--listen=".length);

if (listen === undefined) serveStdio();
else serveSocket(listen);

function serveStdio(): void {
  const session = new DebugAdapter();
  const quit = (): void => {
    // The debuggee ends with its pipe; a limit, as nothing may keep an adapter whose client is gone.
    setTimeout(() => process.exit(0), 2000).unref();
    void session.end().finally(() => process.exit(0));
  };
  session.on("close", quit);
  process.on("SIGTERM", quit);
  process.on("SIGINT", quit);
  session.start(process.stdin, process.stdout);
}

/** A port, on loopback only, or the path of a socket or pipe. */
function serveSocket(address: string): void {
  const server = createServer((socket) => {
    const session = new DebugAdapter();
    session.on("close", () => {
      void session.end();
    });
    socket.setNoDelay(true);
    session.start(socket, socket);
  });
  server.on("error", (error) => {
    process.stderr.write(`cannot listen on ${address}: ${error.message}\n`);
    process.exit(1);
  });
  const announce = (): void => {
    const bound = server.address();
    process.stdout.write(`listening on ${typeof bound === "object" && bound ? `127.0.0.1:${bound.port}` : address}\n`);
  };
  const port = /^(?:127\.0\.0\.1:|localhost:)?(\d+)$/.exec(address);
  if (port) server.listen(Number(port[1]), "127.0.0.1", announce);
  else server.listen(address, announce);
}
