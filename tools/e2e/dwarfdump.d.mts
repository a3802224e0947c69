/** The program's path, or undefined. */
export function findDwarfdump(): string | undefined;
