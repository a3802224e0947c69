// Figures of @vscode/dwarf-debugging, which VS Code's own debugger reads DWARF with.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { dwarfRival } from "../../../tools/dwarf-rival.mjs";

const script = fileURLToPath(new URL("rival-symbols.mjs", import.meta.url));

/** `undefined` where it is not to be had, which is said. `lines`: 1-based, of the source whose path ends with `sourceName`. */
export async function rivalFigures(module, sourceName, lines) {
  const rival = await dwarfRival((line) => console.error(line));
  if (rival === undefined) return undefined;
  const { status, stdout } = spawnSync(process.execPath, [script, rival, module, sourceName, JSON.stringify(lines)], {
    encoding: "utf8",
    timeout: 120_000,
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error(`@vscode/dwarf-debugging ended with code ${status}`);
  return JSON.parse(stdout);
}
