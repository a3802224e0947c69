/** Checks a text in parts, between which other messages are read: a huge function must not keep the server from the next keystroke. */
import { nextTurn } from "#platform";
import type { WatDocument } from "#core/wat/document.ts";

/** Some ten milliseconds of work. */
const instructionsInSlice = 200_000;

/** Whether the text was checked to its end; `isStale` is asked between the parts, and ends the check. */
export async function checkedInSlices(document: WatDocument, isStale: () => boolean): Promise<boolean> {
  while (!document.advance(instructionsInSlice)) {
    await new Promise<void>((resolve) => nextTurn(resolve));
    if (isStale()) return false;
  }
  return true;
}
