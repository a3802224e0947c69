import type { LaunchArguments } from "#core/contract/launch-attributes.ts";
import { parseGoroutineFilters } from "../symbols/go/goroutine-filter.ts";
import type { GoroutineOptions } from "../symbols/go/goroutine-threads.ts";
import { LaunchError } from "./launch-plan.ts";

/** What the launch attributes say of goroutines. Throws {@link LaunchError} for filters that are not understood. */
export function goroutineOptions(args: LaunchArguments): GoroutineOptions {
  const read = parseGoroutineFilters(args.goroutineFilters ?? "");
  if ("problem" in read) throw new LaunchError(read.problem);
  return {
    hideSystemGoroutines: args.hideSystemGoroutines ?? false,
    showWaitReasons: args.showWaitReasons ?? false,
    showOrigins: args.showGoroutineOrigins ?? false,
    filters: read.filters,
  };
}
