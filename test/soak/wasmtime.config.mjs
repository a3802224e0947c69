import { defineConfig } from "vitest/config";

// The first run fetches wasmtime.
export default defineConfig({ test: { include: ["test/soak/wasmtime.ts"], testTimeout: 10 * 60_000, hookTimeout: 10 * 60_000 } });
