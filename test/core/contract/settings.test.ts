import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultSettings, readSettings, settings, type Setting } from "#core/contract/settings.ts";

describe("readSettings", () => {
  test("takes whole keys, as initializationOptions have them", () => {
    expect(readSettings({ "go.target": "js", "go.version": "1.24" })).toEqual({
      ...defaultSettings(),
      "go.target": "js",
      "go.version": "1.24",
    });
  });

  test("takes nested keys, as VS Code hands a section over", () => {
    expect(readSettings({ go: { target: "js" }, wat: { diagnostics: false } })).toEqual({
      ...defaultSettings(),
      "go.target": "js",
      "wat.diagnostics": false,
    });
  });

  test("keeps the default, or the fallback, for what is missing, of a wrong type, or no choice", () => {
    expect(readSettings({ "go.target": "amiga", "go.version": 1.26, "wat.diagnostics": "yes" })).toEqual(defaultSettings());
    const fallback = { ...defaultSettings(), "go.version": "1.25" };
    expect(readSettings({ "go.version": null, "go.target": "host" }, fallback)).toEqual({ ...fallback, "go.target": "host" });
  });

  test("is not led astray by keys of prototypes", () => {
    expect(readSettings(Object.create({ "go.target": "js" }))).toEqual(defaultSettings());
  });

  test("takes an integer only if it is one, and not too small", () => {
    expect(readSettings({ "wat.format.printWidth": 60 })["wat.format.printWidth"]).toBe(60);
    for (const wrong of [60.5, 1, Number.NaN, "60"]) expect(readSettings({ "wat.format.printWidth": wrong })).toEqual(defaultSettings());
  });

  test("gives values of the declared types for any JSON", () => {
    const keys = Object.keys(settings);
    const anyJson = fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...keys, "go", "wat"), fc.jsonValue()));
    fc.assert(
      fc.property(anyJson, (given) => {
        const values: Record<string, unknown> = readSettings(given);
        for (const [name, row] of Object.entries<Setting>(settings)) {
          if (row.type === "integer") expect(Number.isInteger(values[name]) && (values[name] as number) >= (row.minimum ?? 0)).toBe(true);
          else expect(typeof values[name]).toBe(row.type);
          if (row.enum) expect(row.enum).toContain(values[name]);
        }
      }),
    );
  });
});

test("a setting that names an executable is restricted", () => {
  for (const [name, row] of Object.entries<Setting>(settings)) if (/executable|path|command/i.test(name)) expect(row.restricted).toBe(true);
});
