import { posix } from "node:path";
import { expect, test } from "vitest";
import { escapeModulePath } from "#core/go/packages/module-cache.ts";
import { foldersUpward, joinPath, parentFolder, pathInside } from "#core/go/packages/paths.ts";
import { compareVersions } from "#core/go/packages/versions.ts";

test.each([
  ["/a/b", "../c"],
  ["/a/b", "./c/./d/"],
  ["/a", "../../../x"],
  ["/a//b", "c"],
  ["/", "x"],
  ["/", "vendor/modules.txt"],
  ["a", "../../b"],
])("%s and %s are joined as Node does", (a, b) => {
  const joined = posix.join(a, b);
  expect(joinPath(a, b)).toBe(joined.length > 1 ? joined.replace(/\/$/u, "") : joined);
});

test("an absolute part starts anew, with or without a drive", () => {
  expect(joinPath("/a", "/b")).toBe("/b");
  expect(joinPath("C:/a", "D:/b/../c")).toBe("D:/c");
  expect(joinPath("C:/a", "../..")).toBe("C:/");
});

test("folders around a path", () => {
  expect([...foldersUpward("/a/b")]).toEqual(["/a/b", "/a", "/"]);
  expect([...foldersUpward("C:/a")]).toEqual(["C:/a", "C:"]);
  expect([...foldersUpward("x")]).toEqual(["x"]);
  expect(parentFolder("main.go")).toBe(".");
  expect([pathInside("/a", "/a/b/c"), pathInside("/a", "/a"), pathInside("/a", "/ab"), pathInside("/", "/a")]).toEqual([
    "b/c",
    "",
    undefined,
    "a",
  ]);
});

test("capitals are escaped as in the module cache", () => {
  expect(escapeModulePath("github.com/Azure/azure-SDK")).toBe("github.com/!azure/azure-!s!d!k");
});

// In the order of the examples of semver.org, section 11, and of the Go Modules Reference ("Versions", "Pseudo-versions").
test("versions are ordered", () => {
  const ordered = [
    "none",
    "v0.0.0-20180101000000-aaaaaaaaaaaa",
    "v0.0.0-20191109021931-daa7c04131f5",
    "v1.0.0-alpha",
    "v1.0.0-alpha.1",
    "v1.0.0-alpha.beta",
    "v1.0.0-beta.2",
    "v1.0.0-beta.11",
    "v1.0.0-rc.1",
    "v1.0.0",
    "v1.2.3",
    "v1.10.0",
    "v2.0.0+incompatible",
  ];
  expect(ordered.toReversed().sort(compareVersions)).toEqual(ordered);
});
