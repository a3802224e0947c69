import { expect } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { encodeWat } from "#core/wat/encode.ts";

const calls = 12;

/** Scripts whose functions end for small numbers. */
export const endingScripts =
  /(?:^|\/)(?:block|br|br_if|br_table|forward|global|if|labels|left-to-right|local_get|local_set|local_tee|memory|nop|select|stack|switch|unwind|int_exprs|conversions|load|store)\.wast$/;
export const smallNumber = (seed: number): number => (seed & 7) + 1;

/** What V8 says of the exported functions of a module without imports, called with the same pseudo-random numbers every time. `number` makes them of a seed. */
export function outcomes(text: string, number = (seed: number): number => seed >> (seed & 31)): string[] {
  const document = WatDocument.open(text, "wat");
  expect(document.problems(), text).toEqual([]);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(encodeWat(document).bytes!));
  const types = document.exports();
  const found: string[] = [];
  let seed = 1;
  for (const [name, value] of Object.entries(exports)) {
    if (typeof value !== "function") continue;
    const type = types(name);
    const params = typeof type === "object" && type.kind === "func" ? type.params : [];
    for (let call = 0; call < calls; call++) {
      const args = params.map(({ word }) => {
        seed = (Math.imul(seed, 48271) + 11) | 0;
        return word === "i64" ? BigInt(number(seed)) : word === "ref" ? null : number(seed);
      });
      found.push(`${name}(${args.join(" ")}) ${outcome(value as (...args: unknown[]) => unknown, args)}`);
    }
  }
  return found;
}

function outcome(call: (...args: unknown[]) => unknown, args: readonly unknown[]): string {
  try {
    return String(call(...args));
  } catch (error) {
    return (error as Error).message;
  }
}
