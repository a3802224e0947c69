import { expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { rename } from "#core/wat/features/rename.ts";
import { Node } from "#core/wat/node.ts";
import { readCommand } from "#core/wat/script/read-command.ts";
import { namesBefore, scriptNames } from "#core/wat/script/names.ts";
import { specSuite } from "../../../support/spec-suite.ts";
import { applied } from "../lints/apply.ts";

const problemsOf = (text: string): string =>
  WatDocument.open(text, "wast")
    .problems()
    .map(({ code }) => code)
    .join(" ");

test("in the suite's scripts, which are right, each module and export in a command has a definition", () => {
  const lost: string[] = [];
  let count = 0;
  for (const { path, text } of specSuite()) {
    if (text.length > 40_000) continue;
    const document = WatDocument.open(text, "wast");
    const known = new Set(scriptNames(document).uses.map(({ at, token }) => `${at} ${token}`));
    for (let at = 0; at < document.fields.length; at++) {
      if (document.fields[at]!.kind !== Node.command) continue;
      const source = document.fieldText(at);
      const { command } = readCommand(source);
      const action = command?.kind === "action" || command?.kind === "assertion" ? command.action : undefined;
      if (action === undefined) continue;
      count++;
      const where = `${path} ${document.lines.lineAt(source.startOf(0)) + 1}`;
      if (action.module !== undefined && !known.has(`${at} ${action.module}`)) lost.push(`${where}: module`);
      if (known.has(`${at} ${action.name}`)) continue;
      const { instances, current } = namesBefore(document, at);
      const module = action.module === undefined ? current : instances.get(source.nameOf(action.module));
      // Those that stand in strings have no text.
      if (module === undefined || module.text !== undefined) lost.push(`${where}: export`);
    }
  }
  expect(lost.slice(0, 5)).toEqual([]);
  expect(count).toBeGreaterThan(5_000);
});

test("a module, an export or a registration of a script with another name: nothing is wrong that was not before", () => {
  const broken: string[] = [];
  let count = 0;
  for (const { path, text } of specSuite()) {
    if (text.length > 6_000) continue;
    const document = WatDocument.open(text, "wast");
    const { modules, registrations, uses } = scriptNames(document);
    const exported = uses.filter(({ symbol }) => symbol.kind === "export").slice(0, 2);
    const names = [...modules.flatMap(({ name }) => name ?? []), ...registrations.map(({ name }) => name), ...exported].slice(0, 3);
    const before = names.length === 0 ? "" : problemsOf(text);
    for (const { at, token } of names) {
      const renaming = rename(document, document.fieldText(at).startOf(token), "another");
      count++;
      if ("refusal" in renaming) broken.push(`${path}: ${renaming.refusal}`);
      else if (problemsOf(applied(text, renaming.edits)) !== before) broken.push(`${path}: ${document.fieldText(at).tokenText(token)}`);
    }
  }
  expect(broken.slice(0, 5)).toEqual([]);
  expect(count).toBeGreaterThan(60);
});
