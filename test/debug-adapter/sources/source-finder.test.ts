import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { segments } from "../../../debug-adapter/src/sources/path-compare.ts";
import { SourceFinder } from "../../../debug-adapter/src/sources/source-finder.ts";
import { fromBinary } from "../../../debug-adapter/src/sources/substitute-path.ts";
import { temporaryFolder } from "../../support/debug-corpus.ts";

const folder = temporaryFolder({ "main.c": "" });
afterAll(() => folder.remove());
for (const name of ["src/lib", "src/app", "other"]) mkdirSync(join(folder.path, name), { recursive: true });
for (const name of ["src/lib/util.c", "src/app/util.c", "other/only.c"]) writeFileSync(join(folder.path, name), "");
const at = (name: string): string => join(folder.path, name);

const source = (name: string, ...candidates: string[]) => ({ key: name, name, candidates });

test.each([
  ["main.c", "main.c"],
  ["./src/../src/lib/util.c", "src/lib/util.c"],
  ["/build/agent/src/app/util.c", "src/app/util.c"],
  ["C:\\build\\src\\lib\\util.c", "src/lib/util.c"],
  ["../../src/app/util.c", "src/app/util.c"],
])("%s is found whole or by its longest suffix", async (name, expected) => {
  expect(await new SourceFinder([folder.path], []).find(source(name))).toBe(at(expected));
});

test("further spellings, further folders, URLs, and what is nowhere", async () => {
  const finder = new SourceFinder([folder.path, at("other")], []);
  expect(await finder.find(source("nothing.c", "src/lib/util.c"))).toBe(at("src/lib/util.c"));
  expect(await finder.find(source("/gone/only.c"))).toBe(at("other/only.c"));
  expect(await finder.find(source(`file://${at("main.c")}`))).toBe(at("main.c"));
  expect(await finder.find(source("/gone/nothing.c"))).toBeUndefined();
  expect(await finder.find(source("src"))).toBeUndefined();
});

test("a file of another machine is looked for only where the user's own substitution names it", async () => {
  // On this system two slashes mean the same as one, so the file is there to be found.
  const remote = `/${at("main.c")}`;
  expect(await new SourceFinder([], []).find(source(remote))).toBeUndefined();
  expect(await new SourceFinder([], [{ from: remote, to: "/build/main.c" }]).find(source("/build/main.c"))).toBe(at("main.c"));
});

test("a file of the client stands for the source that is found there, not for one that only has its name", async () => {
  const finder = new SourceFinder([folder.path], []);
  const sources = [source("src/lib/util.c"), source("src/app/util.c"), source("main.c")];
  expect(await finder.matching(at("src/app/util.c"), sources)).toEqual([sources[1]]);
  expect(await finder.matching(at("other/only.c"), sources)).toEqual([]);
});

test.each([
  ["by a link to its folder", "src", "link", "main/util.c"],
  ["by its own path, where the module names a link", "link", "src", "main/util.c"],
])("a file that the client has %s is the source, and is shown there", async (_, named, open, name) => {
  const base = temporaryFolder({});
  mkdirSync(join(base.path, "src", "main"), { recursive: true });
  writeFileSync(join(base.path, "src", name), "");
  symlinkSync(join(base.path, "src"), join(base.path, "link"), "dir");
  const finder = new SourceFinder([], []);
  const known = source(join(base.path, named, name));
  expect(await finder.matching(join(base.path, open, name), [known])).toEqual([known]);
  expect(await finder.find(known)).toBe(join(base.path, open, name));
  base.remove();
});

test("of sources that are nowhere the one with the most alike name is taken, and none where two are as alike", async () => {
  const finder = new SourceFinder([folder.path], []);
  const sources = [source("/b/x/lost.c"), source("/b/y/lost.c")];
  expect(await finder.matching("/home/me/y/lost.c", sources)).toEqual([sources[1]]);
  expect(await finder.find(sources[1]!)).toBe("/home/me/y/lost.c");
  expect(await new SourceFinder([folder.path], []).matching("/home/me/z/lost.c", sources)).toEqual([]);
});

test.each([
  ["/srcs/app/main.c", "/home/me/app/main.c"],
  ["/srcsmore/main.c", "/srcsmore/main.c"],
  ["C:\\b\\main.c", "/home/b\\main.c"],
  ["/whole.c", "/other/file.c"],
])("substitutePath: %s in the binary is %s in the editor", (name, expected) => {
  const rules = [
    { from: "/home/me/", to: "/srcs" },
    { from: "/home/b", to: "C:\\b\\" },
    { from: "/other/file.c", to: "/whole.c" },
  ];
  expect(fromBinary(name, rules)).toBe(expected);
});

test("parts of paths of all systems", () => {
  expect(segments("C:\\a\\.\\b/../c.c")).toEqual(["a", "c.c"]);
  expect(segments("../../x")).toEqual(["x"]);
});
