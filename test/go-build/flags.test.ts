import { expect, test } from "vitest";
import { withPackageFlags } from "../../go-build/flags.ts";

test.each([
  { user: [], expected: ["-gcflags=fmt=-S"] },
  { user: ["-tags=x", "-gcflags=-m"], expected: ["-tags=x", "-gcflags=fmt=-S"] },
  { user: ["-gcflags=all=-N -l"], expected: ["-gcflags=fmt=-N -l -S"] },
  { user: ["-gcflags", "std=-l", "-trimpath"], expected: ["-trimpath", "-gcflags=fmt=-l -S"] },
  { user: ["-gcflags=all=-N", "-gcflags=fmt="], expected: ["-gcflags=fmt=-S"] },
  { user: ["-gcflags=example.com/...=-N"], expected: ["-gcflags=fmt=-S"] },
])("$user", ({ user, expected }) => {
  expect(withPackageFlags(user, "fmt", "-S")).toEqual(expected);
});

test("without flags of ours", () => {
  expect(withPackageFlags(["-gcflags=all=-l"], "example.com/other", "")).toEqual(["-gcflags=example.com/other=-l"]);
});
