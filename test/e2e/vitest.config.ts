import { defineConfig } from "vitest/config";

// The tests that need a real VS Code. One file at a time: each starts its own code-server, and two cores serve only one well.
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ["**/*.test.ts"],
    exclude: ["**/node_modules/**", "build/**"],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    retry: process.env["CI"] ? 1 : 0,
  },
});
