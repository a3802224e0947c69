/** Elements from `start` on, at most `count`. */
export interface ChildRange {
  readonly start: number;
  readonly count: number;
}
