/** Where the runtime of one version of Go keeps what the debugger reads. */

/** Byte offsets in the runtime's structs. */
export interface RuntimeLayout {
  readonly g: {
    readonly stackLow: number;
    readonly stackHigh: number;
    readonly m: number;
    readonly savedStackPointer: number;
    readonly savedCounter: number;
    readonly status: number;
    readonly id: number;
    readonly waitReason: number;
    readonly parentId: number;
    readonly createdAt: number;
    readonly startFunction: number;
  };
  readonly m: { readonly systemGoroutine: number; readonly currentGoroutine: number };
  readonly moduleData: { readonly types: number; readonly functionData: number };
}

const fields = {
  g: {
    stackLow: ["stack", "lo"],
    stackHigh: ["stack", "hi"],
    m: ["m"],
    savedStackPointer: ["sched", "sp"],
    savedCounter: ["sched", "pc"],
    status: ["atomicstatus"],
    id: ["goid"],
    waitReason: ["waitreason"],
    parentId: ["parentGoid"],
    createdAt: ["gopc"],
    startFunction: ["startpc"],
  },
  m: { systemGoroutine: ["g0"], currentGoroutine: ["curg"] },
  moduleData: { types: ["types"], functionData: ["gofunc"] },
} as const;

const structs = { g: "runtime.g", m: "runtime.m", moduleData: "runtime.moduledata" } as const;

/** Bytes from the start of a struct of the runtime, such as `runtime.g`, to a field, by the names on the way; `undefined` where there is none. */
export type FieldOffset = (struct: string, path: readonly string[]) => number | undefined;

/** `missing` names what this version of Go does not have; goroutines cannot be listed then. */
export function runtimeLayout(offsetOf: FieldOffset): { readonly layout: RuntimeLayout } | { readonly missing: readonly string[] } {
  const missing: string[] = [];
  const read = (struct: keyof typeof structs): Record<string, number> =>
    Object.fromEntries(
      Object.entries<readonly string[]>(fields[struct]).map(([name, path]) => {
        const offset = offsetOf(structs[struct], path);
        if (offset === undefined) missing.push(`${structs[struct]}.${path.join(".")}`);
        return [name, offset ?? 0];
      }),
    );
  const layout = { g: read("g"), m: read("m"), moduleData: read("moduleData") } as unknown as RuntimeLayout;
  return missing.length > 0 ? { missing } : { layout };
}
