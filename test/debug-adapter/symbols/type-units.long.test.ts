import { describe, expect, test } from "vitest";
import { sizeOf, type DataType } from "#core/dwarf/data-type.ts";
import { readModule } from "#core/wasm/module.ts";
import { moduleOffset, type ModuleOffset } from "#core/wasm/offsets.ts";
import type { ModuleSymbols } from "../../../debug-adapter/src/symbols/module-symbols.ts";
import { moduleBytes } from "../../support/debug-modules.ts";
import { dwarfFrame, machineState } from "./dwarf-frames.ts";
import { code, everyPlace, symbolsOf } from "./unit-modules.ts";

// The compiler has written the types of the same sources twice: within the units that use them, and in units of their own.
const depthLimit = 6;

/** A type with all that is in it, as lines. */
function described(type: DataType | undefined, indent = ""): string[] {
  if (!type) return [`${indent}void`];
  const head = `${indent}${type.kind} ${type.name} ${sizeOf(type)}`;
  if (indent.length >= depthLimit) return [head];
  const inner = `${indent} `;
  switch (type.kind) {
    case "alias":
    case "pointer":
      return [head, ...described(type.target(), inner)];
    case "array":
      return [`${head} ${type.count}`, ...described(type.element, inner)];
    case "enum":
      return [head, ...type.values.map(({ name, value }) => `${inner}${name} = ${value}`)];
    case "struct":
      return [
        head,
        ...(type.typeArguments?.() ?? []).map(({ name }) => `${inner}<${name}>`),
        ...type
          .members()
          .flatMap(({ name, offset, bits, inherited, type: of }) => [
            `${inner}${name} at ${offset} ${JSON.stringify(bits)} ${inherited}`,
            ...described(of, inner),
          ]),
      ];
    default:
      return [head];
  }
}

/** At the last instruction of each function: its name, and the types of its variables. */
async function everyType(symbols: ModuleSymbols, name: string): Promise<string[]> {
  const lines: string[] = [];
  for (const offset of lastInstructions(name)) {
    lines.push(`function ${(await symbols.functionAt(offset))?.name}`);
    for (const scope of await symbols.scopesAt(dwarfFrame(offset, machineState(9)))) {
      for (const { name: variable, value } of scope.variables) {
        const type = value.kind === "memory" || value.kind === "bytes" ? value.type : undefined;
        lines.push(`${scope.kind} ${variable}`, ...described(type));
      }
    }
  }
  return lines;
}

function lastInstructions(name: string): ModuleOffset[] {
  const { functions } = readModule(moduleBytes(`units/${name}`)).module;
  return functions.flatMap(({ body }) => (body && body.end - body.start > 8 ? [moduleOffset(body.end - 1)] : []));
}

describe.each([4, 5])("types in units of their own, DWARF %i", (version) => {
  const split = `kinds.split${version}`;
  const variants: readonly (readonly [string, ...string[]])[] = [
    [`kinds.types${version}.wasm`],
    [`${split}.wasm`, `${split}.dwo`, `kinds2.split${version}.dwo`],
    [`${split}.wasm`, `${split}.dwp`],
  ];
  const plain = `kinds${version}.wasm`;

  test.each(variants)("say what types within their units say: %s %s", async (name, ...beside) => {
    expect(code(moduleBytes(`units/${name}`))).toEqual(code(moduleBytes(`units/${plain}`)));
    const symbols = await symbolsOf(name, ...beside);
    const types = await everyType(await symbolsOf(plain), plain);
    expect(types).toEqual(expect.arrayContaining(["function geo::Box<geo::Point>::grow", "locals where", "locals local"]));
    expect(await everyType(symbols, name)).toEqual(types);
    expect(await everyPlace(symbols, name)).toEqual(await everyPlace(await symbolsOf(plain), plain));
    expect(symbols.notes).toEqual([]);
  });

  test.each([[plain], ...variants])("are found by their names: %s %s", async (name, ...beside) => {
    const { names } = await symbolsOf(name, ...beside);
    const [at] = lastInstructions(name);
    expect(described(names!.typeNamed("geo::Box<geo::Point>::Nested", at!))).toEqual(
      expect.arrayContaining(["struct geo::Box<geo::Point>::Nested 28", " inner at 0 undefined false", " back at 24 undefined false"]),
    );
    expect(names!.enumeratorNamed("geo::Mode::shut", at!)?.value).toBe(7n);
    expect(names!.functionsNamed("geo::Box<geo::Point>::grow", at!)).toHaveLength(1);
    const made = await names!.variableNamed("geo::Point::made", dwarfFrame(at!, machineState(9)));
    expect(made).toMatchObject({ typeName: "int", value: { kind: "memory" } });
  });
});
