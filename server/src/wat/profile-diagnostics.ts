/** Warnings about features that the chosen profile leaves out. */
import { DiagnosticSeverity } from "vscode-languageserver-types";
import type { Diagnostic } from "vscode-languageserver-types";
import { featureText, isInProfile } from "#core/wasm/features.ts";
import type { Feature, Profile } from "#core/wasm/features.ts";
import type { WatDocument } from "#core/wat/document.ts";
import { featuresOfModule, neededFeatures } from "#core/wat/needed-features.ts";
import { pageOf } from "./diagnostics.ts";

const code = "feature-outside-profile";
/** More of them in one text help nobody. */
const limit = 1000;

export function profileDiagnostics(document: WatDocument, profile: Profile): Diagnostic[] {
  if (profile === "all") return [];
  const found: Diagnostic[] = [];
  const report = (feature: Feature, at: number, token: number): void => {
    if (found.length >= limit || isInProfile(feature, profile)) return;
    const source = document.fieldText(at);
    const written = source.tokenText(token);
    found.push({
      range: document.lines.rangeOf(source.tokenSpan(token)),
      severity: DiagnosticSeverity.Warning,
      source: "wat",
      code,
      codeDescription: { href: pageOf(code) },
      message: `\`${written}\` needs ${featureText(feature)}, and the profile is WebAssembly ${profile} (setting goWasm.wat.profile).`,
    });
  };
  document.fields.forEach((_, at) => {
    for (const { feature, token } of neededFeatures(document.fieldText(at))) report(feature, at, token);
  });
  for (const module of document.modules) {
    for (const { feature, field, token } of featuresOfModule(module, (at) => document.fieldText(at)))
      report(feature, module.first + field, token);
  }
  return found;
}
