/** Threads that V8 compiles and collects garbage on beside the one that runs the program. */
const usualThreads = 4;

/**
 * Options of Node.js for the language server. Its helper threads get the cores that the server's own thread leaves free, one at least: with
 * more of them two cores open a large text a tenth later. In Electron, which has options of its own, V8 keeps what it has.
 */
export function engineOptions(cores: number, isElectron: boolean): string[] {
  const threads = Math.max(1, cores - 1);
  return isElectron || threads >= usualThreads ? [] : [`--v8-pool-size=${threads}`];
}
