/** Compares how often lines are come to with what the program says itself: a copy of it prints each line before it runs. */
import { execFileSync, spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Debuggee } from "./go-toolchain-debuggee.ts";
import { goEnvironment, openProgram, type GoProgram } from "./go-toolchain.ts";

const oracleFolder = join(import.meta.dirname, "go-toolchain/oracle");

/** What the oracle makes of a file. */
interface CountedFile {
  readonly File: string;
  readonly Text: string;
  readonly Lines: readonly number[] | null;
  readonly Loops: readonly number[] | null;
  readonly Bare: readonly number[] | null;
  readonly Tagless: readonly number[] | null;
}

/** By `file:line`. */
type Counts = ReadonlyMap<string, number>;

export interface LineCounts {
  /** Lines that run, and whose breakpoint is hit as often. */
  readonly right: number;
  /** Lines that differ. */
  readonly wrong: readonly string[];
  /** How often the breakpoint of each line is hit; lines without code are left out. */
  readonly hits: Counts;
}

/** One program, built for WASI, whose every line is counted. */
export class CountedProgram {
  readonly #temporary = mkdtempSync(join(tmpdir(), "go-wasm-counted-"));
  readonly #folder: string;
  readonly #environment: NodeJS.ProcessEnv;

  /** `folder` holds a module with package main. */
  constructor(folder: string, toolchain?: string) {
    this.#folder = folder;
    this.#environment = goEnvironment({ os: "wasip1", ...(toolchain && { toolchain }) });
  }

  remove(): void {
    rmSync(this.#temporary, { recursive: true, force: true });
  }

  async compare(compiler: string): Promise<LineCounts> {
    const files = this.#countedFiles();
    const hits = await this.#hits(this.build(compiler), files);
    return { hits, ...compared(files, hits, this.#run(files)) };
  }

  /** The program with its listing. */
  build(compiler: string): GoProgram {
    const file = join(this.#temporary, "program.wasm");
    const module = execFileSync("go", ["list", "-m"], { cwd: this.#folder, env: this.#environment }).toString().trim();
    const args = ["build", `-gcflags=${module}/...=${compiler} -S`, "-o", file, "."];
    const built = spawnSync("go", args, { cwd: this.#folder, env: this.#environment, maxBuffer: 1 << 30 });
    if (built.status !== 0) throw new Error(`go ${args.join(" ")} failed: ${String(built.error ?? built.stderr.subarray(0, 2000))}`);
    return { ...openProgram(file, built.stderr), wasmExec: undefined, remove: () => undefined };
  }

  #countedFiles(): readonly CountedFile[] {
    const oracle = join(this.#temporary, "oracle");
    execFileSync("go", ["build", "-o", oracle, "."], { cwd: oracleFolder, env: goEnvironment({}) });
    const names = readdirSync(this.#folder, { recursive: true, encoding: "utf8" }).filter((name) => /(?<!_test)\.go$/.test(name));
    const files = execFileSync(oracle, ["count", ...names.map((name) => join(this.#folder, name))], { maxBuffer: 1 << 28 });
    return JSON.parse(files.toString()) as CountedFile[];
  }

  /** How often the breakpoint of each line of the files is hit. */
  async #hits({ file, code, table }: GoProgram, files: readonly CountedFile[]): Promise<Counts> {
    const output = join(this.#temporary, "hits.json");
    const debuggee = new Debuggee(file, undefined, [], output);
    try {
      await debuggee.start();
      const places = new Map<string, readonly number[]>();
      const set = new Set<number>();
      const linked = new Set(table.files());
      for (const { File, Text } of files.filter(({ File }) => linked.has(File))) {
        for (let line = 1; line < Text.split("\n").length; line++) {
          const match = code.lines.placesOf(File, line);
          if (match?.line !== line) continue;
          places.set(
            `${File}:${line}`,
            match.places.map(({ offset }) => offset),
          );
          for (const { offset } of match.places) if (!set.has(offset)) await debuggee.count(offset);
          for (const { offset } of match.places) set.add(offset);
        }
      }
      await debuggee.finish();
      const hits = JSON.parse(readFileSync(output, "utf8")) as Record<string, number>;
      return new Map([...places].map(([line, offsets]) => [line, offsets.reduce((sum, offset) => sum + (hits[offset] ?? 0), 0)]));
    } finally {
      await debuggee.end();
    }
  }

  /** What the program prints of itself. */
  #run(files: readonly CountedFile[]): { readonly lines: Counts; readonly entries: Counts } {
    const replace: Record<string, string> = {};
    for (const [at, { File, Text }] of files.entries()) {
      const copy = join(this.#temporary, `${at}.go`);
      writeFileSync(copy, Text);
      replace[File] = copy;
    }
    const overlay = join(this.#temporary, "overlay.json");
    writeFileSync(overlay, JSON.stringify({ Replace: replace }));
    const file = join(this.#temporary, "counting.wasm");
    execFileSync("go", ["build", `-overlay=${overlay}`, "-o", file, "."], { cwd: this.#folder, env: this.#environment });
    // A file takes what a pipe may be too full for.
    const printed = join(this.#temporary, "printed");
    const output = openSync(printed, "w");
    spawnSync(process.execPath, ["--no-warnings", "--stack-size=8192", "-e", runner, file], { stdio: ["ignore", "ignore", output] });
    closeSync(output);
    const [lines, entries] = [new Map<string, number>(), new Map<string, number>()];
    for (const [, kind, line] of readFileSync(printed, "utf8").matchAll(/^@(line|func) (.*:\d+)$/gm)) {
      const counts = kind === "line" ? lines : entries;
      counts.set(line!, (counts.get(line!) ?? 0) + 1);
    }
    return { lines, entries };
  }
}

const runner = `
const wasi = new (require("node:wasi").WASI)({ version: "preview1", returnOnExit: false });
WebAssembly.instantiate(require("node:fs").readFileSync(process.argv[1]), wasi.getImportObject()).then(({ instance }) => wasi.start(instance));`;

function compared(
  files: readonly CountedFile[],
  hits: Counts,
  { lines, entries }: { readonly lines: Counts; readonly entries: Counts },
): Pick<LineCounts, "right" | "wrong"> {
  const wrong: string[] = [];
  let right = 0;
  for (const { File, Lines, Loops, Bare, Tagless } of files) {
    for (const line of Lines ?? []) {
      const place = `${File}:${line}`;
      const [loop, bare, tagless] = [Loops, Bare, Tagless].map((list) => list?.includes(line) ?? false);
      const seen = hits.get(place);
      const wanted = lines.get(place) ?? 0;
      // The compiler leaves out what does nothing, and what never runs.
      if (seen === undefined && (bare || tagless || wanted === 0)) continue;
      // A function without a frame begins with its first statement.
      const exact = seen === wanted || seen === wanted + (entries.get(place) ?? 0);
      // The head of a loop runs before each turn, too; what has no condition may have code at its end only.
      const fits = loop ? seen !== undefined && (seen > wanted ? wanted > 0 : seen === wanted) : tagless ? seen! <= wanted : exact;
      if (fits && wanted > 0) right++;
      else if (!fits) wrong.push(`${place} runs ${wanted} times, and its breakpoint is hit ${seen ?? "never: it has no code"}`);
    }
  }
  return { right, wrong };
}
