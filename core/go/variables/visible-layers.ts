/** What is visible in the body of a loop over a function, where the frames around it are known. */
import type { GoVisibleVariable } from "./visible-variables.ts";

/** A frame with what is visible in it. */
export interface VisibleLayer<Frame> {
  readonly frame: Frame;
  readonly visible: readonly GoVisibleVariable[];
}

export interface VisibleInFrame<Frame> {
  readonly frame: Frame;
  readonly visible: GoVisibleVariable;
}

/**
 * In Delve's order (pkg/proc/eval.go `Locals`). `layers`: the function with the loop, the bodies around, the body itself. What bodies have captured
 * is shown where it comes from.
 */
export function visibleInLayers<Frame>(layers: readonly VisibleLayer<Frame>[]): readonly VisibleInFrame<Frame>[] {
  const all = layers.flatMap(({ frame, visible }, at) =>
    visible.filter(({ variable }) => at === 0 || variable.closureOffset === undefined).map((inside) => ({ frame, inside })),
  );
  const last = new Map(all.map(({ inside }) => [inside.variable.name, inside]));
  return all.map(({ frame, inside }) => ({ frame, visible: { ...inside, shadowed: last.get(inside.variable.name) !== inside } }));
}
