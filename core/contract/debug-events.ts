/** Events of the debug adapter beside those of the protocol; clients that do not know them miss nothing of debugging. */
export const debugEvents = {
  /** A Go package was built or not: its problems replace those of before. */
  built: "goWasm.built",
} as const;

export interface BuiltEvent {
  /** Absolute path of the package's folder. */
  readonly folder: string;
  /** None: it has been built. */
  readonly problems: readonly BuildProblem[];
}

export interface BuildProblem {
  /** Absolute path. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units; the end is behind the last one. */
  readonly column: number;
  readonly endColumn: number;
  readonly message: string;
}
