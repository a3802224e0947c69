import { defineConfig, mergeConfig } from "vitest/config";
import everyDay from "../../vitest.config.ts";

// The everyday tests with far more generated cases, and time for them.
export default mergeConfig(
  everyDay,
  defineConfig({ test: { setupFiles: ["test/soak/many-runs.ts"], testTimeout: 30 * 60_000, hookTimeout: 5 * 60_000 } }),
);
