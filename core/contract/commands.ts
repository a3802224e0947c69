/** Every command of the extension, with its title in the palette. The manifest's `contributes.commands` is generated from this table. */
export const commands = {
  "goWasm.buildWat": { title: "Build WebAssembly Module from WAT", icon: "$(tools)" },
  "goWasm.showWasmAsText": { title: "Show WebAssembly Module as Text", icon: "$(file-code)" },
  "goWasm.run": { title: "Run WebAssembly Module", icon: "$(play)" },
  "goWasm.debug": { title: "Debug WebAssembly Module", icon: "$(debug-alt)" },
  "goWasm.chooseGoTarget": { title: "Choose Target of Go Files", icon: "$(target)" },
  "goWasm.writeDwarf": { title: "Write DWARF into Go Module" },
  "goWasm.restartServer": { title: "Restart Language Server" },
} as const satisfies Record<string, { title: string; icon?: string }>;

export type CommandName = keyof typeof commands;
export const commandCategory = "Go WebAssembly";
