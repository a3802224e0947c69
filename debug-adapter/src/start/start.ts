// What starts the debug adapter's bundle, which lies beside this one.
import { join } from "node:path";
import { cacheFolder } from "#go-build/cache-folder.ts";
import { runCached } from "./code-cache.ts";

runCached(join(__dirname, "debug-adapter-main.cjs"), join(cacheFolder(), "debug-adapter.code"));
