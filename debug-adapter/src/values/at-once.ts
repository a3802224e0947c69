/** All of `values`, at once where none of them has to be waited for: most have not, and hundreds of promises take longer than what they hold. */
export function atOnce<T>(values: readonly (T | Promise<T>)[]): readonly T[] | Promise<readonly T[]> {
  const isKnown = (value: T | Promise<T>): value is T => !(value instanceof Promise);
  return values.every(isKnown) ? values : Promise.all(values.map((value) => Promise.resolve(value)));
}
