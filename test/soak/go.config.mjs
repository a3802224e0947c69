import { defineConfig } from "vitest/config";

// The first run fetches toolchains and modules, and compiles the standard library for each.
export default defineConfig({
  test: { include: ["test/soak/go-{calls,programs,versions}.ts"], testTimeout: 10 * 60_000, hookTimeout: 10 * 60_000, maxWorkers: 1 },
});
