import { withoutAliases } from "#core/dwarf/data-type.ts";
import { membersOf, pointee, addressIn, typed, type TypedValue } from "../../values/parts.ts";
import type { ValueContext } from "../../values/value.ts";
import type { LogicalFrame, Variable } from "../module-symbols.ts";

/** Base classes are looked through this deep, and no more members are taken. */
const depthLimit = 8;
const memberLimit = 1_000;

/** Members of the object whose method runs: in C++ they are named without `this->`. Those of base classes come last. */
export async function membersOfThis(self: Variable | undefined, frame: LogicalFrame): Promise<readonly Variable[]> {
  if (!self || (self.value.kind !== "memory" && self.value.kind !== "bytes")) return [];
  const context = contextOf(frame);
  const type = withoutAliases(self.value.type);
  const target = type.kind === "pointer" ? type.target() : undefined;
  const address = type.kind === "pointer" ? await addressIn(self.value, type, context) : undefined;
  if (!target || !address) return [];
  const found: Variable[] = [];
  let level: readonly { readonly object: Variable; readonly value: TypedValue }[] = [
    objectOf(pointee(self, self.value, "*this", address, target)),
  ];
  for (let depth = 0; depth < depthLimit && level.length > 0 && found.length < memberLimit; depth++) {
    const bases: { object: Variable; value: TypedValue }[] = [];
    for (const { object, value } of level) {
      const struct = withoutAliases(value.type);
      const members = struct.kind === "struct" ? await membersOf(object, value, struct.members(), "value", context) : [];
      for (const { variable, access } of members) {
        if (access.kind === "base") bases.push(objectOf(variable));
        else found.push({ ...variable, isImplicit: true });
      }
    }
    level = bases;
  }
  return found;
}

const objectOf = (object: Variable): { object: Variable; value: TypedValue } => ({ object, value: typed(object) });

function contextOf(frame: LogicalFrame): ValueContext {
  return {
    memory: {
      read: async (memoryIndex, address, length) =>
        (await frame.stop.readMemory(frame.module, memoryIndex, [{ address, length }]))[0] ?? new Uint8Array(0),
    },
    limits: { maxStringLen: 0, maxArrayValues: 0 },
  };
}
