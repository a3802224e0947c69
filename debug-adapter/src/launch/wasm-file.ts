import { checkPreamble } from "#core/wasm/preamble.ts";
import { goBuiltElsewhere } from "./go-elsewhere.ts";
import { LaunchError, type LaunchKind } from "./launch-plan.ts";
import { readProgramFile } from "./program-file.ts";

/** A module in the binary format, run as it is. */
export const wasmFile: LaunchKind = {
  takes: () => true,
  build: async (context) => {
    const { path, signal } = context;
    const bytes = await readProgramFile(path, signal);
    const problem = checkPreamble(bytes);
    if (problem) throw new LaunchError(`${path}: ${problem.message}`);
    return { path, bytes, file: path, ...(await goBuiltElsewhere(bytes, context)) };
  },
};
