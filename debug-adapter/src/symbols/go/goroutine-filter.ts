/** Which goroutines are shown, in the words of Delve's command `goroutines` (service/api `ParseGoroutineArgs`). */

const places = ["curloc", "userloc", "goloc", "startloc"] as const;

/** Where a goroutine is, is in code of the user, was made by a `go` statement, and began. */
export type GoroutinePlace = (typeof places)[number];

export interface GoroutineFilter {
  /** `-without`: what matches is left out. */
  readonly without: boolean;
  readonly kind: GoroutinePlace | "user" | "running";
  /** Text that the place, `file:line in function`, has in it; empty for the other kinds. */
  readonly text: string;
}

/** What filters ask of a goroutine. */
export interface GoroutineFacts {
  readonly isSystem: boolean;
  readonly isRunning: boolean;
  /** As `file:line in function`. */
  place(which: GoroutinePlace): string;
}

/** Reads `-with user -without startloc worker.go` and the like. `problem` names what is not understood. */
export function parseGoroutineFilters(text: string): { readonly filters: readonly GoroutineFilter[] } | { readonly problem: string } {
  const words = text.split(/\s+/).filter((word) => word !== "");
  const filters: GoroutineFilter[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word === "-u" || word === "-r" || word === "-g" || word === "-s" || word === "-l") continue;
    const without = word === "-without" || word === "-wo";
    if (!without && word !== "-with" && word !== "-w") return { problem: problemText(word) };
    const kind = words[++at];
    const isPlace = places.some((place) => place === kind);
    if (!isPlace && kind !== "user" && kind !== "running") return { problem: problemText(kind ?? word) };
    const searched = isPlace ? words[++at] : "";
    if (searched === undefined) return { problem: `"goroutineFilters" has no text behind ${kind}` };
    filters.push({ without, kind: kind as GoroutineFilter["kind"], text: searched });
  }
  return { filters };
}

const problemText = (word: string): string =>
  `"goroutineFilters" has ${word}, which is not understood; write "-with" or "-without", then "user", "running", or one of ${places.join(", ")} and a text`;

/** Whether a goroutine passes all filters. */
export function passes(filters: readonly GoroutineFilter[], facts: GoroutineFacts): boolean {
  for (const { without, kind, text } of filters) {
    const found = kind === "user" ? !facts.isSystem : kind === "running" ? facts.isRunning : facts.place(kind).includes(text);
    if (found === without) return false;
  }
  return true;
}
