/** Go modules on disk for a test: workspaces, and a module cache as `go mod download` would have filled it. */
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { escapeModulePath } from "#core/go/packages/module-cache.ts";

export interface ModuleFolder {
  readonly folder: string;
  /** Environment of a go command that sees nothing but this folder. */
  readonly env: Readonly<Record<string, string>>;
  write(files: Readonly<Record<string, string>>): void;
  /** Puts a module into the cache; lines for a `go.sum` that trusts it. */
  cache(path: string, version: string, files: Readonly<Record<string, string>>): string;
  remove(): void;
}

export function moduleFolder(): ModuleFolder {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "go-wasm-modules-")));
  const write = (files: Readonly<Record<string, string>>): void => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  };
  return {
    folder,
    env: {
      GOMODCACHE: join(folder, "cache"),
      GOENV: "off",
      GOFLAGS: "-buildvcs=false",
      GOWORK: "",
      GOTOOLCHAIN: "local",
      GOPROXY: "off",
      GONOSUMDB: "*",
      GONOSUMCHECK: "1",
    },
    write,
    cache(path, version, files) {
      const place = `cache/cache/download/${escapeModulePath(path)}/@v/${escapeModulePath(version)}`;
      const module = files["go.mod"]!;
      // Of a zip file that was never there: the go command compares it with go.sum alone.
      const zip = `h1:${createHash("sha256").update(`${path}@${version}`).digest("base64")}`;
      write({
        [`${place}.mod`]: module,
        [`${place}.info`]: JSON.stringify({ Version: version }),
        [`${place}.ziphash`]: zip,
        ...Object.fromEntries(
          Object.entries(files).map(([name, text]) => [`cache/${escapeModulePath(path)}@${escapeModulePath(version)}/${name}`, text]),
        ),
      });
      const list = `${createHash("sha256").update(module).digest("hex")}  go.mod\n`;
      return `${path} ${version} ${zip}\n${path} ${version}/go.mod h1:${createHash("sha256").update(list).digest("base64")}\n`;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
