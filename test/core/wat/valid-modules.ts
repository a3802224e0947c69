import { WatDocument } from "#core/wat/document.ts";
import type { SpecScript } from "../../support/spec-suite.ts";

/** The modules of scripts that are written as fields and valid, each as a text of its own. */
export function* validModules(scripts: readonly SpecScript[]): Iterable<SpecScript> {
  for (const { path, text } of scripts) {
    const script = WatDocument.open(text, "wast");
    for (const module of script.modules) {
      if (module.isRejected || module.opening === undefined) continue;
      const start = script.fieldText(module.opening).startOf(0);
      const closing = script.fieldText(module.end);
      const own = text.slice(start, closing.field.tokenCount === 0 ? start : closing.endOf(0));
      if (own !== "" && WatDocument.open(own, "wat").problems().length === 0) yield { path, text: own };
    }
  }
}
