/**
 * What the parser has seen that a lint may have something to say of. It passes all instructions anyway, and most functions give no lint
 * anything to say: those without a hint need no second look. A hint proves nothing, and where it is missing nothing is to be found.
 */
export const LintHint = {
  /** A local that is not used, or not read, or may not be. */
  locals: 1,
  /** A named label that nothing branches to, or that hides another. */
  labels: 2,
  /** An instruction behind one that never goes on. */
  unreachable: 4,
  /** A block or `else` that holds nothing, any `try_table`. */
  blocks: 8,
  /** A parameter that is not used. */
  parameters: 16,
} as const;
