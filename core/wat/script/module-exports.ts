/** What scripts can call and look at: the exports of a module, whatever form it is written in. */
import { decodeUtf8Strictly } from "#core/bytes/utf8.ts";
import { ByteWriter } from "#core/bytes/writer.ts";
import { moduleText } from "#core/wasm/strict/module-text.ts";
import { entryType } from "#core/wasm/validate/environment.ts";
import { isReference } from "#core/wasm/validate/value-type.ts";
import type { ValueType } from "#core/wasm/validate/value-type.ts";
import type { ModuleNames } from "../bind.ts";
import type { ModuleView } from "../check/module-view.ts";
import { Space } from "../space.ts";
import type { FieldText } from "../field.ts";
import type { ModuleStrings } from "./command.ts";
import type { ExportLookup, ScriptType } from "./export-lookup.ts";

export const unknownExports: ExportLookup = () => "unknown";

const otherWords: ReadonlyMap<Space, string> = new Map<Space, string>([
  [Space.table, "table"],
  [Space.memory, "memory"],
  [Space.tag, "tag"],
]);

/** Exports of a module that was checked. */
export function exportsOf(names: ModuleNames, { environment }: ModuleView): ExportLookup {
  const { types } = environment;
  const scriptType = (type: ValueType): ScriptType => {
    const text = types.text(type);
    return { word: isReference(type) ? "ref" : text, text };
  };
  return (name) => {
    const found = names.exported(name);
    if (found === undefined) return undefined;
    const { space, index = -1 } = found;
    if (space === Space.func) {
      const type = types.function(environment.functions[index] ?? -1);
      return type === undefined
        ? "unknown"
        : { kind: "func", params: Array.from(type.params, scriptType), results: Array.from(type.results, scriptType) };
    }
    const entry = space === Space.global ? environment.globals[index] : undefined;
    if (entry !== undefined) return { kind: "global", type: scriptType(entryType(entry)) };
    const what = otherWords.get(space);
    return what === undefined ? "unknown" : { kind: "other", what };
  };
}

/** The text of a module that is given in strings; `undefined` where they are no module. */
export function textOfStrings(source: FieldText, { form, first, count }: ModuleStrings): string | undefined {
  const writer = new ByteWriter();
  for (let string = 0; string < count; string++) writer.bytes(source.bytesOf(first + string));
  const bytes = writer.finish();
  if (form === "quote") return decodeUtf8Strictly(bytes);
  const read = moduleText(bytes);
  return "fault" in read ? undefined : read.text;
}
