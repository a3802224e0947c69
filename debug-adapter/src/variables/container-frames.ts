import type { UserWasmFrame } from "../stack/user-frame.ts";
import type { VariableContainer } from "./variable-container.ts";

const frames = new WeakMap<VariableContainer, UserWasmFrame>();

/** The frame whose variables a container holds, which expressions for them are evaluated in; for containers inside of it too. */
export const frameOf = (container: VariableContainer): UserWasmFrame | undefined => frames.get(container);

export function setFrame(container: VariableContainer | undefined, frame: UserWasmFrame | undefined): void {
  if (container && frame) frames.set(container, frame);
}
