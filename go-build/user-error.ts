/** Why something cannot be done, in words for the user that name the remedy. */
export class UserError extends Error {}
