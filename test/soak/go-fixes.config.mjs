import { defineConfig } from "vitest/config";

// Linking some thousand programs takes minutes.
export default defineConfig({ test: { include: ["test/soak/go-fixes.ts"], testTimeout: 40 * 60_000 } });
