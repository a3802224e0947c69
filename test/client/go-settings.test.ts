import { beforeEach, describe, expect, test, vi } from "vitest";
import { serverSettings, tagsInFlags } from "../../client/src/go-settings.ts";

/** Stands for VS Code's settings by section, and for the trust that the user has given. */
const editor = vi.hoisted(() => ({ trusted: true, sections: {} as Record<string, Record<string, unknown>> }));

vi.mock("vscode", () => ({
  Uri: { parse: (text: string) => text },
  workspace: {
    get isTrusted() {
      return editor.trusted;
    },
    getConfiguration: (section: string) => {
      const values = editor.sections[section] ?? {};
      return { ...values, get: (name: string) => values[name] };
    },
  },
}));

beforeEach(() => {
  editor.trusted = true;
  editor.sections = { goWasm: { go: { target: "js", compileOnSave: true, buildTags: "" } } };
});

describe("what the server is told", () => {
  test("is what is set", () => {
    expect(serverSettings(undefined)).toMatchObject({ "go.target": "js", "go.compileOnSave": true, "go.buildTags": "" });
  });

  test("has the compiler left alone in a workspace that is not trusted, whatever is set there", () => {
    editor.trusted = false;
    expect(serverSettings(undefined)["go.compileOnSave"]).toBe(false);
  });

  test("has the tags of the Go extension where there are none of ours", () => {
    editor.sections["go"] = { buildTags: "one" };
    expect(serverSettings(undefined)["go.buildTags"]).toBe("one");
    editor.sections["go"] = { buildTags: "one", buildFlags: ["-v", "-tags", "two,three"] };
    expect(serverSettings(undefined)["go.buildTags"]).toBe("two,three");
    editor.sections["goWasm"] = { go: { buildTags: "mine" } };
    expect(serverSettings(undefined)["go.buildTags"]).toBe("mine");
  });
});

test.each([
  [[], undefined],
  [["-v", "-race"], undefined],
  [["-tags=a,b"], "a,b"],
  [["--tags", "a"], "a"],
  [["-tags a,b"], "a,b"],
  [['-tags="a b"'], "a b"],
  [["-tags=a", "-tags=b"], "b"],
  [["-tags"], undefined],
  [["-ldflags=-tags=x"], undefined],
])("the tags in %j are %j", (flags, expected) => {
  expect(tagsInFlags(flags)).toBe(expected);
});
