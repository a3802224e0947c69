import { join } from "node:path";
import { markedLine } from "../../support/dap-client.ts";

const folder = join(import.meta.dirname, "programs");

/** A Go program of these tests. */
export class GoTestProgram {
  readonly folder: string;

  constructor(name: string) {
    this.folder = join(folder, name);
  }

  path(file = "main.go"): string {
    return join(this.folder, file);
  }

  /** 1-based line of the comment `//@mark`. */
  line(mark: string, file = "main.go"): number {
    return markedLine(this.path(file), mark);
  }
}

/** The first build for a target compiles the standard library, too. */
export const buildLimit = 180_000;
