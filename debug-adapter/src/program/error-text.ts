import { printableLine } from "#core/text/printable.ts";
import type { ExceptionText } from "../engine/engine.ts";
import type { CallStack } from "../stack/call-stack.ts";
import type { UserFrame } from "../stack/user-frame.ts";
import { printableException } from "./stop-exception.ts";

const mostFrames = 30;

/** An error as Node.js prints it, with positions in the sources; all of it is printable. */
export async function errorText(stack: CallStack, exception: ExceptionText): Promise<string> {
  const { name, message } = printableException(exception);
  const frames = await stack.frames(0, mostFrames);
  const rest = stack.total - frames.length;
  const lines = frames.map((frame) => `    at ${frame.name} (${printableLine(placeText(frame))})`);
  if (rest > 0) lines.push(`    and ${rest} frames more`);
  return `${[`${name}: ${message}`, ...lines].join("\n")}\n`;
}

function placeText(frame: UserFrame): string {
  if (frame.kind === "script") return `${frame.engine.url}:${frame.engine.line}:${frame.engine.column}`;
  if (frame.lostSource !== undefined) return frame.lostSource;
  const name =
    frame.place && "path" in frame.place ? frame.place.path : (frame.source?.name ?? `offset 0x${frame.engine.offset.toString(16)}`);
  // Go knows no columns.
  return `${name}:${frame.line}${frame.column > 0 ? `:${frame.column}` : ""}`;
}
