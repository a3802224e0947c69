/** What WebAssembly consists of: the proposals that instructions and types came with, and the version that took them in. */

export type Version = "1.0" | "2.0" | "3.0";

interface FeatureRow {
  /** First version of the standard with it; missing for proposals behind 3.0. */
  readonly version?: Version;
  /** What messages call it. */
  readonly words: string;
}

/** Source: WebAssembly 3.0, appendix "Change History"; github.com/WebAssembly/proposals. */
export const features = {
  "1.0": { version: "1.0", words: "WebAssembly 1.0" },
  "multi-value": { version: "2.0", words: "multiple values" },
  "sign-extension": { version: "2.0", words: "sign extension" },
  "saturating-conversions": { version: "2.0", words: "saturating conversions" },
  "bulk-memory": { version: "2.0", words: "bulk memory operations" },
  "reference-types": { version: "2.0", words: "reference types" },
  simd: { version: "2.0", words: "vectors (SIMD)" },
  "relaxed-simd": { version: "3.0", words: "relaxed SIMD" },
  "tail-calls": { version: "3.0", words: "tail calls" },
  exceptions: { version: "3.0", words: "exceptions" },
  "function-references": { version: "3.0", words: "typed function references" },
  gc: { version: "3.0", words: "garbage collection" },
  "extended-constants": { version: "3.0", words: "extended constant expressions" },
  "multi-memory": { version: "3.0", words: "multiple memories" },
  memory64: { version: "3.0", words: "64-bit addresses" },
  threads: { words: "threads" },
  "wide-arithmetic": { words: "wide arithmetic" },
  "stack-switching": { words: "stack switching" },
  "custom-page-sizes": { words: "custom page sizes" },
  "compact-imports": { words: "compact imports" },
  "legacy-exceptions": { words: "the first design of exceptions" },
} as const satisfies Record<string, FeatureRow>;

export type Feature = keyof typeof features;

/** How much of WebAssembly is used: a version of the standard, or everything. */
export type Profile = Version | "all";

const versions: readonly Version[] = ["1.0", "2.0", "3.0"];

export function isInProfile(feature: Feature, profile: Profile): boolean {
  if (profile === "all") return true;
  const { version }: FeatureRow = features[feature];
  return version !== undefined && versions.indexOf(version) <= versions.indexOf(profile);
}

/** For messages, such as `tail calls (WebAssembly 3.0)`. */
export function featureText(feature: Feature): string {
  const { version, words }: FeatureRow = features[feature];
  return version === undefined ? `the proposal ${words}` : `${words} (WebAssembly ${version})`;
}
