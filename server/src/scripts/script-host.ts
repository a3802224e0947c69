/** The modules that scripts import from without defining them. Source: WebAssembly/spec, interpreter/host/spectest.ml. */

/** Makes a fresh host module `spectest`, which scripts share among their modules. */
export function spectestModule(): WebAssembly.Externs {
  return {
    print,
    print_i32: print,
    print_i64: print,
    print_f32: print,
    print_f64: print,
    print_i32_f32: print,
    print_f64_f64: print,
    global_i32: new WebAssembly.Global({ value: "i32" }, 666),
    global_i64: new WebAssembly.Global({ value: "i64" }, 666n),
    global_f32: new WebAssembly.Global({ value: "f32" }, 666.6),
    global_f64: new WebAssembly.Global({ value: "f64" }, 666.6),
    memory: new WebAssembly.Memory({ initial: 1, maximum: 2 }),
    table: new WebAssembly.Table({ initial: 10, maximum: 20, element: "anyfunc" }),
    ...table64(),
  };
}

function print(): void {
  // What scripts print is of no use.
}

/** Engines without 64-bit tables have no scripts that import one. */
function table64(): WebAssembly.Externs {
  try {
    const bytes = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 4, 5, 1, 0x70, 0x05, 10, 20, 7, 5, 1, 1, 0x74, 1, 0);
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
    return { table64: exports["t"]! };
  } catch {
    return {};
  }
}
