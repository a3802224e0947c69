import { afterAll, afterEach, beforeAll } from "vitest";
import { buildAdapter, type BuiltAdapter } from "./dap-adapter.ts";
import { DapClient } from "./dap-client.ts";

let adapter: BuiltAdapter | undefined;
const open: DapClient[] = [];

/** To be called once in a test file: bundles the adapter before its tests and ends every client after each of them. */
export function adapterTests(): { readonly connect: (env?: NodeJS.ProcessEnv) => DapClient } {
  beforeAll(async () => {
    adapter = await buildAdapter();
  });
  afterAll(() => adapter?.remove());
  afterEach(async () => {
    await Promise.all(open.splice(0).map((client) => client.close()));
  });
  return {
    connect: (env) => {
      const client = new DapClient(adapter!.path, env);
      open.push(client);
      return client;
    },
  };
}
