import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { connect as connectTo, type Socket } from "node:net";
import { setTimeout } from "node:timers/promises";
import { afterAll, afterEach, beforeAll } from "vitest";
import { buildAdapter, type BuiltAdapter } from "./dap-adapter.ts";
import { DapClient } from "./dap-client.ts";

let adapter: BuiltAdapter | undefined;
const open: DapClient[] = [];

/** To be called once in a test file: bundles the adapter before its tests and ends every client after each of them. */
export function adapterTests(): { readonly connect: (env?: NodeJS.ProcessEnv) => DapClient } {
  buildAndClose();
  return { connect: startClient };
}

/**
 * The same for tests that need no process of their own: one adapter on a local socket serves them all, each in a session of its own, which
 * spares a start for each. `connect` begins a session; `start` starts an adapter of its own after all.
 */
export function sharedAdapterTests(): { readonly connect: () => DapClient; readonly start: typeof startClient } {
  let server: ChildProcessWithoutNullStreams | undefined;
  let port = 0;
  buildAndClose();
  beforeAll(async () => {
    server = spawn(process.execPath, [adapter!.path, "--listen=0"]);
    const [announced] = (await once(server.stdout, "data")) as [Buffer];
    // Each client listens to it.
    server.setMaxListeners(0);
    server.stderr.setMaxListeners(0);
    port = Number(/^listening on 127\.0\.0\.1:(\d+)/.exec(announced.toString())![1]);
  });
  afterAll(async () => {
    if (!server) return;
    const ended = once(server, "close");
    server.kill();
    await ended;
  });
  return {
    connect: () => {
      const client = new SessionClient(server!, connectTo(port, "127.0.0.1"));
      open.push(client);
      return client;
    },
    start: startClient,
  };
}

function startClient(env?: NodeJS.ProcessEnv): DapClient {
  const client = new DapClient(adapter!.path, env);
  open.push(client);
  return client;
}

/** A client whose adapter outlives it. */
class SessionClient extends DapClient {
  readonly #socket: Socket;

  constructor(server: ChildProcessWithoutNullStreams, socket: Socket) {
    socket.setNoDelay(true);
    super({ process: server, input: socket, output: socket });
    this.#socket = socket;
  }

  /** Resolves when the session's program is gone; an adapter that does not answer is not waited for. */
  override async close(): Promise<void> {
    if (this.#socket.destroyed) return;
    const late = new AbortController();
    await Promise.race([this.raw("disconnect"), setTimeout(5000, undefined, { signal: late.signal }).catch(() => undefined)]);
    late.abort();
    this.#socket.destroy();
  }
}

function buildAndClose(): void {
  beforeAll(async () => {
    adapter = await buildAdapter();
  });
  afterAll(() => adapter?.remove());
  afterEach(async () => {
    await Promise.all(open.splice(0).map((client) => client.close()));
  });
}
