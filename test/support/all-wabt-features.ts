import type wabtFactory from "wabt";

type Wabt = Awaited<ReturnType<typeof wabtFactory>>;

/** Every feature of wabt switched on; its types leave the list of features out. */
export function allWabtFeatures(wabt: Wabt): Record<string, boolean> {
  const { FEATURES } = wabt as Wabt & { readonly FEATURES: Readonly<Record<string, boolean>> };
  return Object.fromEntries(Object.keys(FEATURES).map((feature) => [feature, true]));
}
