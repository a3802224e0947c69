import { expect, test } from "vitest";
import { splitFlags } from "../../go-build/flags.ts";
import { dwarfArguments } from "../../client/src/dwarf-arguments.ts";

const auto = { "go.target": "auto", "go.buildTags": "" } as const;

test.each([
  ["/p/main.go", auto, ["dwarf", "/p"]],
  ["C:\\p\\main.go", auto, ["dwarf", "C:\\p"]],
  ["/p/a.wasm", { "go.target": "js", "go.buildTags": "x" } as const, ["dwarf", "/p/a.wasm"]],
  ["/p/main.go", { "go.target": "js", "go.buildTags": "a,b" } as const, ["dwarf", "/p", "--target=js", "--build-flags='-tags=a,b'"]],
  ["/p/main.go", { "go.target": "wasip1-reactor", "go.buildTags": "" } as const, ["dwarf", "/p", "--target=wasip1", "--reactor"]],
])("%s with %j", (path, settings, expected) => {
  expect(dwarfArguments(path, settings)).toEqual(expected);
});

test.each(["a b", "a -toolexec=b", "a' -toolexec=b '"])("tags never become flags of their own: %s", (tags) => {
  const [flags] = dwarfArguments("/p/main.go", { "go.target": "auto", "go.buildTags": tags }).slice(-1);
  expect(splitFlags(flags!.replace("--build-flags=", ""))).toEqual([`-tags=${tags.replaceAll("'", "")}`]);
});
