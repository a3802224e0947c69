import { defineConfig } from "vitest/config";

/** Tests that change what all files of a process share: the editor's stand-in among the modules, or flags of V8. */
const alone = ["test/client/**/*.test.ts"];
const building = ["test/**/*.toolchain.test.ts"];
/** The whole specification suite through the engine, random edits, damaged inputs by the thousand, waits of seconds. */
const long = ["test/**/*.long.test.ts"];

export default defineConfig({
  test: {
    // Between runs too, or transforming costs as much as a quarter of the tests.
    experimental: { fsModuleCache: true },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // Real programs on a machine of two cores that others use, too; what fails twice is no accident.
    retry: process.env["CI"] ? 1 : 0,
    projects: [
      // Loading modules and warming up the engine for each file would take nearly as long as the tests.
      {
        extends: true,
        test: { name: "plain", include: ["test/**/*.test.ts"], exclude: ["test/e2e/**", ...alone, ...building, ...long], isolate: false },
      },
      { extends: true, test: { name: "alone", include: alone, isolate: true } },
      { extends: true, test: { name: "long", include: long, isolate: true } },
      { extends: true, test: { name: "toolchain", include: building, isolate: false } },
    ],
  },
});
