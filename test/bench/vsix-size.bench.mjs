// Size of the packaged extension. Needs `npm run package` first.
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const dist = fileURLToPath(new URL("../../dist", import.meta.url));
const file = existsSync(dist) ? readdirSync(dist).find((name) => name.endsWith(".vsix")) : undefined;
if (!file) {
  console.error("no VSIX in dist/; run `npm run package` first");
  process.exit(1);
}
const megabytes = statSync(join(dist, file)).size / 1e6;
console.log(
  JSON.stringify({ name: "VSIX size", input: "the packaged extension", value: Number(megabytes.toFixed(3)), unit: "MB", limit: 2 }),
);
