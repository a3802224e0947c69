/** Why an expression has no value, in words for the user. */
export class ExpressionError extends Error {}
