/**
 * Behind the name of the producer of a unit whose packages the compiler has not listed: its lines are those of the function table, which are
 * right where functions are called, and do not say where lines begin.
 */
export const linesOfCalls = " (lines of calls)";
