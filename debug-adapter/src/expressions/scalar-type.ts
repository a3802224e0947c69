/** A number that expressions calculate with. */
export type Scalar = number | bigint;
